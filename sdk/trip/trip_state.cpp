#include "trip/trip_state.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "gs1/gtin.hpp"
#include "trip/facts.hpp"

namespace cartwright::trip {
namespace {

[[noreturn]] void invalid(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}
[[noreturn]] void conflict(const std::string& text) {
  throw Error(ErrorKind::conflict, text);
}

void need(const std::string& text, const char* what) {
  if (text.empty()) invalid(std::string("the ") + what + " is missing");
}

void need_digest(const std::string& digest, const char* of) {
  if (!digest.empty() && digest.size() != 32)
    invalid(std::string("the digest of the ") + of + " has " + std::to_string(digest.size()) +
            " bytes instead of 32");
}

bool is_date(const std::string& text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
  }
  return true;
}

void check_header(const v1::TripHeader& header) {
  const auto id = from_hex(header.trip_id());
  if (header.trip_id().size() != 32 || !id)
    invalid("\"" + header.trip_id() + "\" is no trip id; 32 hex digits are expected");
  if (header.engine_version() == 0 || header.engine_version() > kEngineVersion ||
      header.schema_version() == 0 || header.schema_version() > kSchemaVersion) {
    conflict("it was written by engine " + std::to_string(header.engine_version()) + ", schema " +
             std::to_string(header.schema_version()) + " and this program knows engine " +
             std::to_string(kEngineVersion) + ", schema " + std::to_string(kSchemaVersion) +
             "; run a newer Cartwright");
  }
  if (header.store_gln().size() != 13 || !gs1::has_valid_check_digit(header.store_gln()))
    invalid("\"" + header.store_gln() +
            "\" is no GLN of a store; 13 digits with a right check digit are expected");
  need(header.cart_id(), "cart id");
  need(header.zone(), "store's time zone");
  need(header.boot_id(), "boot id");
  if (!is_date(header.business_date()))
    invalid("\"" + header.business_date() + "\" is no business date; YYYY-MM-DD is expected");
  need_digest(header.catalog_digest(), "catalog");
  need_digest(header.offers_digest(), "offers");
}

}  // namespace

std::string_view name(Phase phase) {
  switch (phase) {
    case Phase::none:
      return "none";
    case Phase::shopping:
      return "shopping";
    case Phase::paying:
      return "paying";
    case Phase::settled:
      return "settled";
    case Phase::ended:
      return "ended";
  }
  return "?";
}

void TripState::apply(const v1::TripEvent& event) {
  try {
    advance(event);
  } catch (const Error& error) {
    const std::string& id = header_ ? header_->trip_id() : event.trip_started().header().trip_id();
    throw Error(ErrorKind::corrupt, "trip " + (id.empty() ? "without id" : id) + ", event " +
                                        std::to_string(event.seq()) + ": " + error.what());
  }
}

void TripState::advance(const v1::TripEvent& event) {
  follow(event);
  priced();
}

void TripState::follow(const v1::TripEvent& event) {
  check_order(event);
  last_at_ = event.at();
  if (event.seq() == 1) started_at_ = event.at();
  take_fact(event);
  last_seq_ = event.seq();
}

void TripState::check_order(const v1::TripEvent& event) const {
  if (phase_ == Phase::ended) conflict("the trip is over");
  if (event.has_trip_started() != (phase_ == Phase::none))
    conflict(phase_ == Phase::none ? "no trip is running; start one first"
                                   : "a trip is running already");
  if (event.seq() != last_seq_ + 1)
    conflict("its number should be " + std::to_string(last_seq_ + 1));
  check_time(event.at());
  const std::size_t boot = event.has_trip_started()   ? 0
                           : event.has_trip_resumed() ? boots_.size()
                                                      : boots_.size() - 1;
  if (event.at().boot() != boot)
    conflict("its time counts from boot " + std::to_string(event.at().boot()) + " instead of " +
             std::to_string(boot));
}

void TripState::take_fact(const v1::TripEvent& event) {
  switch (event.fact_case()) {
    case v1::TripEvent::kTripStarted:
      return take(event.trip_started());
    case v1::TripEvent::kTripResumed:
      return take(event.trip_resumed());
    case v1::TripEvent::kLineAdded:
      return take(event.line_added());
    case v1::TripEvent::kScanRefused:
      return take(event.scan_refused());
    case v1::TripEvent::kQuantityChanged:
      return take(event.quantity_changed());
    case v1::TripEvent::kPutBack:
      return take(event.put_back());
    case v1::TripEvent::kPriceOverridden:
      return take(event.price_overridden());
    case v1::TripEvent::kMembershipChanged:
      return take(event.membership_changed());
    case v1::TripEvent::kCouponPresented:
      return take(event.coupon_presented());
    case v1::TripEvent::kCouponSettled:
      return take(event.coupon_settled());
    case v1::TripEvent::kCouponRedeemed:
      return take(event.coupon_redeemed());
    case v1::TripEvent::kNudgeDismissed:
      return take(event.nudge_dismissed());
    case v1::TripEvent::kAgeChecked:
      return take(event.age_checked());
    case v1::TripEvent::kConsentChanged:
      return take(event.consent_changed());
    case v1::TripEvent::kPaymentIntended:
      return take(event.payment_intended());
    case v1::TripEvent::kPaymentSent:
      return take(event.payment_sent());
    case v1::TripEvent::kPaymentApproved:
      return take(event.payment_approved());
    case v1::TripEvent::kPaymentDeclined:
      return take(event.payment_declined());
    case v1::TripEvent::kPaymentUnknown:
      return take(event.payment_unknown());
    case v1::TripEvent::kPaymentResolved:
      return take(event.payment_resolved());
    case v1::TripEvent::kSettled:
      return take(event.settled());
    case v1::TripEvent::kTripEnded:
      return take(event.trip_ended());
    case v1::TripEvent::FACT_NOT_SET:
      break;
  }
  conflict("it holds no fact that this program knows; a newer Cartwright may have written it");
}

