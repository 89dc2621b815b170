#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sqlite.hpp"
#include "cartwright/v1/trip.pb.h"
#include "offers/basket.hpp"
#include "offers/item_sale.hpp"
#include "offers/offer_store.hpp"
#include "offers/totals.hpp"
#include "trip/clock.hpp"
#include "trip/commit_observer.hpp"
#include "trip/trip_log.hpp"
#include "trip/trip_state.hpp"

namespace cartwright::trip {

// What a trip starts with; the trip adds its id, times and versions.
struct StartInfo {
  std::string cart_id;
  std::string store_gln;     // 13 digits
  std::string zone;          // IANA
  int cut_over_minutes = 0;  // local time at which the store's day changes, e.g. 240
  offers::PriceRules rules;
  std::string catalog_digest;                          // hex as Catalog::digest(), or empty
  std::shared_ptr<const offers::OfferVersion> offers;  // pinned for the trip; null: none
  std::vector<std::string> price_zones;                // that the store belongs to
};

// What a call committed. It is on disk when the caller sees it.
struct Change {
  std::vector<v1::TripEvent> events;
  std::string key;             // the line it touched, or the payment's key; mostly one of them
  offers::Money total_before;  // state() has the total after
};

// The running trip of a cart: the one writer of its log. One thread, the cart loop.
//
// Every call that changes something makes facts, tries them on the state, commits them in one
// transaction together with what the observer writes, and only then lets the state be seen. An
// Error means that nothing happened: invalid_input, not_found or conflict where the trip does not
// allow it, unavailable where the commit failed (disk full, database busy). The next call works.
class Trip {
 public:
  // Takes up the trip that was open when the cart stopped; state().payment_state() then says with
  // after_power_cut() what to do about an unfinished payment. Error corrupt where that trip can
  // not be read: TripLog::set_aside() takes it out of the way. All arguments outlive the trip.
  Trip(Database& database, Clock& clock, CommitObserver* observer = nullptr);
  Trip(const Trip&) = delete;
  Trip& operator=(const Trip&) = delete;

  const TripState& state() const { return state_; }
  bool running() const;
  // Whether the constructor found a trip to go on with.
  bool resumed() const { return resumed_; }
  TripLog& log() { return log_; }
  // What a fact that is written now would bear.
  Time now() const { return clock_.now(); }

  // Error conflict while another trip runs.
  Change start(const StartInfo& info);

  // Pieces join the last line of the same item at the same price, unless the times of an offer see
  // them otherwise than that line (offers/line_times.hpp); a weighing is a line of its own.
  // `gtin`: 14 digits as identified, or empty.
  Change add_item(const offers::Product& product, offers::Quantity quantity,
                  std::string_view gtin = {});
  // The same with what its code told; `at` is the time by which it was judged, of now(), which the
  // fact then bears. Items whose codes told different things are different items. Error
  // invalid_input where the sale says no quantity.
  Change add_item(const offers::ItemSale& sale, std::string_view gtin, const Time& at);
  // Takes down what the shopper was told; `what` is the code as read.
  Change refuse_scan(v1::ScanRefused::Why why, std::string_view what);
  // Takes pieces off the line, or the whole line without a count.
  Change put_back(std::string_view key, std::optional<offers::Units> pieces = {});
  // Error invalid_input for zero pieces (put back instead) and for weighed lines.
  Change set_quantity(std::string_view key, offers::Units pieces);
  Change override_price(std::string_view key, offers::Money price, std::string_view by,
                        std::string_view reason);

  // Whether member prices and members' offers count from now on, and those of which segments.
  Change set_member(bool member, const std::vector<std::string>& segments = {});
  // A coupon, by the id that offers name it by; two presentations are two coupons.
  Change present_coupon(std::string_view coupon);
  // Error not_found where it was not presented, here and below.
  Change take_back_coupon(std::string_view coupon);
  // The server that knows a coupon of AI (8112) has said whether it holds; `by` names its answer.
  Change settle_coupon(std::string_view coupon, bool accepted, std::string_view by);
  // A coupon that is used only on command is asked for, or no longer.
  Change redeem_coupon(std::string_view coupon, bool redeem);
  // No nudge shall speak of the offer any more.
  Change dismiss_nudge(std::string_view offer);

  Change note_age_check(int min_age, bool passed, std::string_view by);
  Change set_consent(v1::Purpose purpose, bool granted, std::string_view notice_version);

  // Payment: the steps of payment_table.hpp. Change::key is the payment's key, new for each
  // intent; commands to the terminal carry it.
  //
  // Asks for what is still due. `baseline_*`: the terminal's last receipt and trace number.
  Change intend_payment(std::string_view terminal, std::string_view baseline_receipt,
                        std::string_view baseline_trace);
  // Must have returned before the terminal is given anything.
  Change payment_sent();
  // An amount that was not asked for is taken down as unknown, for a person to look at.
  Change payment_approved(offers::Money amount, const v1::CardFacts& card, bool by_lookup = false);
  Change payment_declined(std::string_view reason, bool by_lookup = false);
  Change payment_unknown(std::string_view reason);
  Change payment_resolved(bool taken, std::string_view by, const v1::CardFacts& card = {});

  // Writes Settled and the immutable sale record in one commit. Nothing may be due.
  Change settle();
  Change end(v1::TripEnded::Cause cause);

 private:
  Change commit(v1::TripEvent event, std::string key = {});
  v1::TripEvent fact() { return fact(clock_.now()); }
  v1::TripEvent fact(const Time& at) const;
  // Of the trip that starts, else those that the log keeps.
  offers::OfferSource offer_source();
  std::string payment_key() const;
  const Payment& running_payment() const;

  TripLog log_;
  Clock& clock_;
  CommitObserver* observer_;
  std::shared_ptr<const offers::OfferVersion> offers_;  // of the trip that starts
  TripState state_;
  bool resumed_ = false;
};

}  // namespace cartwright::trip
