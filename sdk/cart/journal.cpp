#include "cart/journal.hpp"

#include <algorithm>
#include <variant>

#include "trip/facts.hpp"
#include "trip/trip_state.hpp"

namespace cartwright::cart {

// Where and when a fact happened.
struct Journal::Moment {
  std::string trip_id;
  std::string business_date;
  std::uint32_t hour = 0;
  std::uint64_t utc_ms = 0;
};

namespace {

v1::JourneyProduct product_of(const v1::Item& item, const offers::Quantity& quantity,
                              offers::Money price) {
  v1::JourneyProduct product;
  product.set_gtin(item.gtin());
  if (const auto* units = std::get_if<offers::Units>(&quantity)) {
    product.set_pieces(units->count);
  } else {
    product.set_grams(std::get<offers::Grams>(quantity).value());
  }
  product.set_price_minor(offers::amount_of(price, trip::sold_by_of(item), quantity).minor());
  return product;
}

v1::JourneyProduct product_of(const trip::TripState& state, const offers::Line& line,
                              const offers::Quantity& quantity) {
  return product_of(*state.item(line.key), quantity,
                    offers::unit_price(line, state.basket().member));
}

v1::JourneyStarted snapshot_of(const trip::TripState& state, std::uint32_t hour) {
  v1::JourneyStarted started;
  started.set_store_gln(state.header().store_gln());
  started.set_business_date(state.header().business_date());
  started.set_currency(state.header().currency());
  started.set_hour(hour);
  for (const offers::Line& line : state.basket().lines()) {
    *started.add_basket() = product_of(state, line, line.quantity);
  }
  return started;
}

v1::JourneyScanRefusal refusal_of(v1::ScanRefused::Why why) {
  switch (why) {
    case v1::ScanRefused::UNKNOWN_PRODUCT:
      return v1::JOURNEY_SCAN_REFUSAL_UNKNOWN_PRODUCT;
    case v1::ScanRefused::BAD_CHECK_DIGIT:
      return v1::JOURNEY_SCAN_REFUSAL_WRONG_CHECK_DIGIT;
    case v1::ScanRefused::NEEDS_WEIGHT:
      return v1::JOURNEY_SCAN_REFUSAL_WEIGHT_MISSING;
    default:
      return v1::JOURNEY_SCAN_REFUSAL_NOT_FOR_SALE;
  }
}

v1::JourneyEndCause cause_of(v1::TripEnded::Cause cause) {
  switch (cause) {
    case v1::TripEnded::PAID:
      return v1::JOURNEY_END_CAUSE_PAID;
    case v1::TripEnded::HANDED_OFF:
      return v1::JOURNEY_END_CAUSE_HANDED_OFF;
    case v1::TripEnded::STAFF:
      return v1::JOURNEY_END_CAUSE_STAFF;
    default:
      return v1::JOURNEY_END_CAUSE_TIMEOUT;
  }
}

// Hour of the store's local time.
std::uint32_t hour_of(const v1::Time& time) {
  constexpr std::int64_t day = 24LL * 60 * 60'000;
  const std::int64_t local = time.utc_ms() + time.offset_minutes() * 60'000LL;
  return static_cast<std::uint32_t>(((local % day) + day) % day / 3'600'000);
}

}  // namespace

void Journal::in_transaction(const trip::TripState& before, const v1::TripEvent& event) {
  using Fact = v1::TripEvent::FactCase;
  const bool starts = event.fact_case() == Fact::kTripStarted;
  const v1::TripHeader& header = starts ? event.trip_started().header() : before.header();
  const Moment at{header.trip_id(), header.business_date(), hour_of(event.at()),
                  static_cast<std::uint64_t>(event.at().utc_ms())};
  v1::JourneyEvent journey;
  switch (event.fact_case()) {
    case Fact::kTripStarted:
      return count(v1::COUNTER_KIND_TRIPS_STARTED, at);
    case Fact::kConsentChanged:
      return consent(before, event.consent_changed(), at);
    case Fact::kLineAdded: {
      const v1::LineAdded& fact = event.line_added();
      const offers::Quantity quantity = fact.has_grams()
                                            ? offers::Quantity(offers::Grams(fact.grams()))
                                            : offers::Quantity(offers::Units{fact.pieces()});
      const bool member = before.basket().member && fact.item().has_member_price_minor();
      const offers::Money price(member ? fact.item().member_price_minor()
                                       : fact.item().price_minor());
      return added(product_of(fact.item(), quantity, price), at);
    }
    case Fact::kQuantityChanged:
      return quantity(before, event.quantity_changed(), at);
    case Fact::kPutBack:
      return put_back(before, event.put_back(), at);
    case Fact::kScanRefused:
      journey.mutable_scan_refused()->set_reason(refusal_of(event.scan_refused().why()));
      outbox_.append(at.trip_id, std::move(journey), at.utc_ms);
      return count(v1::COUNTER_KIND_SCANS_REFUSED, at);
    case Fact::kPaymentIntended:
      // A second attempt is the same checkout.
      if (!before.payments().empty()) return;
      journey.mutable_checkout_started()->set_total_minor(before.totals().total.minor());
      journey.mutable_checkout_started()->set_lines(
          static_cast<std::uint32_t>(before.basket().lines().size()));
      outbox_.append(at.trip_id, std::move(journey), at.utc_ms);
      return count(v1::COUNTER_KIND_CHECKOUTS_STARTED, at);
    case Fact::kSettled: {
      v1::OrderCompleted& order = *journey.mutable_order_completed();
      order.set_total_minor(event.settled().total_minor());
      order.set_saved_minor((before.totals().list - before.totals().goods).minor());
      order.set_lines(static_cast<std::uint32_t>(before.basket().lines().size()));
      order.set_order_id(at.trip_id);
      outbox_.append(at.trip_id, std::move(journey), at.utc_ms);
      return count(v1::COUNTER_KIND_ORDERS_COMPLETED, at);
    }
    case Fact::kTripEnded:
      outbox_.end(at.trip_id, cause_of(event.trip_ended().cause()), at.utc_ms);
      return count(v1::COUNTER_KIND_TRIPS_ENDED, at);
    default:
      return;  // facts of the sale alone
  }
}

void Journal::consent(const trip::TripState& before, const v1::ConsentChanged& fact,
                      const Moment& at) {
  if (!fact.granted()) {
    if (!outbox_.granted(at.trip_id).has(fact.purpose())) return;
    outbox_.withdraw(at.trip_id, {fact.purpose()}, at.utc_ms);
    return count(v1::COUNTER_KIND_CONSENTS_WITHDRAWN, at);
  }
  const journey::Purposes standing = outbox_.granted(at.trip_id);
  if (standing.has(fact.purpose())) return;  // said twice is granted once
  journey::Consent consent;
  consent.granted = standing.with(fact.purpose());
  consent.notice_version = fact.notice_version();
  consent.profile_id = profile_id_;
  if (standing.empty()) {
    outbox_.start(at.trip_id, consent, snapshot_of(before, at.hour), at.utc_ms);
  } else {
    outbox_.grant(at.trip_id, consent, at.utc_ms);
  }
  count(v1::COUNTER_KIND_CONSENTS_GRANTED, at);
}

void Journal::quantity(const trip::TripState& before, const v1::QuantityChanged& fact,
                       const Moment& at) {
  const offers::Line& line = *before.basket().find(fact.key());
  const std::int64_t more = fact.pieces() - std::get<offers::Units>(line.quantity).count;
  const offers::Units changed{more < 0 ? -more : more};
  if (more > 0) added(product_of(before, line, changed), at);
  if (more < 0) removed(product_of(before, line, changed), line, at);
}

void Journal::put_back(const trip::TripState& before, const v1::PutBack& fact, const Moment& at) {
  const offers::Line& line = *before.basket().find(fact.key());
  const offers::Quantity quantity =
      fact.pieces() == 0 ? line.quantity : offers::Quantity(offers::Units{fact.pieces()});
  removed(product_of(before, line, quantity), line, at);
}

void Journal::added(v1::JourneyProduct product, const Moment& at) {
  v1::JourneyEvent journey;
  *journey.mutable_product_added()->mutable_product() = std::move(product);
  outbox_.append(at.trip_id, std::move(journey), at.utc_ms);
  count(v1::COUNTER_KIND_PRODUCTS_ADDED, at);
}

void Journal::removed(v1::JourneyProduct product, const offers::Line& line, const Moment& at) {
  v1::JourneyEvent journey;
  v1::ProductRemoved& fact = *journey.mutable_product_removed();
  *fact.mutable_product() = std::move(product);
  const auto since = static_cast<std::uint64_t>(trip::utc_ms_of(line.at));
  fact.set_held_ms(at.utc_ms > since ? at.utc_ms - since : 0);
  outbox_.append(at.trip_id, std::move(journey), at.utc_ms);
  count(v1::COUNTER_KIND_PRODUCTS_REMOVED, at);
}

void Journal::count(v1::CounterKind kind, const Moment& at) {
  outbox_.count(at.business_date, at.hour, kind, 1, at.utc_ms);
}

}  // namespace cartwright::cart
