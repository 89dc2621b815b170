#include "trip/trip_log.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "trip/trip.hpp"
#include "trip/verify.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;

// A paid trip, to be damaged.
class DamagedLog : public ::testing::Test {
 protected:
  DamagedLog() : trip_(store_.database(), store_.clock()), id_(start()) {}
  std::string start() {
    trip_.start(start_info());
    trip_.add_item(milk(), pieces(1));
    trip_.add_item(water(), pieces(2));
    pay(trip_);
    trip_.end(v1::TripEnded::PAID);
    return trip_.state().trip_id();
  }
  void damage(const char* sql) {
    store_.database().run("PRAGMA foreign_keys=OFF");
    store_.database().run(sql);
  }
  void replace(std::uint64_t seq, const v1::TripEvent& event) {
    store_.database()
        .prepare("UPDATE trip_events SET bytes = ? WHERE seq = ?")
        .bind(as_bytes(event.SerializeAsString()), seq)
        .run();
  }
  v1::TripEvent event(std::uint64_t seq) {
    return trip_.log().load(id_)[static_cast<std::size_t>(seq - 1)];
  }
  std::string corruption() {
    try {
      fold(trip_.log().load(id_));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::corrupt);
      return error.what();
    }
    return "nothing";
  }
  // True if verify finds something that says so, at that fact.
  bool finds(std::uint64_t seq, const std::string& text) {
    for (const Finding& finding : verify(trip_.log(), id_)) {
      if (finding.seq == seq && finding.text.find(text) != std::string::npos) return true;
    }
    return false;
  }

  Store store_;
  Trip trip_;
  std::string id_;
};

TEST_F(DamagedLog, is_whole_at_first) {
  EXPECT_TRUE(verify_all(trip_.log()).empty());
}

TEST_F(DamagedLog, names_trip_and_number_of_an_unreadable_fact) {
  damage("UPDATE trip_events SET bytes = x'ff' WHERE seq = 3");
  EXPECT_EQ(corruption(), "trip " + id_ + ", event 3: its 1 bytes are no TripEvent");
  EXPECT_TRUE(finds(3, "no TripEvent"));
}

TEST_F(DamagedLog, notices_a_missing_fact) {
  damage("DELETE FROM trip_events WHERE seq = 2");
  EXPECT_NE(corruption().find("event 3: its number should be 2"), std::string::npos);
  EXPECT_TRUE(finds(3, "facts 2 to 2 are missing"));
}

TEST_F(DamagedLog, notices_a_missing_tail) {
  damage("DELETE FROM trip_events WHERE seq = 8");
  EXPECT_TRUE(finds(0, "listed as ended"));
}

TEST_F(DamagedLog, notices_facts_that_changed_places) {
  v1::TripEvent second = event(2);
  second.set_seq(3);
  replace(3, second);
  EXPECT_NE(corruption().find("event 3: the next line is \"2\""), std::string::npos);
}

TEST_F(DamagedLog, notices_a_price_that_was_changed_afterwards) {
  v1::TripEvent added = event(2);
  added.mutable_line_added()->mutable_item()->set_price_minor(1);
  replace(2, added);
  // The payment no longer fits what is due.
  EXPECT_NE(corruption().find("event 4"), std::string::npos);
  EXPECT_FALSE(verify_all(trip_.log()).empty());
}

TEST_F(DamagedLog, notices_a_name_that_was_changed_afterwards) {
  v1::TripEvent added = event(2);
  added.mutable_line_added()->mutable_item()->set_name("Cream");
  replace(2, added);
  EXPECT_EQ(corruption(), "nothing");
  EXPECT_TRUE(finds(7, "add up to another sale record"));
}

TEST_F(DamagedLog, notices_a_sale_record_that_is_gone_or_changed) {
  damage("UPDATE sale_records SET bytes = bytes || x'00'");
  EXPECT_TRUE(finds(0, "do not have the digest"));
  damage("UPDATE sale_records SET digest = x'00'");
  EXPECT_TRUE(finds(0, "digest of 1 bytes"));
  damage("DELETE FROM sale_records");
  EXPECT_TRUE(finds(7, "no sale record is kept"));
}

TEST_F(DamagedLog, notices_a_sale_record_that_nothing_settles) {
  trip_.start(start_info());
  const std::string id = trip_.state().trip_id();
  store_.database()
      .prepare("INSERT INTO sale_records SELECT ?, digest, bytes FROM sale_records")
      .bind(id)
      .run();
  const auto findings = verify(trip_.log(), id);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_NE(findings[0].text.find("that of trip " + id_), std::string::npos);
  EXPECT_NE(findings[1].text.find("no fact settles it"), std::string::npos);
}

TEST_F(DamagedLog, keeps_the_sale_record_when_the_trip_goes) {
  damage("DELETE FROM trip_events");
  damage("DELETE FROM trips");
  EXPECT_TRUE(verify(trip_.log(), id_).empty());
  EXPECT_EQ(trip_.log().sales(), std::vector<std::string>{id_});
}

TEST_F(DamagedLog, lets_the_cart_set_an_unreadable_open_trip_aside) {
  trip_.start(start_info());
  const std::string broken = trip_.state().trip_id();
  damage("UPDATE trip_events SET bytes = x'ff' WHERE trip = 2");
  try {
    Trip restarted(store_.database(), store_.clock());
    FAIL() << "an unreadable trip was taken up";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::corrupt);
  }
  TripLog log(store_.database());
  log.set_aside(broken);
  Trip restarted(store_.database(), store_.clock());
  EXPECT_FALSE(restarted.running());
  restarted.start(start_info());
  EXPECT_EQ(log.find(broken)->status, TripEntry::Status::set_aside);
}

TEST(TripLog, lists_trips_the_latest_first) {
  Store store;
  Trip trip(store.database(), store.clock());
  trip.start(start_info());
  const std::string first = trip.state().trip_id();
  trip.end(v1::TripEnded::ABANDONED);
  store.clock().advance_ms(1000);
  trip.start(start_info());
  const auto trips = trip.log().trips();
  ASSERT_EQ(trips.size(), 2U);
  EXPECT_EQ(trips[0].trip_id, trip.state().trip_id());
  EXPECT_EQ(trips[0].status, TripEntry::Status::open);
  EXPECT_EQ(trips[0].started_utc_ms, kMorning + 1000);
  EXPECT_EQ(trips[1].trip_id, first);
  EXPECT_EQ(trips[1].last_seq, 2U);
  EXPECT_EQ(trips[1].business_date, "2026-03-01");
}

TEST(TripLog, knows_no_trips_but_its_own) {
  Store store;
  TripLog log(store.database());
  EXPECT_FALSE(log.find("x"));
  EXPECT_THROW(log.load("x"), Error);
  EXPECT_THROW(log.set_aside("x"), Error);
  EXPECT_THROW(verify(log, "x"), Error);
}

TEST(TripLog, refuses_a_file_of_a_newer_program_and_leaves_it) {
  Store store;
  { TripLog log(store.database()); }
  store.database().run("UPDATE trip_schema SET version = 9");
  try {
    TripLog log(store.database());
    FAIL() << "a newer file was opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
    EXPECT_NE(std::string(error.what()).find("schema 9"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("newer Cartwright"), std::string::npos);
  }
}

TEST(TripLog, opens_beside_a_writer) {
  Store store;
  { TripLog log(store.database()); }
  Database other(store.database().file());
  Transaction writing(other);
  store.database().run("PRAGMA busy_timeout=1");
  TripLog reader(store.database());
  EXPECT_TRUE(reader.trips().empty());
}

}  // namespace
}  // namespace cartwright::trip
