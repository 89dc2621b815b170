#include "offers/reasons.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cartwright::offers {
namespace {

using Case = Why::Case;

std::string said(const Offer& offer, Why why) {
  Facts facts;
  facts.store = "9521234000013";
  return text({&offer, why}, facts, currency("EUR"));
}

TEST(Reasons, name_what_the_case_is_about) {
  Offer other;
  other.id = "b";
  Offer offer;
  offer.coupon = "C1";
  EXPECT_EQ(said(offer, {Case::other_store}), "not in store 9521234000013");
  EXPECT_EQ(said(offer, {Case::coupon_missing}), "coupon C1 was not presented");
  EXPECT_EQ(said(offer, {.what = Case::group_used, .other = &other}),
            "offer b of its group is used");
}

TEST(Reasons, count_units_and_money) {
  const Offer offer;
  EXPECT_EQ(said(offer, {.what = Case::too_few, .needed = 3, .there = 2}),
            "it needs 3 units, the basket has 2");
  EXPECT_EQ(said(offer, {.what = Case::too_few_in_slot, .needed = 1, .there = 0, .slot = 2}),
            "it needs 1 unit in slot 2, the basket has 0");
  EXPECT_EQ(said(offer, {.what = Case::threshold_missing, .needed = 5'000, .there = 4'999}),
            "0.01 EUR are missing to its threshold of 50.00 EUR");
  EXPECT_EQ(said(offer, {.what = Case::not_below_price, .needed = 500, .there = 500}),
            "its price of 5.00 EUR is not below what its units cost, 5.00 EUR");
}

TEST(Reasons, differ_for_every_case) {
  Offer offer;
  offer.shape = BasketOffer{.scope = {}, .threshold = {}, .reward = Gift{"mug"}};
  std::set<std::string> texts;
  for (int i = 0; i <= static_cast<int>(Case::not_better); ++i) {
    texts.insert(said(offer, {.what = static_cast<Case>(i), .other = &offer}));
  }
  EXPECT_EQ(texts.size(), static_cast<std::size_t>(Case::not_better) + 1);
  EXPECT_FALSE(texts.contains(""));
}

}  // namespace
}  // namespace cartwright::offers
