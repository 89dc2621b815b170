#include "offers/basket_units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::basket;
using testing::ElementsAre;

TEST(BasketUnits, are_pieces_and_weighings_by_the_lines_keys) {
  const BasketFile file = basket(R"({"key":"b","product":"milk","units":2},
                                    {"key":"a","product":"apples","grams":512},
                                    {"key":"c","product":"wine","units":2})");
  const BasketUnits all = units_of(file.basket, nullptr);
  ASSERT_EQ(all.units.size(), 3u);
  EXPECT_EQ(all.units[0].line, 1u);
  EXPECT_EQ(all.units[0].base, 154);  // 3.00 a kg x 512 g = 1.536
  EXPECT_EQ(all.units[1].rank, 1u);
  EXPECT_EQ(all.units[2].base, 129);
  EXPECT_EQ(all.outside, 1200);  // what offers may not touch
  ASSERT_EQ(all.products.size(), 2u);
  EXPECT_EQ(all.products[1].product->id, "milk");
  EXPECT_THAT(all.of_product(1), ElementsAre(1, 2));
}

TEST(BasketUnits, cost_what_an_override_says) {
  const BasketFile file = basket(R"({"key":"1","product":"milk","units":1})",
                                 R"("overrides":[{"key":"1","price_minor":99,"by":"staff-7"}])");
  EXPECT_EQ(units_of(file.basket, nullptr).units[0].base, 99);
}

TEST(BasketUnits, have_the_local_time_of_the_store_or_else_of_the_line) {
  const BasketFile file =
      basket(R"({"key":"1","product":"milk","units":1,"at":"2026-07-01T09:00:00Z"},
                {"key":"2","product":"milk","units":1})");
  const TimeZone berlin = TimeZone::load("Europe/Berlin");
  const auto local = [&](const TimeZone* zone) {
    const auto time = units_of(file.basket, zone).times[0];
    return time->local_seconds - time->unix_seconds;
  };
  EXPECT_EQ(local(nullptr), 0);
  EXPECT_EQ(local(&berlin), 7200);
  EXPECT_FALSE(units_of(file.basket, nullptr).times[1]);
  Offer timed;
  timed.when.days = {0};
  EXPECT_FALSE(sees(timed, std::nullopt));
  EXPECT_TRUE(sees(Offer(), std::nullopt));
}

TEST(BasketUnits, are_seen_whole_where_all_lines_are_within_an_offers_dates) {
  const char* const kEight =
      R"({"key":"1","product":"milk","units":1,"at":"2026-07-01T08:00:00Z"})";
  const char* const kNine = R"({"key":"2","product":"milk","units":1,"at":"2026-07-01T09:00:00Z"})";
  const BasketFile file = basket(std::string(kEight) + "," + kNine);
  const BasketUnits all = units_of(file.basket, nullptr);
  const std::int64_t eight = all.times[0]->unix_seconds;
  Offer offer;
  EXPECT_TRUE(all.is_seen_whole_by(offer));
  offer.when.from = eight;
  offer.when.to = eight + 3601;
  EXPECT_TRUE(all.is_seen_whole_by(offer));
  offer.when.to = eight + 3600;
  EXPECT_FALSE(all.is_seen_whole_by(offer));
  offer.when = {.from = eight + 1, .to = {}, .days = {}, .hours = {}};
  EXPECT_FALSE(all.is_seen_whole_by(offer));
  offer.when = {.from = {}, .to = {}, .days = {2}, .hours = {}};  // is a Wednesday, but days are
  EXPECT_FALSE(all.is_seen_whole_by(offer));                      // judged line by line
  const BasketFile timeless =
      basket(std::string(kEight) + R"(,{"key":"2","product":"milk","units":1})");
  offer.when = {.from = eight, .to = {}, .days = {}, .hours = {}};
  EXPECT_FALSE(units_of(timeless.basket, nullptr).is_seen_whole_by(offer));
}

}  // namespace
}  // namespace cartwright::offers