void TripState::take(const v1::TripStarted& fact) {
  check_header(fact.header());
  tariff_ = std::make_shared<const Tariff>(tariff_of(fact.header(), source_));
  facts_.store = fact.header().store_gln();
  facts_.zones.assign(fact.header().price_zones().begin(), fact.header().price_zones().end());
  header_ = std::make_shared<const v1::TripHeader>(fact.header());
  boots_.push_back(header_->boot_id());
  phase_ = Phase::shopping;
}

void TripState::take(const v1::TripResumed& fact) {
  need(fact.boot_id(), "boot id");
  boots_.push_back(fact.boot_id());
}

void TripState::take(const v1::LineAdded& fact) {
  need_shopping();
  if (fact.key() != next_key())
    conflict("the next line is \"" + next_key() + "\" and not \"" + fact.key() + "\"");
  offers::Line line{.key = fact.key(),
                    .product = product_of(fact.item()),
                    .quantity = offers::Units{fact.pieces()},
                    .at = rfc3339(last_at_),
                    .override_price = {}};
  if (fact.quantity_case() == v1::LineAdded::kGrams) line.quantity = offers::Grams(fact.grams());
  basket_.add(std::move(line));
  items_.emplace(fact.key(), std::make_shared<const v1::Item>(fact.item()));
  ++lines_ever_;
  reckon();
}

void TripState::take(const v1::ScanRefused& fact) {
  if (fact.why() == v1::ScanRefused::WHY_UNSPECIFIED) invalid("a refused scan has no reason");
  if (fact.what().size() > 64) invalid("a refused scan holds more than 64 bytes");
  ++refused_scans_;
}

void TripState::take(const v1::QuantityChanged& fact) {
  need_shopping();
  basket_.set_quantity(fact.key(), offers::Units{fact.pieces()});
  reckon();
}

void TripState::take(const v1::PutBack& fact) {
  need_shopping();
  if (fact.pieces() == 0) {
    basket_.remove(fact.key());
  } else {
    basket_.take_off(fact.key(), offers::Units{fact.pieces()});
  }
  if (basket_.find(fact.key()) == nullptr) items_.erase(fact.key());
  reckon();
}

void TripState::take(const v1::PriceOverridden& fact) {
  need_shopping();
  need(fact.by(), "name of the person who overrides a price");
  if (fact.price_minor() < 0) invalid("a price can not be set below zero");
  basket_.override_price(fact.key(), {.price = offers::Money(fact.price_minor()), .by = fact.by()});
  reckon();
}

void TripState::take(const v1::AgeChecked& fact) {
  need(fact.by(), "name of the person who checked the age");
  if (fact.min_age() == 0) invalid("an age check names no age");
  age_checks_.push_back(fact);
}

void TripState::take(const v1::ConsentChanged& fact) {
  if (!v1::Purpose_IsValid(fact.purpose()) || fact.purpose() == v1::PURPOSE_UNSPECIFIED)
    invalid("purpose " + std::to_string(fact.purpose()) + " of a consent is unknown");
  need(fact.notice_version(), "version of the notice that the shopper saw");
  consents_[fact.purpose()] = {
      .granted = fact.granted(), .notice_version = fact.notice_version(), .seq = last_seq_ + 1};
}

void TripState::take(const v1::TripEnded& fact) {
  const PaymentState payment = payment_state();
  if (!v1::TripEnded::Cause_IsValid(fact.cause()) ||
      fact.cause() == v1::TripEnded::CAUSE_UNSPECIFIED)
    invalid("the cause of the trip's end is missing");
  if ((fact.cause() == v1::TripEnded::PAID) != (phase_ == Phase::settled))
    conflict(phase_ == Phase::settled ? "a settled trip ends as paid" : "the sale is not settled");
  if (is_open(payment))
    conflict("payment " + payments_.back().key + " is " + std::string(trip::name(payment)) +
             "; it must be approved, declined or resolved before the trip ends");
  if (phase_ == Phase::paying && fact.cause() != v1::TripEnded::STAFF)
    conflict("money was taken and the sale is not settled; only staff can end this trip");
  end_cause_ = fact.cause();
  phase_ = Phase::ended;
}

void TripState::need_shopping() const {
  if (phase_ == Phase::paying)
    conflict("the basket stands still while payment " + payments_.back().key + " is " +
             std::string(trip::name(payments_.back().state)));
  if (phase_ != Phase::shopping) conflict("the sale is settled; start another trip");
}

const std::string& TripState::trip_id() const {
  static const std::string kNone;
  return header_ ? header_->trip_id() : kNone;
}

const v1::Item* TripState::item(std::string_view key) const {
  const auto found = items_.find(key);
  return found == items_.end() ? nullptr : found->second.get();
}

std::uint32_t TripState::age_to_check() const {
  std::uint32_t asked = 0;
  for (const offers::Line& line : basket_.lines())
    asked = std::max(asked, static_cast<std::uint32_t>(line.product->min_age));
  for (const v1::AgeChecked& check : age_checks_) {
    if (check.passed() && check.min_age() >= asked) return 0;
  }
  return asked;
}

TripState fold(std::span<const v1::TripEvent> events, offers::OfferSource source) {
  TripState state(std::move(source));
  for (const v1::TripEvent& event : events) state.apply(event);
  return state;
}

}  // namespace cartwright::trip
