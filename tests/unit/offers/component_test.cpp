#include "offers/component.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// The problem of a basket, taken apart.
struct Apart {
  Apart(const std::string& list, const std::string& lines, const std::string& more = {})
      : offers(examples::book(list)),
        file(examples::basket(lines, more)),
        built(build_problem(offers, file.basket, file.facts)),
        most(most_applications(built.problem)),
        partition(built.problem, most, {}),
        parts(partition.components()) {}

  OfferBook offers;
  BasketFile file;
  BuiltProblem built;
  std::vector<std::int64_t> most;
  Partition partition;
  std::span<const Component> parts;
};

std::string pair_of(const std::string& id, const std::string& product,
                    const std::string& more = {}) {
  return R"({"id":")" + id +
         R"(","kind":"n_for_price","n":2,"price_minor":10,"set":{"products":[")" + product +
         "\"]}" + more + "}";
}

constexpr const char* kLines = R"({"key":"1","product":"milk","units":5},
                                  {"key":"2","product":"bread","units":4})";

TEST(Components, fall_apart_where_offers_share_nothing) {
  const Apart apart(pair_of("a", "milk") + "," + pair_of("b", "bread"), kLines);
  ASSERT_THAT(apart.parts, SizeIs(2));
  EXPECT_THAT(apart.parts[0].candidates, ElementsAre(1));
  EXPECT_THAT(apart.parts[1].candidates, ElementsAre(0));
  ASSERT_THAT(apart.parts[1].classes, SizeIs(1));
  EXPECT_THAT(apart.parts[1].classes[0].units, SizeIs(5));
  EXPECT_EQ(apart.parts[1].classes[0].base, 129);
}

TEST(Components, are_single_classes_where_offers_see_no_other) {
  const Apart apart(pair_of("a", "milk") + "," + pair_of("b", "milk"), kLines);
  ASSERT_THAT(apart.parts, SizeIs(1));
  EXPECT_THAT(apart.parts[0].classes[0].local, SizeIs(2));
  EXPECT_THAT(apart.parts[0].classes[0].bound, IsEmpty());
  const Apart stacked(pair_of("a", "milk") + "," + pair_of("b", "milk", R"(,"exclusive":false)"),
                      kLines);
  EXPECT_THAT(stacked.parts[0].classes[0].bound, SizeIs(2));
}

TEST(Components, keep_units_of_different_marks_apart) {
  const OfferBook offers = examples::book(pair_of("a", "milk"));
  const BasketFile file = examples::basket(kLines);
  const BuiltProblem built = build_problem(offers, file.basket, file.facts);
  std::vector<std::uint32_t> marks(built.problem.units.size(), 0);
  for (UnitIndex unit = 0; unit < marks.size(); ++unit) marks[unit] = unit % 2;
  const std::vector<std::int64_t> most = most_applications(built.problem);
  const Partition partition(built.problem, most, marks);
  ASSERT_THAT(partition.components(), SizeIs(1));
  EXPECT_THAT(partition.components()[0].classes, SizeIs(2));
}

TEST(Components, hold_together_through_a_unit_a_group_or_a_coupon) {
  EXPECT_THAT(
      Apart(pair_of("a", "milk") + "," + pair_of("b", "bread", R"(,"group":"g")"), kLines).parts,
      SizeIs(2));
  EXPECT_THAT(Apart(pair_of("a", "milk", R"(,"group":"g")") + "," +
                        pair_of("b", "bread", R"(,"group":"g")"),
                    kLines)
                  .parts,
              SizeIs(1));
  EXPECT_THAT(Apart(pair_of("a", "milk", R"(,"coupon":"C")") + "," +
                        pair_of("b", "bread", R"(,"coupon":"C")"),
                    kLines, R"("coupons":["C"])")
                  .parts,
              SizeIs(1));
  EXPECT_THAT(Apart(pair_of("a", "milk") + "," + pair_of("b", "bread") + "," +
                        pair_of("c", R"(milk","bread)"),
                    kLines)
                  .parts,
              SizeIs(1));
}

TEST(Components, have_the_dearest_units_first) {
  const Apart apart(pair_of("a", R"(milk","bread)"), kLines);
  ASSERT_THAT(apart.parts, SizeIs(1));
  ASSERT_THAT(apart.parts[0].classes, SizeIs(2));
  EXPECT_EQ(apart.parts[0].classes[0].base, 250);
  EXPECT_EQ(apart.parts[0].classes[1].base, 129);
}

TEST(Components, are_not_tied_by_offers_that_take_each_unit_by_itself) {
  const std::string ten =
      R"({"id":"t","kind":"percent_off","bps":1000,"set":{"not_products":["x"]}})";
  const Apart apart(pair_of("a", "milk") + "," + pair_of("b", "bread") + "," + ten, kLines);
  ASSERT_THAT(apart.parts, SizeIs(2));
  for (const Component& part : apart.parts) {
    EXPECT_THAT(part.candidates, SizeIs(1));
    EXPECT_THAT(part.classes[0].free, SizeIs(1));
    EXPECT_THAT(part.classes[0].local, SizeIs(1));
  }
  const Apart alone(ten, kLines);
  ASSERT_THAT(alone.parts, SizeIs(2));
  EXPECT_THAT(alone.parts[0].candidates, IsEmpty());
}

TEST(Components, tell_free_offers_by_limit_group_and_coupon) {
  const auto free = [](const std::string& more) {
    const Apart apart(
        R"({"id":"t","kind":"percent_off","bps":1000,"set":{"products":["milk"]})" + more + "}",
        kLines, R"("coupons":["C"])");
    return is_free(apart.built.problem.items.at(0));
  };
  EXPECT_TRUE(free(""));
  EXPECT_TRUE(free(R"(,"exclusive":false)"));
  EXPECT_FALSE(free(R"(,"limit":3)"));
  EXPECT_FALSE(free(R"(,"group":"g")"));
  EXPECT_FALSE(free(R"(,"coupon":"C")"));
}

TEST(Components, count_the_most_applications_by_units_limit_and_coupon) {
  const auto most = [](const std::string& offers) {
    return Apart(offers, kLines, R"("coupons":["C","C"])").most;
  };
  EXPECT_THAT(most(pair_of("a", "milk")), ElementsAre(2));
  EXPECT_THAT(most(pair_of("a", "milk", R"(,"limit":1)")), ElementsAre(1));
  EXPECT_THAT(most(R"({"id":"t","kind":"percent_off","bps":1000,"set":{"products":["milk"]},
                       "coupon":"C"})"),
              ElementsAre(2));
  EXPECT_THAT(most(R"({"id":"t","kind":"tiers","by":"quantity","steps":[{"at":1,"bps":100}],
                       "set":{"products":["milk"]}})"),
              ElementsAre(1));
  EXPECT_THAT(
      most(R"({"id":"t","kind":"buy_get","bps":5000,"buy":{"set":{"products":["milk"]},"n":2},
                       "get":{"set":{"products":["bread"]},"m":1}})"),
      ElementsAre(2));
}

}  // namespace
}  // namespace cartwright::offers::search
