#include "offers/stage_zero.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::basket;
using examples::book;

constexpr const char* kMilk = R"({"key":"1","product":"milk","units":2})";

// A mandatory offer on milk.
std::string mandatory(const std::string& id, const std::string& more) {
  return R"({"id":")" + id + R"(","set":{"products":["milk"]},"mandatory":true,)" + more + "}";
}

// The bases that stage 0 leaves, and what it did.
struct Left {
  Left(const std::string& list, const std::string& lines, const std::string& more = {})
      : offers(book(list)),
        file(basket(lines, more)),
        built(build_problem(offers, file.basket, file.facts)) {}
  std::vector<std::int64_t> bases() const {
    std::vector<std::int64_t> bases;
    for (const Unit& unit : built.problem.units) bases.push_back(unit.base);
    return bases;
  }
  std::string why(const char* offer) const {
    return examples::why(built.reasons, offer, file.facts);
  }
  OfferBook offers;
  BasketFile file;
  BuiltProblem built;
};

using testing::ElementsAre;

TEST(StageZero, applies_the_lowest_priority_and_id_to_every_unit) {
  const std::string ten = mandatory("b", R"("kind":"percent_off","bps":1000)");
  const std::string half = mandatory("c", R"("kind":"percent_off","bps":5000)");
  const std::string first =
      mandatory("d", R"("kind":"amount_off","amount_minor":29,"priority":-1)");
  EXPECT_THAT(Left(ten + "," + half, kMilk).bases(), ElementsAre(116, 116));
  EXPECT_THAT(Left(ten + "," + half + "," + first, kMilk).bases(), ElementsAre(100, 100));
  EXPECT_EQ(Left(ten + "," + half, kMilk).built.mandatory.size(), 2u);
  EXPECT_EQ(Left(ten + "," + half, kMilk).why("c"),
            "each of its units has another price already, or costs no more");
}

TEST(StageZero, leaves_an_overridden_price_alone) {
  const Left left(mandatory("a", R"("kind":"percent_off","bps":1000)"), kMilk,
                  R"("overrides":[{"key":"1","price_minor":99,"by":"staff-7"}])");
  EXPECT_THAT(left.bases(), ElementsAre(99, 99));
}

TEST(StageZero, fixes_only_what_costs_more) {
  const std::string dear = mandatory("a", R"("kind":"fixed_price","price_minor":129)");
  const std::string ten = mandatory("b", R"("kind":"percent_off","bps":1000)");
  EXPECT_THAT(Left(dear + "," + ten, kMilk).bases(), ElementsAre(116, 116));
}

TEST(StageZero, holds_limits_coupons_and_groups) {
  const std::string limited =
      mandatory("a", R"("kind":"percent_off","bps":1000,"limit":1,"group":"g")");
  const std::string grouped = mandatory("b", R"("kind":"percent_off","bps":5000,"group":"g")");
  const Left left(limited + "," + grouped, kMilk);
  EXPECT_THAT(left.bases(), ElementsAre(116, 129));
  EXPECT_EQ(left.why("b"), "offer a of its group is used");
  const std::string coupon = mandatory("a", R"("kind":"percent_off","bps":1000,"coupon":"C")");
  EXPECT_THAT(Left(coupon, kMilk, R"("coupons":["C"])").bases(), ElementsAre(116, 129));
}

TEST(StageZero, is_the_base_that_other_offers_see) {
  const Left left(mandatory("a", R"("kind":"fixed_price","price_minor":100)") +
                      R"(,{"id":"b","kind":"n_for_price","set":{"products":["milk"]},"n":2,
                           "price_minor":200})",
                  kMilk);
  EXPECT_EQ(left.why("b"), "its price of 2.00 EUR is not below what its units cost, 2.00 EUR");
}

}  // namespace
}  // namespace cartwright::offers
