#include "offers/line_times.hpp"

#include <gtest/gtest.h>

#include "base/rfc3339.hpp"

namespace cartwright::offers {
namespace {

std::int64_t at(const char* time) {
  return parse_rfc3339(time)->seconds;
}

Product product(const std::string& id) {
  Product product;
  product.id = id;
  return product;
}

class LineTimes : public testing::Test {
 protected:
  bool alike(const Product& product, const char* a, const char* b) const {
    const bool there = seen_alike(book_, product, berlin_, at(a), at(b));
    EXPECT_EQ(seen_alike(book_, product, berlin_, at(b), at(a)), there);
    return there;
  }

  const TimeZone berlin_ = TimeZone::load("Europe/Berlin");
  const OfferBook book_ = OfferBook::parse(R"({"currency":"EUR","offers":[
 {"id":"always","kind":"percent_off","set":{"products":["milk"]},"bps":500},
 {"id":"happy","kind":"buy_get","buy":{"set":{"products":["tea"]},"n":1},
  "get":{"set":{"products":["milk"]},"m":1},"bps":1000,"when":{"hours":["08:00-09:00"]}},
 {"id":"night","kind":"percent_off","set":{"products":["beer"]},"bps":500,
  "when":{"hours":["02:00-03:00"]}},
 {"id":"week","kind":"amount_off","set":{"categories":["bread"]},"amount_minor":10,
  "when":{"from":"2026-11-23T12:00:00+01:00","to":"2026-11-23T13:00:00+01:00"}}]})",
                                           "offers.json");
};

TEST_F(LineTimes, part_at_the_first_and_the_last_moment_of_an_offers_hours) {
  for (const char* id : {"milk", "tea"}) {
    const Product touched = product(id);
    EXPECT_TRUE(alike(touched, "2026-11-23T06:00:00+01:00", "2026-11-23T07:59:59+01:00"));
    EXPECT_FALSE(alike(touched, "2026-11-23T07:59:59+01:00", "2026-11-23T08:00:00+01:00"));
    EXPECT_TRUE(alike(touched, "2026-11-23T08:00:00+01:00", "2026-11-23T08:59:59+01:00"));
    EXPECT_FALSE(alike(touched, "2026-11-23T08:59:59+01:00", "2026-11-23T09:00:00+01:00"));
    // Both outside, whatever lies between.
    EXPECT_TRUE(alike(touched, "2026-11-23T07:00:00+01:00", "2026-11-23T10:00:00+01:00"));
  }
}

TEST_F(LineTimes, do_not_matter_to_offers_of_other_products) {
  EXPECT_TRUE(alike(product("wine"), "2026-11-23T07:59:59+01:00", "2026-11-23T08:00:00+01:00"));
  Product outside = product("milk");
  outside.discountable = false;
  EXPECT_TRUE(alike(outside, "2026-11-23T07:59:59+01:00", "2026-11-23T08:00:00+01:00"));
}

TEST_F(LineTimes, part_at_the_ends_of_an_offer) {
  Product roll = product("roll");
  roll.categories = {"bread/rolls"};
  EXPECT_FALSE(alike(roll, "2026-11-23T11:59:59+01:00", "2026-11-23T12:00:00+01:00"));
  EXPECT_TRUE(alike(roll, "2026-11-23T12:00:00+01:00", "2026-11-23T12:59:59+01:00"));
  EXPECT_FALSE(alike(roll, "2026-11-23T12:59:59+01:00", "2026-11-23T13:00:00+01:00"));
}

TEST_F(LineTimes, are_those_of_the_store_where_clocks_change) {
  // 02:59:59 by summer time, and the first 02:00 by winter time: both within.
  EXPECT_TRUE(alike(product("beer"), "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z"));
  EXPECT_FALSE(alike(product("beer"), "2026-10-25T01:59:59Z", "2026-10-25T02:00:00Z"));
}

TEST_F(LineTimes, part_at_the_stores_midnight) {
  EXPECT_FALSE(alike(product("wine"), "2026-11-23T22:59:59Z", "2026-11-23T23:00:00Z"));
  EXPECT_TRUE(alike(product("wine"), "2026-11-23T23:00:00Z", "2026-11-24T22:59:59Z"));
}

}  // namespace
}  // namespace cartwright::offers
