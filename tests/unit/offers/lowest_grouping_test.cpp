#include "offers/lowest_grouping.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search {
namespace {

// The keys of each application of one offer that takes all units of the basket; the first `buys` of
// each class serve set 0, the others set 1.
std::string grouping(const std::string& offer, const std::string& lines, std::uint32_t buys) {
  const OfferBook book = examples::book(R"({"id":"o",)" + offer + "}");
  const BasketFile file = examples::basket(lines);
  const BuiltProblem built = build_problem(book, file.basket, file.facts);
  const std::vector<std::int64_t> most = most_applications(built.problem);
  const Partition partition(built.problem, most, {});
  const Component& component = partition.components().front();
  std::vector<Placed> uses;
  std::vector<Taken> taken;
  for (std::uint32_t at = 0; at < component.classes.size(); ++at) {
    for (std::uint32_t i = 0; i < component.classes[at].units.size(); ++i) {
      const std::uint8_t set = i < buys ? 0 : 1;
      uses.push_back({.candidate = 0, .at = at, .position = i, .set = set});
      taken.push_back({component.classes[at].units[i], set});
    }
  }
  const auto rule = make_rule(built.problem.items.front(), most.front(), Equals::alike);
  std::string text;
  for (const Application& one : group_lowest_keys_first(built.problem, component, *rule, uses,
                                                        rule->assemble(taken, built.problem))) {
    std::vector<std::uint32_t> keys;
    for (const UnitIndex unit : one.qualify) keys.push_back(built.problem.units[unit].rank);
    for (const Share& share : one.reward) keys.push_back(built.problem.units[share.unit].rank);
    std::ranges::sort(keys);
    text += "[";
    for (const std::uint32_t key : keys) text += std::to_string(key);
    text += "]";
  }
  return text;
}

constexpr const char* kHalf =
    R"("kind":"cheapest_of","set":{"products":["milk","bread"]},"n":2,"k":1,"bps":5000)";

TEST(LowestGrouping, fills_one_application_with_the_lowest_keys_before_the_next) {
  EXPECT_EQ(grouping(kHalf,
                     R"({"key":"1","product":"milk","units":2},
                        {"key":"2","product":"milk","units":2})",
                     2),
            "[00][11]");
}

TEST(LowestGrouping, leaves_no_reward_dearer_than_what_it_is_bought_with) {
  // Both breads (2, 4) qualify and reward each other, and so do both milks (1, 3).
  EXPECT_EQ(grouping(kHalf,
                     R"({"key":"1","product":"milk","units":1},
                        {"key":"2","product":"bread","units":1},
                        {"key":"3","product":"milk","units":1},
                        {"key":"4","product":"bread","units":1})",
                     1),
            "[02][13]");
}

TEST(LowestGrouping, mixes_dear_and_cheap_units_in_bundles_whose_sum_is_all_that_counts) {
  EXPECT_EQ(grouping(R"("kind":"n_for_price","set":{"products":["milk","bread"]},"n":2,
                        "price_minor":250)",
                     R"({"key":"1","product":"bread","units":1},
                        {"key":"2","product":"milk","units":1},
                        {"key":"3","product":"bread","units":1},
                        {"key":"4","product":"milk","units":1})",
                     2),
            "[01][23]");
}

}  // namespace
}  // namespace cartwright::offers::search
