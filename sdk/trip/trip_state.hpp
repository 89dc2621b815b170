#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.hpp"
#include "cartwright/v1/trip.pb.h"
#include "offers/basket.hpp"
#include "offers/facts.hpp"
#include "offers/price_memory.hpp"
#include "offers/priced_basket.hpp"
#include "trip/payment_table.hpp"
#include "trip/tariff.hpp"

namespace cartwright::trip {

// Version of the rules by which this fold turns facts into totals; a log of a newer one is refused.
inline constexpr std::uint32_t kEngineVersion = 1;
inline constexpr std::uint32_t kSchemaVersion = 1;

enum class Phase : std::uint8_t {
  none,      // no trip yet
  shopping,  // the basket can change
  paying,    // a payment is open or holds money: the basket stands still
  settled,   // the sale record is written
  ended,
};

std::string_view name(Phase phase);

// One attempt to pay.
struct Payment {
  PaymentState state = PaymentState::none;
  std::string key;
  offers::Money intended;
  offers::Money approved;  // zero until approved
  std::string terminal;
  std::string baseline_receipt;
  std::string baseline_trace;
  v1::CardFacts card;
  std::string resolved_by;  // the person who resolved it, mostly empty
  std::string reason;       // of a decline or an unknown outcome
};

struct Consent {
  bool granted = false;
  std::string notice_version;
  std::uint64_t seq = 0;  // the fact that says so
};

// What a trip's facts add up to: a value, a pure function of the log. Copies are cheap enough to
// take one for every fact; they are used in one thread.
class TripState {
 public:
  // The source is asked once, at the trip's start, for the offers that its header names.
  explicit TripState(offers::OfferSource source = {}) : source_(std::move(source)) {}

  // Takes the next fact of a log. Error corrupt that names trip and seq where the fact does not
  // follow from those before it, or the basket has no price with it; the state is then of no
  // further use.
  void apply(const v1::TripEvent& event);

  // The same for a fact that is not in the log yet: the Error says what is wrong with it
  // (invalid_input, not_found, conflict) and the state is of no further use.
  void advance(const v1::TripEvent& event);

  Phase phase() const { return phase_; }
  // Empty before the trip's start.
  const std::string& trip_id() const;
  // Only after the start.
  const v1::TripHeader& header() const { return *header_; }
  const offers::PriceRules& rules() const { return tariff_->rules; }
  // The store's, by which its days and hours are told.
  const TimeZone& zone() const { return tariff_->zone; }
  // Null where the trip has none.
  const offers::OfferBook* offers() const {
    return tariff_->offers == nullptr ? nullptr : &tariff_->offers->book;
  }
  std::uint64_t last_seq() const { return last_seq_; }
  const v1::Time& started_at() const { return started_at_; }
  const v1::Time& last_at() const { return last_at_; }
  // The boots that the trip has seen, the header's first.
  const std::vector<std::string>& boots() const { return boots_; }

  const offers::Basket& basket() const { return basket_; }
  // What the line's fact said; null for an unknown key.
  const v1::Item* item(std::string_view key) const;
  // What the basket costs with the best choice of the trip's offers; worked out once a change.
  const offers::PricedBasket& priced() const;
  const offers::Totals& totals() const { return priced().totals; }
  // What beside the basket decides which offers apply.
  const offers::Facts& facts() const { return facts_; }
  // Coupons of AI (8112), as presented, that wait for their server's word: while there are any
  // nothing can be paid.
  std::vector<std::string> unsettled_coupons() const;
  // Error conflict while there are any.
  void need_settled_coupons() const;
  // What a few units more would save, at most three, none that was dismissed; none once payment has
  // begun. Each call prices some baskets.
  std::vector<offers::Nudge> nudges(const offers::Suggest& suggest = {}) const;
  // The key that the next line gets.
  std::string next_key() const { return std::to_string(lines_ever_ + 1); }
  std::uint64_t refused_scans() const { return refused_scans_; }

  // The age that the basket asks for and nobody has checked; 0: none.
  std::uint32_t age_to_check() const;
  const std::vector<v1::AgeChecked>& age_checks() const { return age_checks_; }

  // Payments in order; the last one is the running one.
  const std::vector<Payment>& payments() const { return payments_; }
  PaymentState payment_state() const;
  // Approved so far, and what is still missing.
  offers::Money paid() const;
  offers::Money due() const { return totals().total - paid(); }

  const std::map<v1::Purpose, Consent>& consents() const { return consents_; }
  // Of the sale record; empty before Settled.
  const Bytes& sale_digest() const { return sale_digest_; }
  v1::TripEnded::Cause end_cause() const { return end_cause_; }

 private:
  void take(const v1::TripStarted& fact);
  void take(const v1::TripResumed& fact);
  void take(const v1::LineAdded& fact);
  void take(const v1::ScanRefused& fact);
  void take(const v1::QuantityChanged& fact);
  void take(const v1::PutBack& fact);
  void take(const v1::PriceOverridden& fact);
  void take(const v1::MembershipChanged& fact);
  void take(const v1::CouponPresented& fact);
  void take(const v1::CouponSettled& fact);
  void take(const v1::CouponRedeemed& fact);
  void take(const v1::NudgeDismissed& fact);
  void take(const v1::AgeChecked& fact);
  void take(const v1::ConsentChanged& fact);
  void take(const v1::PaymentIntended& fact);
  void take(const v1::PaymentSent& fact);
  void take(const v1::PaymentApproved& fact);
  void take(const v1::PaymentDeclined& fact);
  void take(const v1::PaymentUnknown& fact);
  void take(const v1::PaymentResolved& fact);
  void take(const v1::Settled& fact);
  void take(const v1::TripEnded& fact);
  void take_fact(const v1::TripEvent& event);
  void check_order(const v1::TripEvent& event) const;
  void need_shopping() const;
  Payment& step(const std::string& key, PaymentStep step);
  void note_card(Payment& payment, const v1::CardFacts& card, offers::Money approved);
  void follow(const v1::TripEvent& event);
  void reckon();

  Phase phase_ = Phase::none;
  std::shared_ptr<const v1::TripHeader> header_;
  offers::OfferSource source_;
  std::shared_ptr<const Tariff> tariff_;
  std::uint64_t last_seq_ = 0;
  v1::Time started_at_;
  v1::Time last_at_;
  std::vector<std::string> boots_;
  offers::Basket basket_;
  std::map<std::string, std::shared_ptr<const v1::Item>, std::less<>> items_;
  offers::Facts facts_;
  mutable std::shared_ptr<const offers::PricedBasket> priced_;  // null: not worked out yet
  // Of the baskets so far, for the next; no part of the value, so copies share it.
  std::shared_ptr<offers::PriceMemory> memory_ = std::make_shared<offers::PriceMemory>();
  std::uint64_t lines_ever_ = 0;
  std::uint64_t refused_scans_ = 0;
  std::vector<v1::AgeChecked> age_checks_;
  std::vector<Payment> payments_;
  std::map<v1::Purpose, Consent> consents_;
  Bytes sale_digest_;
  v1::TripEnded::Cause end_cause_ = v1::TripEnded::CAUSE_UNSPECIFIED;
};

// The fold of a whole log. Error corrupt as for TripState::apply.
TripState fold(std::span<const v1::TripEvent> events, offers::OfferSource source = {});

}  // namespace cartwright::trip
