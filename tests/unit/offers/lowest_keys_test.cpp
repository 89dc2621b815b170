#include "offers/lowest_keys.hpp"

#include <gtest/gtest.h>

#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search {
namespace {

std::string text(const std::vector<Placed>& way) {
  std::string text;
  for (const Placed& one : way) {
    text += (text.empty() ? "" : " ") + std::to_string(one.candidate) + "@" +
            std::to_string(one.at) + "." + std::to_string(one.position);
  }
  return text;
}

TEST(TakeLowestKeysFirst, gives_the_lowest_of_a_class_to_the_lowest_offers) {
  std::vector<Placed> way{{.candidate = 2, .at = 0, .position = 0},
                          {.candidate = 1, .at = 0, .position = 1},
                          {.candidate = 0, .at = 1, .position = 0}};
  take_lowest_keys_first(way);
  EXPECT_EQ(text(way), "1@0.0 2@0.1 0@1.0");
}

TEST(TakeLowestKeysFirst, keeps_together_what_lies_on_one_unit_and_puts_more_first) {
  std::vector<Placed> way{{.candidate = 0, .at = 0, .position = 0},
                          {.candidate = 0, .at = 0, .position = 1},
                          {.candidate = 1, .at = 0, .position = 1}};
  take_lowest_keys_first(way);
  EXPECT_EQ(text(way), "0@0.0 1@0.0 0@0.1");
}

// Milk with keys 1 and 3 and bread with key 2, all of them for one offer.
struct Shopping {
  OfferBook book = examples::book(
      R"({"id":"o","kind":"n_for_price","set":{"products":["milk","bread"]},"n":2,"price_minor":1})");
  BasketFile file = examples::basket(
      R"({"key":"1","product":"milk","units":1},{"key":"2","product":"bread","units":1},
         {"key":"3","product":"milk","units":1})");
  BuiltProblem built = build_problem(book, file.basket, file.facts);
  Partition partition{built.problem, most_applications(built.problem), {}};

  bool is_lower(std::vector<Placed> one, std::vector<Placed> other) const {
    return has_lower_keys(built.problem, partition.components().front(), one, other);
  }
};

constexpr std::uint32_t kBread = 0;  // the dearest class comes first
constexpr std::uint32_t kMilk = 1;

TEST(HasLowerKeys, compares_the_keys_of_all_units) {
  const Shopping shopping;
  const std::vector<Placed> both{{.at = kBread}, {.at = kMilk}};
  const std::vector<Placed> milk{{.at = kMilk}, {.at = kMilk, .position = 1}};
  EXPECT_TRUE(shopping.is_lower(both, milk));
  EXPECT_FALSE(shopping.is_lower(milk, both));
  EXPECT_FALSE(shopping.is_lower(milk, milk));
}

TEST(HasLowerKeys, puts_the_shorter_of_two_lists_first_that_begin_alike) {
  const Shopping shopping;
  EXPECT_TRUE(shopping.is_lower({{.at = kMilk}}, {{.at = kBread}, {.at = kMilk}}));
}

TEST(SharesOut, is_said_of_prices_and_amounts_for_several_units) {
  const auto shares = [](const std::string& shape) {
    const OfferBook book = examples::book(R"({"id":"o",)" + shape + "}");
    return shares_out(book.offers().front());
  };
  const std::string set = R"("set":{"products":["milk"]})";
  EXPECT_TRUE(shares(R"("kind":"n_for_price","n":2,"price_minor":1,)" + set));
  EXPECT_TRUE(
      shares(R"("kind":"tiers","by":"quantity","steps":[{"at":2,"amount_minor":5}],)" + set));
  EXPECT_TRUE(shares(R"("kind":"meal_deal","price_minor":1,"slots":[{"n":2,)" + set + "}]"));
  EXPECT_FALSE(shares(R"("kind":"meal_deal","bps":1000,"slots":[{"n":2,)" + set + "}]"));
  EXPECT_FALSE(shares(R"("kind":"tiers","by":"quantity","steps":[{"at":2,"bps":500}],)" + set));
  EXPECT_FALSE(shares(R"("kind":"percent_off","bps":500,)" + set));
}

TEST(IsCut, is_said_of_a_component_of_which_a_scope_holds_a_part) {
  const Shopping shopping;
  const std::vector<std::int64_t> most = most_applications(shopping.built.problem);
  EXPECT_FALSE(is_cut(shopping.partition.components().front()));
  const std::vector<std::uint32_t> marks{1, 0, 1};
  const Partition cut(shopping.built.problem, most, marks);
  EXPECT_TRUE(is_cut(cut.components().front()));
}

}  // namespace
}  // namespace cartwright::offers::search
