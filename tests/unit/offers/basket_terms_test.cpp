#include "offers/basket_terms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// The terms of a basket of 2 milk (258 together) and 1 bread (250): 508.
struct Terms {
  explicit Terms(const std::string& offers, const std::string& more = {})
      : book(examples::book(offers)),
        file(examples::basket(R"({"key":"1","product":"milk","units":2},
                                 {"key":"2","product":"bread","units":1})",
                              more)),
        built(build_problem(book, file.basket, file.facts)),
        terms(built.problem) {}

  std::vector<bool> no_groups() const { return std::vector<bool>(built.problem.groups); }
  bool holds(TermSet set, const std::vector<std::int64_t>& taken) const {
    return terms.holds(set, taken, no_groups(), built.problem.coupons);
  }

  OfferBook book;
  BasketFile file;
  BuiltProblem built;
  BasketTerms terms;
};

std::string basket(const std::string& id, const std::string& more) {
  return R"({"id":")" + id + R"(","kind":"basket",)" + more + "}";
}

const std::string kDairy = R"("scope":{"categories":["dairy"]},)";

TEST(BasketTerms, leave_out_what_can_not_be_reached) {
  const Terms out(basket("a", R"("threshold_minor":509,"amount_minor":10)") + "," +
                  basket("b", kDairy + R"("threshold_minor":259,"amount_minor":10)"));
  EXPECT_TRUE(out.terms.empty());
  const Terms in(basket("a", R"("threshold_minor":508,"amount_minor":10)") + "," +
                 basket("b", kDairy + R"("threshold_minor":258,"amount_minor":10)"));
  EXPECT_THAT(in.terms.terms(), SizeIs(2));
  EXPECT_EQ(in.terms.scopes(), 2u);
  EXPECT_THAT(in.terms.list(), UnorderedElementsAre(508, 258, 508));
  EXPECT_EQ(in.terms.list().back(), 508);
}

TEST(BasketTerms, of_one_scope_share_its_marks) {
  const Terms two(basket("a", kDairy + R"("threshold_minor":0,"amount_minor":10)") + "," +
                  basket("b", kDairy + R"("threshold_minor":100,"bps":100)"));
  EXPECT_EQ(two.terms.scopes(), 1u);
  EXPECT_THAT(two.terms.marks(), ElementsAre(1, 1, 0));
}

TEST(BasketTerms, take_in_their_order_from_what_remains) {
  const Terms two(basket("a", R"("threshold_minor":0,"amount_minor":108)") + "," +
                  basket("b", R"("threshold_minor":0,"bps":1000)"));
  const std::vector<std::int64_t> nothing = {0, 0};
  EXPECT_EQ(two.terms.goods(0, nothing), 508);
  EXPECT_EQ(two.terms.goods(1, nothing), 400);
  EXPECT_EQ(two.terms.goods(2, nothing), 457);
  EXPECT_EQ(two.terms.goods(3, nothing), 360);
  EXPECT_EQ(two.terms.goods(3, std::vector<std::int64_t>{100, 100}), 270);
  EXPECT_GE(two.terms.most(3), 508 - 360);
}

TEST(BasketTerms, hold_by_the_list_or_by_what_items_leave) {
  const Terms two(basket("list", R"("threshold_minor":500,"amount_minor":10)") + "," +
                  basket("net", R"("threshold_minor":500,"amount_minor":10,"base":"net")"));
  EXPECT_TRUE(two.holds(3, {8, 8}));
  EXPECT_FALSE(two.holds(3, {9, 9}));
  EXPECT_TRUE(two.holds(1, {9, 9}));
}

TEST(BasketTerms, may_not_pass_by_what_is_mandatory_and_reached) {
  const Terms one(
      basket("a", R"("threshold_minor":500,"amount_minor":10,"mandatory":true,"base":"net")"));
  EXPECT_FALSE(one.holds(0, {0, 0}));
  EXPECT_TRUE(one.holds(1, {0, 0}));
  EXPECT_TRUE(one.holds(0, {9, 9}));
}

TEST(BasketTerms, of_one_group_come_one_at_a_time) {
  const Terms two(basket("a", R"("threshold_minor":0,"amount_minor":10,"group":"g")") + "," +
                  basket("b", R"("threshold_minor":0,"amount_minor":20,"group":"g")"));
  EXPECT_THAT(two.terms.sets(), UnorderedElementsAre(0, 1, 2));
  EXPECT_FALSE(two.holds(3, {0, 0}));
}

TEST(BasketTerms, use_a_coupon_as_often_as_it_was_presented) {
  const std::string offers = basket("a", R"("threshold_minor":0,"amount_minor":10,"coupon":"C")") +
                             "," +
                             basket("b", R"("threshold_minor":0,"amount_minor":20,"coupon":"C")");
  EXPECT_THAT(Terms(offers, R"("coupons":["C"])").terms.sets(), UnorderedElementsAre(0, 1, 2));
  EXPECT_THAT(Terms(offers, R"("coupons":["C","C"])").terms.sets(),
              UnorderedElementsAre(0, 1, 2, 3));
}

TEST(BasketTerms, know_whether_scopes_cut_each_other) {
  const Terms inside(basket("a", kDairy + R"("threshold_minor":0,"amount_minor":10)") + "," +
                     basket("b", R"("threshold_minor":0,"amount_minor":10)"));
  EXPECT_TRUE(inside.terms.within(0, 1));
  EXPECT_FALSE(inside.terms.within(1, 0));
  EXPECT_FALSE(inside.terms.cuts(3));
  // The whole comes first, so the part sees only some of what it took.
  const Terms cut(basket("a", R"("threshold_minor":0,"amount_minor":10)") + "," +
                  basket("b", kDairy + R"("threshold_minor":0,"amount_minor":10)"));
  EXPECT_TRUE(cut.terms.cuts(3));
  EXPECT_FALSE(cut.terms.cuts(2));
}

}  // namespace
}  // namespace cartwright::offers::search
