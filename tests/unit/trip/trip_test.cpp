#include "trip/trip.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "base/error.hpp"
#include "trip/sale_record.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using offers::Money;
using offers::Units;

// The error that the call ends with; fails the test where there is none.
std::string refusal(ErrorKind kind, const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

class RunningTrip : public ::testing::Test {
 protected:
  RunningTrip() : trip_(store_.database(), store_.clock()) { trip_.start(start_info()); }
  Money total() const { return trip_.state().totals().total; }

  Store store_;
  Trip trip_;
};

TEST(TripStart, writes_a_header_with_all_that_never_changes) {
  Store store;
  Trip trip(store.database(), store.clock());
  EXPECT_FALSE(trip.running());
  const Change change = trip.start(start_info());
  ASSERT_EQ(change.events.size(), 1U);
  const v1::TripHeader& header = trip.state().header();
  EXPECT_EQ(header.trip_id().size(), 32U);
  EXPECT_EQ(header.currency(), "EUR");
  EXPECT_EQ(header.business_date(), "2026-03-01");
  EXPECT_EQ(header.boot_id(), "manual-boot");
  EXPECT_EQ(header.catalog_digest().size(), 32U);
  EXPECT_EQ(change.events[0].at().clock_trust(), v1::CLOCK_TRUST_SYNCHRONISED);
  EXPECT_EQ(trip.state().phase(), Phase::shopping);
}

TEST(TripStart, is_on_the_stores_day_wherever_the_carts_clock_was_set_up) {
  Store store;
  Time time = store.clock().now();
  time.utc_ms -= 256 * 60'000;  // 03:59 in the store, before its day changes
  time.offset_minutes = 720;
  store.clock().set(time);
  Trip trip(store.database(), store.clock());
  trip.start(start_info());
  EXPECT_EQ(trip.state().header().business_date(), "2026-02-28");
}

TEST(TripStart, refuses_a_store_number_with_a_wrong_check_digit_and_stays_idle) {
  Store store;
  Trip trip(store.database(), store.clock());
  StartInfo info = start_info();
  info.store_gln = "9521234000014";
  const std::string text = refusal(ErrorKind::invalid_input, [&] { trip.start(info); });
  EXPECT_NE(text.find("9521234000014"), std::string::npos);
  EXPECT_FALSE(trip.running());
  EXPECT_FALSE(trip.log().open_trip());
  trip.start(start_info());
}

TEST(TripStart, counts_in_1970_where_the_cart_has_no_clock) {
  Store store;
  store.clock().set({});
  Trip trip(store.database(), store.clock());
  trip.start(start_info());
  EXPECT_EQ(trip.state().started_at().clock_trust(), v1::CLOCK_TRUST_UNTRUSTED);
}

TEST_F(RunningTrip, refuses_a_second_start) {
  refusal(ErrorKind::conflict, [&] { trip_.start(start_info()); });
  EXPECT_TRUE(trip_.running());
}

TEST_F(RunningTrip, adds_up_pieces_weighings_and_deposits) {
  trip_.add_item(milk(), pieces(2));
  trip_.add_item(water(), pieces(1));
  const Change change = trip_.add_item(apples(), grams(512));
  EXPECT_EQ(change.key, "3");
  EXPECT_EQ(change.total_before, Money(2 * 129 + 79 + 25));
  // 299 x 0.512 = 153.088
  EXPECT_EQ(total(), Money(2 * 129 + 79 + 25 + 153));
}

TEST_F(RunningTrip, joins_pieces_of_the_same_item_in_one_line) {
  trip_.add_item(milk(), pieces(1));
  trip_.add_item(water(), pieces(1));
  const Change change = trip_.add_item(milk(), pieces(1));
  EXPECT_EQ(change.key, "1");
  ASSERT_TRUE(change.events[0].has_quantity_changed());
  EXPECT_TRUE(change.events[0].quantity_changed().scanned());
  EXPECT_EQ(trip_.state().basket().lines().size(), 2U);
}

TEST_F(RunningTrip, opens_a_line_where_the_price_differs) {
  trip_.add_item(milk(), pieces(1));
  trip_.override_price("1", Money(99), "staff-7", "dented");
  EXPECT_EQ(trip_.add_item(milk(), pieces(1)).key, "2");
  EXPECT_EQ(total(), Money(99 + 129));
  offers::Product dearer = milk();
  dearer.price = Money(139);
  EXPECT_EQ(trip_.add_item(dearer, pieces(1)).key, "3");
}

TEST_F(RunningTrip, never_joins_weighings) {
  trip_.add_item(apples(), grams(500));
  EXPECT_EQ(trip_.add_item(apples(), grams(500)).key, "2");
}

TEST_F(RunningTrip, puts_back_pieces_and_whole_lines) {
  trip_.add_item(milk(), pieces(3));
  trip_.add_item(apples(), grams(1000));
  trip_.put_back("1", Units{1});
  EXPECT_EQ(total(), Money(2 * 129 + 299));
  trip_.put_back("2");
  trip_.put_back("1", Units{2});
  EXPECT_TRUE(trip_.state().basket().empty());
  EXPECT_EQ(trip_.state().item("1"), nullptr);
  // Keys are never used again.
  EXPECT_EQ(trip_.add_item(milk(), pieces(1)).key, "3");
}

TEST_F(RunningTrip, refuses_what_the_basket_does_not_allow_and_stays_as_it_was) {
  trip_.add_item(milk(), pieces(1));
  trip_.add_item(apples(), grams(300));
  const std::string before = picture(trip_.state());
  refusal(ErrorKind::not_found, [&] { trip_.put_back("9"); });
  refusal(ErrorKind::invalid_input, [&] { trip_.put_back("1", Units{2}); });
  refusal(ErrorKind::invalid_input, [&] { trip_.put_back("2", Units{1}); });
  refusal(ErrorKind::invalid_input, [&] { trip_.set_quantity("1", Units{0}); });
  refusal(ErrorKind::invalid_input, [&] { trip_.add_item(milk(), pieces(-1)); });
  refusal(ErrorKind::invalid_input, [&] { trip_.add_item(milk(), grams(100)); });
  refusal(ErrorKind::invalid_input, [&] { trip_.add_item(apples(), pieces(1)); });
  refusal(ErrorKind::invalid_input, [&] { trip_.override_price("1", Money(1), "", ""); });
  refusal(ErrorKind::invalid_input, [&] { trip_.add_item(product("x", 5, "luxury"), pieces(1)); });
  refusal(ErrorKind::invalid_input, [&] { trip_.add_item(milk(), pieces(1), "4006381333930"); });
  EXPECT_EQ(picture(trip_.state()), before);
  EXPECT_EQ(picture(store_.replayed(trip_.state().trip_id())), before);
}

TEST_F(RunningTrip, counts_member_prices_from_the_moment_on) {
  trip_.add_item(milk(), pieces(2));
  trip_.set_member(true);
  EXPECT_EQ(total(), Money(2 * 119));
  trip_.set_member(false);
  EXPECT_EQ(total(), Money(2 * 129));
}

TEST_F(RunningTrip, keeps_what_the_shopper_was_told_about_a_scan) {
  const std::string code(200, '\xff');
  const Change change = trip_.refuse_scan(v1::ScanRefused::UNKNOWN_PRODUCT, code);
  EXPECT_EQ(change.events[0].scan_refused().what().size(), 64U);
  EXPECT_EQ(store_.replayed(trip_.state().trip_id()).refused_scans(), 1U);
}

TEST_F(RunningTrip, keeps_the_last_word_on_each_purpose) {
  trip_.set_consent(v1::PURPOSE_STORE_INSIGHT, true, "2026-01");
  trip_.set_consent(v1::PURPOSE_PROFILE, true, "2026-01");
  trip_.set_consent(v1::PURPOSE_PROFILE, false, "2026-01");
  const TripState state = store_.replayed(trip_.state().trip_id());
  EXPECT_TRUE(state.consents().at(v1::PURPOSE_STORE_INSIGHT).granted);
  EXPECT_FALSE(state.consents().at(v1::PURPOSE_PROFILE).granted);
  EXPECT_EQ(state.consents().at(v1::PURPOSE_PROFILE).seq, 4U);
  refusal(ErrorKind::invalid_input,
          [&] { trip_.set_consent(v1::PURPOSE_UNSPECIFIED, true, "2026-01"); });
  refusal(ErrorKind::invalid_input, [&] { trip_.set_consent(v1::PURPOSE_PROFILE, true, ""); });
}

TEST_F(RunningTrip, survives_texts_of_devices_that_are_no_utf8) {
  trip_.add_item(milk(), pieces(1));
  trip_.intend_payment("terminal0", "\xff\xfe", "1");
  trip_.payment_declined("abgelehnt \xfc");
  EXPECT_EQ(picture(store_.replayed(trip_.state().trip_id())), picture(trip_.state()));
}

TEST_F(RunningTrip, goes_on_with_a_new_monotonic_clock_after_a_power_cut) {
  trip_.add_item(milk(), pieces(1));
  ManualClock after_the_cut({.utc_ms = kMorning + 60'000, .monotonic_ns = 7, .offset_minutes = 60},
                            "second-boot");
  Trip resumed(store_.database(), after_the_cut);
  EXPECT_TRUE(resumed.resumed());
  EXPECT_EQ(resumed.state().totals().total, Money(129));
  EXPECT_EQ(resumed.state().boots(), (std::vector<std::string>{"manual-boot", "second-boot"}));
  EXPECT_EQ(resumed.add_item(milk(), pieces(1)).events[0].at().boot(), 1U);
  // The same boot once more is no fact.
  const std::uint64_t seq = resumed.state().last_seq();
  EXPECT_EQ(Trip(store_.database(), after_the_cut).state().last_seq(), seq);
}

TEST_F(RunningTrip, refuses_to_go_on_where_another_program_wrote_to_its_trip) {
  Trip other(store_.database(), store_.clock());
  other.add_item(milk(), pieces(1));
  const std::string text = refusal(ErrorKind::conflict, [&] { trip_.add_item(milk(), pieces(1)); });
  EXPECT_NE(text.find("another program"), std::string::npos);
  EXPECT_EQ(store_.replayed(trip_.state().trip_id()).totals().total, Money(129));
}

TEST_F(RunningTrip, is_followed_by_the_next_one) {
  trip_.add_item(milk(), pieces(1));
  const std::string first = trip_.state().trip_id();
  trip_.end(v1::TripEnded::ABANDONED);
  EXPECT_FALSE(trip_.running());
  refusal(ErrorKind::conflict, [&] { trip_.add_item(milk(), pieces(1)); });
  trip_.start(start_info());
  EXPECT_NE(trip_.state().trip_id(), first);
  EXPECT_TRUE(trip_.state().basket().empty());
  EXPECT_EQ(trip_.log().trips().size(), 2U);
  EXPECT_EQ(trip_.log().open_trip(), trip_.state().trip_id());
}

}  // namespace
}  // namespace cartwright::trip
