// What a commit that fails may cost: nothing.

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/error.hpp"
#include "trip/trip.hpp"
#include "trip/verify.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using offers::Money;

// Writes one row for each fact, as the journey does, and can fail before or after it.
class Witness : public CommitObserver {
 public:
  explicit Witness(Database& database) : database_(database) {
    database_.run("CREATE TABLE witnessed(seq INTEGER, total INTEGER)");
  }
  void in_transaction(const TripState& before, const v1::TripEvent& event) override {
    if (fail) throw std::runtime_error("the witness has no pen");
    database_.prepare("INSERT INTO witnessed VALUES (?, ?)")
        .bind(event.seq(), before.totals().total.minor())
        .run();
    last = event.fact_case();
  }
  std::int64_t rows() {
    Statement count = database_.prepare("SELECT count(*) FROM witnessed");
    count.step();
    return count.integer(0);
  }

  bool fail = false;
  v1::TripEvent::FactCase last = v1::TripEvent::FACT_NOT_SET;

 private:
  Database& database_;
};

class WitnessedTrip : public ::testing::Test {
 protected:
  WitnessedTrip()
      : witness_(store_.database()), trip_(store_.database(), store_.clock(), &witness_) {
    trip_.start(start_info());
    trip_.add_item(milk(), pieces(1));
  }
  Store store_;
  Witness witness_;
  Trip trip_;
};

TEST_F(WitnessedTrip, shows_each_fact_to_the_observer_with_the_state_before_it) {
  EXPECT_EQ(witness_.rows(), 2);
  trip_.add_item(milk(), pieces(1));
  EXPECT_EQ(witness_.last, v1::TripEvent::kQuantityChanged);
  Statement row = store_.database().prepare("SELECT total FROM witnessed WHERE seq = 3");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), 129);
}

TEST_F(WitnessedTrip, takes_the_fact_back_where_the_observer_fails) {
  const std::string before = picture(trip_.state());
  witness_.fail = true;
  EXPECT_THROW(trip_.add_item(water(), pieces(1)), std::runtime_error);
  EXPECT_EQ(picture(trip_.state()), before);
  EXPECT_EQ(picture(store_.replayed(trip_.state().trip_id())), before);
  EXPECT_EQ(witness_.rows(), 2);
  witness_.fail = false;
  trip_.add_item(water(), pieces(1));
  EXPECT_EQ(trip_.state().totals().total, Money(129 + 79 + 25));
  EXPECT_EQ(witness_.rows(), 3);
}

TEST_F(WitnessedTrip, takes_a_settlement_and_its_sale_record_back_together) {
  trip_.intend_payment("terminal0", "", "");
  trip_.payment_sent();
  trip_.payment_approved(trip_.state().due(), card());
  witness_.fail = true;
  EXPECT_THROW(trip_.settle(), std::runtime_error);
  EXPECT_FALSE(trip_.log().sale(trip_.state().trip_id()));
  EXPECT_EQ(trip_.state().payment_state(), PaymentState::approved);
  witness_.fail = false;
  trip_.settle();
  trip_.end(v1::TripEnded::PAID);
  EXPECT_TRUE(verify_all(trip_.log()).empty());
}

TEST_F(WitnessedTrip, takes_a_start_back_and_starts_again) {
  trip_.end(v1::TripEnded::TIMEOUT);
  witness_.fail = true;
  EXPECT_THROW(trip_.start(start_info()), std::runtime_error);
  EXPECT_FALSE(trip_.log().open_trip());
  EXPECT_EQ(trip_.state().phase(), Phase::ended);
  witness_.fail = false;
  trip_.start(start_info());
  trip_.add_item(milk(), pieces(1));
  EXPECT_EQ(trip_.log().open_trip(), trip_.state().trip_id());
}

TEST_F(WitnessedTrip, says_unavailable_on_a_full_disk_and_goes_on_when_there_is_room) {
  Database& database = store_.database();
  Statement count = database.prepare("PRAGMA page_count");
  count.step();
  const std::string limit = "PRAGMA max_page_count=" + std::to_string(count.integer(0));
  count.reset();
  database.run(limit.c_str());
  std::string before;
  bool full = false;
  // Until the last page is used up.
  for (int i = 0; i < 200 && !full; ++i) {
    before = picture(trip_.state());
    try {
      trip_.refuse_scan(v1::ScanRefused::UNKNOWN_PRODUCT, std::string(64, '9'));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::unavailable) << error.what();
      full = true;
    }
  }
  ASSERT_TRUE(full);
  EXPECT_EQ(picture(trip_.state()), before);
  EXPECT_EQ(picture(store_.replayed(trip_.state().trip_id())), before);
  database.run("PRAGMA max_page_count=100000");
  trip_.add_item(milk(), pieces(1));
  EXPECT_EQ(trip_.state().totals().total, Money(258));
  EXPECT_TRUE(verify_all(trip_.log()).empty());
}

TEST_F(WitnessedTrip, says_unavailable_while_another_program_holds_the_file) {
  store_.database().run("PRAGMA busy_timeout=1");
  const std::string before = picture(trip_.state());
  {
    Database other(store_.database().file());
    Transaction holding(other);
    try {
      trip_.add_item(milk(), pieces(1));
      ADD_FAILURE() << "a second writer got in";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::unavailable) << error.what();
    }
  }
  EXPECT_EQ(picture(trip_.state()), before);
  trip_.add_item(milk(), pieces(1));
}

}  // namespace
}  // namespace cartwright::trip
