// Which pieces join a line, and what offers with hours make of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trip/trip.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using offers::Money;

// At the shelf with the water, which costs 0.79, and 0.50 from 8 to 9 in the morning.
class AtTheWater : public ::testing::Test {
 protected:
  AtTheWater() : trip_(store_.database(), store_.clock()) {}

  void start_at(int hour, int minute, int second = 0) {
    go_to(hour, minute, second);
    trip_.start(start_with_offers());
  }
  // On 1 March, in Berlin.
  void go_to(int hour, int minute, int second = 0) {
    constexpr std::int64_t kMidnight = kMorning - (8 * 60 + 15) * 60'000;
    Time time = morning();
    time.utc_ms = kMidnight + ((hour * 60 + minute) * 60 + second) * 1'000;
    store_.clock().set(time);
  }
  std::string scan(const offers::Product& product = water()) {
    return trip_.add_item(product, pieces(1)).key;
  }
  Money goods() const { return trip_.state().totals().goods; }

  Store store_;
  Trip trip_;
};

TEST_F(AtTheWater, a_piece_of_the_offers_hours_joins_no_line_of_before) {
  start_at(7, 59, 59);
  EXPECT_EQ(scan(), "1");
  EXPECT_EQ(scan(), "1");
  go_to(8, 0);
  EXPECT_EQ(scan(), "2");
  EXPECT_EQ(scan(), "2");
  EXPECT_EQ(goods(), Money(2 * 79 + 2 * 50));
  EXPECT_EQ(store_.replayed(trip_.state().trip_id()).totals().goods, goods());
}

TEST_F(AtTheWater, a_piece_of_later_joins_no_line_of_the_offers_hours) {
  start_at(8, 59, 59);
  EXPECT_EQ(scan(), "1");
  go_to(9, 0);
  EXPECT_EQ(scan(), "2");
  EXPECT_EQ(goods(), Money(50 + 79));
}

TEST_F(AtTheWater, pieces_join_within_the_hours_and_outside_of_them) {
  start_at(8, 0);
  scan();
  go_to(8, 59, 59);
  EXPECT_EQ(scan(), "1");
  EXPECT_EQ(goods(), Money(100));
}

TEST_F(AtTheWater, pieces_that_no_offers_hours_touch_join_whenever_they_come) {
  start_at(7, 0);
  EXPECT_EQ(scan(milk()), "1");
  go_to(8, 30);
  EXPECT_EQ(scan(milk()), "1");
  go_to(10, 0);
  EXPECT_EQ(scan(milk()), "1");
  EXPECT_EQ(goods(), Money(2 * 129));
}

TEST_F(AtTheWater, pieces_of_another_day_are_a_line_of_their_own) {
  start_at(23, 59, 59);
  EXPECT_EQ(scan(milk()), "1");
  go_to(24, 0);
  EXPECT_EQ(scan(milk()), "2");
  EXPECT_EQ(scan(milk()), "2");
  // 3 for 2 counts them together all the same.
  EXPECT_EQ(goods(), Money(2 * 129));
}

TEST_F(AtTheWater, pieces_join_at_any_time_where_the_trip_has_no_offers) {
  go_to(7, 59);
  trip_.start(start_info());
  EXPECT_EQ(scan(), "1");
  go_to(8, 0);
  EXPECT_EQ(scan(), "1");
  go_to(24, 0);
  EXPECT_EQ(scan(), "1");
}

TEST_F(AtTheWater, a_put_back_takes_from_the_line_of_its_key) {
  start_at(7, 59);
  scan();
  go_to(8, 1);
  scan();
  trip_.put_back("1", offers::Units{1});
  EXPECT_EQ(goods(), Money(50));
  EXPECT_EQ(scan(), "2");
  EXPECT_EQ(goods(), Money(100));
}

}  // namespace
}  // namespace cartwright::trip
