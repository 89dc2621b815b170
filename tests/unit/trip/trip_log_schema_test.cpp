#include "trip/trip_log_schema.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "trip/trip_log.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using testing::start_with_offers;
using testing::Store;
using testing::week;

// The log as a program of schema 2 left it.
void take_back_to_schema_2(Database& database) {
  database.run("DROP INDEX trips_offers");
  database.run("ALTER TABLE trips DROP COLUMN offers");
  database.run("DELETE FROM trip_schema WHERE version = 3");
}

TEST(TripLogSchema, is_made_once) {
  Store store;
  with_trip_tables(store.database());
  with_trip_tables(store.database());
  Statement versions = store.database().prepare("SELECT group_concat(version) FROM trip_schema");
  ASSERT_TRUE(versions.step());
  EXPECT_EQ(versions.text(0), "1,2,3");
}

TEST(TripLogSchema, learns_the_offers_of_older_trips_from_their_headers) {
  Store store;
  std::string id;
  {
    Trip trip(store.database(), store.clock());
    trip.start(start_with_offers());
    trip.add_item(testing::milk(), testing::pieces(3));
    id = trip.state().trip_id();
  }
  take_back_to_schema_2(store.database());
  TripLog log(store.database());
  EXPECT_EQ(log.prune_offers(), 0);
  EXPECT_NE(log.offers(week()->book.digest()), nullptr);
  EXPECT_EQ(store.replayed(id).totals().goods, offers::Money(258));
  store.database().run("DELETE FROM trip_events");
  store.database().run("DELETE FROM trips");
  EXPECT_EQ(log.prune_offers(), 1);
}

TEST(TripLogSchema, takes_an_older_trip_that_can_not_be_read_along) {
  Store store;
  {
    Trip trip(store.database(), store.clock());
    trip.start(start_with_offers());
  }
  store.database().run("UPDATE trip_events SET bytes = x'FF'");
  take_back_to_schema_2(store.database());
  TripLog log(store.database());
  EXPECT_EQ(log.trips().size(), 1u);
  EXPECT_EQ(log.prune_offers(), 1);
}

}  // namespace
}  // namespace cartwright::trip
