#include "trip/trip.hpp"

#include <utility>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "trip/facts.hpp"
#include "trip/sale_record.hpp"

namespace cartwright::trip {
namespace {

constexpr std::size_t kLongestCode = 64;

std::string digest_bytes(const std::string& hex, const char* of) {
  const auto bytes = from_hex(hex);
  if (!bytes)
    throw Error(ErrorKind::invalid_input,
                std::string("the digest of the ") + of + " is no hexadecimal: \"" + hex + "\"");
  return std::string(as_text(*bytes));
}

v1::CardFacts cleaned(const v1::CardFacts& card) {
  v1::CardFacts facts;
  facts.set_receipt(clean(card.receipt()));
  facts.set_trace(clean(card.trace()));
  facts.set_authorization(clean(card.authorization()));
  facts.set_brand(clean(card.brand()));
  facts.set_masked_pan(masked(card.masked_pan()));
  facts.set_terminal_id(clean(card.terminal_id()));
  return facts;
}

}  // namespace

Trip::Trip(Database& database, Clock& clock, CommitObserver* observer)
    : log_(database), clock_(clock), observer_(observer) {
  const auto open = log_.open_trip();
  if (!open) return;
  state_ = fold(log_.load(*open), offer_source());
  resumed_ = true;
  if (state_.boots().back() == clock_.boot_id()) return;
  v1::TripEvent event;
  *event.mutable_at() = fact_time(clock_.now(), static_cast<std::uint32_t>(state_.boots().size()));
  event.mutable_trip_resumed()->set_boot_id(clock_.boot_id());
  commit(std::move(event));
}

bool Trip::running() const {
  return state_.phase() != Phase::none && state_.phase() != Phase::ended;
}

v1::TripEvent Trip::fact(const Time& at) const {
  v1::TripEvent event;
  const std::size_t boots = state_.boots().size();
  *event.mutable_at() = fact_time(at, boots == 0 ? 0 : static_cast<std::uint32_t>(boots - 1));
  return event;
}

Change Trip::commit(v1::TripEvent event, std::string key) {
  // A start follows on no state; the ended trip stays to be seen until the start is on disk.
  const TripState none(offer_source());
  const TripState& before = event.has_trip_started() && !running() ? none : state_;
  TripState next = before;
  event.set_seq(before.last_seq() + 1);
  next.advance(event);
  Transaction transaction(log_.database());
  if (event.has_trip_started() && offers_ != nullptr) log_.keep_offers(*offers_);
  log_.append(next.trip_id(), event);
  // Trips go one day, and what only they named goes with them.
  if (event.has_trip_started()) log_.prune_offers();
  if (event.seq() != next.last_seq())
    throw Error(ErrorKind::conflict, "another program wrote to trip " + next.trip_id() +
                                         "; start the cart anew to take it up");
  if (event.has_settled()) {
    const Bytes record = encode(make_sale_record(before, event.at()));
    log_.write_sale(next.trip_id(), record, sha256(record));
  }
  if (observer_ != nullptr) observer_->in_transaction(before, event);
  transaction.commit();
  Change change{.events = {}, .key = std::move(key), .total_before = before.totals().total};
  change.events.push_back(std::move(event));
  state_ = std::move(next);
  return change;
}

offers::OfferSource Trip::offer_source() {
  return [this](std::string_view digest) {
    const bool starting = offers_ != nullptr && offers_->book.digest() == digest;
    return starting ? offers_ : log_.offers(digest);
  };
}

Change Trip::start(const StartInfo& info) {
  if (running()) throw Error(ErrorKind::conflict, "a trip is running already; end it first");
  offers_ = info.offers;
  v1::TripEvent event = fact();
  const Time now = clock_.now();
  *event.mutable_at() = fact_time(now, 0);
  v1::TripHeader& header = *event.mutable_trip_started()->mutable_header();
  header.set_trip_id(random_id());
  header.set_cart_id(clean(info.cart_id));
  header.set_store_gln(clean(info.store_gln));
  header.set_zone(clean(info.zone));
  header.set_business_date(
      business_date(now.utc_ms, TimeZone::load(header.zone()), info.cut_over_minutes));
  header.set_boot_id(clock_.boot_id());
  header.set_catalog_digest(digest_bytes(info.catalog_digest, "catalog"));
  for (const std::string& zone : info.price_zones) header.add_price_zones(clean(zone));
  if (info.offers != nullptr)
    header.set_offers_digest(digest_bytes(info.offers->book.digest(), "offers"));
  header.set_engine_version(kEngineVersion);
  header.set_schema_version(kSchemaVersion);
  put_rules(header, info.rules);
  return commit(std::move(event));
}

Change Trip::refuse_scan(v1::ScanRefused::Why why, std::string_view what) {
  v1::TripEvent event = fact();
  event.mutable_scan_refused()->set_why(why);
  event.mutable_scan_refused()->set_what(std::string(what.substr(0, kLongestCode)));
  return commit(std::move(event));
}

Change Trip::set_consent(v1::Purpose purpose, bool granted, std::string_view notice_version) {
  v1::TripEvent event = fact();
  v1::ConsentChanged& consent = *event.mutable_consent_changed();
  consent.set_purpose(purpose);
  consent.set_granted(granted);
  consent.set_notice_version(clean(notice_version));
  return commit(std::move(event));
}

std::string Trip::payment_key() const {
  return state_.trip_id() + "-" + std::to_string(state_.payments().size() + 1);
}

const Payment& Trip::running_payment() const {
  if (state_.payments().empty())
    throw Error(ErrorKind::conflict, "no payment was begun in this trip");
  return state_.payments().back();
}

Change Trip::intend_payment(std::string_view terminal, std::string_view baseline_receipt,
                            std::string_view baseline_trace) {
  v1::TripEvent event = fact();
  v1::PaymentIntended& intended = *event.mutable_payment_intended();
  intended.set_key(payment_key());
  intended.set_amount_minor(state_.due().minor());
  intended.set_terminal(clean(terminal));
  intended.set_baseline_receipt(clean(baseline_receipt));
  intended.set_baseline_trace(clean(baseline_trace));
  return commit(std::move(event), intended.key());
}

Change Trip::payment_sent() {
  v1::TripEvent event = fact();
  const std::string key = running_payment().key;
  event.mutable_payment_sent()->set_key(key);
  return commit(std::move(event), key);
}

Change Trip::payment_approved(offers::Money amount, const v1::CardFacts& card, bool by_lookup) {
  const Payment& payment = running_payment();
  const bool expected = amount > offers::Money() && amount <= payment.intended;
  if (!expected && after(payment.state, PaymentStep::lose))
    return payment_unknown("the terminal approved " + std::to_string(amount.minor()) +
                           " instead of " + std::to_string(payment.intended.minor()) +
                           ", receipt " + card.receipt());
  v1::TripEvent event = fact();
  v1::PaymentApproved& approved = *event.mutable_payment_approved();
  approved.set_key(payment.key);
  approved.set_amount_minor(amount.minor());
  *approved.mutable_card() = cleaned(card);
  approved.set_by_lookup(by_lookup);
  return commit(std::move(event), approved.key());
}

Change Trip::payment_declined(std::string_view reason, bool by_lookup) {
  v1::TripEvent event = fact();
  v1::PaymentDeclined& declined = *event.mutable_payment_declined();
  declined.set_key(running_payment().key);
  declined.set_reason(clean(reason));
  declined.set_by_lookup(by_lookup);
  return commit(std::move(event), declined.key());
}

Change Trip::payment_unknown(std::string_view reason) {
  v1::TripEvent event = fact();
  v1::PaymentUnknown& unknown = *event.mutable_payment_unknown();
  unknown.set_key(running_payment().key);
  unknown.set_reason(clean(reason));
  return commit(std::move(event), unknown.key());
}

Change Trip::payment_resolved(bool taken, std::string_view by, const v1::CardFacts& card) {
  v1::TripEvent event = fact();
  v1::PaymentResolved& resolved = *event.mutable_payment_resolved();
  resolved.set_key(running_payment().key);
  resolved.set_taken(taken);
  resolved.set_by(clean(by));
  *resolved.mutable_card() = cleaned(card);
  return commit(std::move(event), resolved.key());
}

Change Trip::settle() {
  v1::TripEvent event = fact();
  v1::Settled& settled = *event.mutable_settled();
  settled.set_total_minor(state_.totals().total.minor());
  if (running()) {
    const Digest digest = sha256(encode(make_sale_record(state_, event.at())));
    settled.set_sale_digest(std::string(as_text(digest)));
  }
  return commit(std::move(event));
}

Change Trip::end(v1::TripEnded::Cause cause) {
  v1::TripEvent event = fact();
  event.mutable_trip_ended()->set_cause(cause);
  return commit(std::move(event));
}

}  // namespace cartwright::trip
