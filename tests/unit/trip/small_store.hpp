#pragma once

#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/sqlite.hpp"
#include "offers/priced_basket_json.hpp"
#include "support/scratch_folder.hpp"
#include "trip/clock.hpp"
#include "trip/trip.hpp"

namespace cartwright::trip::testing {

using test::ScratchFolder;

// 2026-03-01 08:15:00 in Berlin.
inline constexpr std::int64_t kMorning = 1'772'349'300'000;

inline Time morning() {
  return {.utc_ms = kMorning, .monotonic_ns = 5'000, .offset_minutes = 60, .synchronised = true};
}

inline offers::PriceRules rules() {
  offers::PriceRules rules{.currency = offers::currency("EUR"), .taxes = {}};
  rules.taxes["full"] = {.bps = 1900, .placement = offers::TaxPlacement::included};
  rules.taxes["food"] = {.bps = 700, .placement = offers::TaxPlacement::included};
  return rules;
}

inline StartInfo start_info() {
  return {.cart_id = "cart-7",
          .store_gln = "9521234000013",
          .zone = "Europe/Berlin",
          .cut_over_minutes = 240,
          .rules = rules(),
          .catalog_digest = std::string(64, 'a'),
          .offers = nullptr,
          .price_zones = {}};
}

// 3 for 2 on milk, 1.00 off apples with a coupon, a coupon on command, an offer for members, one of
// the morning, and points.
inline std::shared_ptr<const offers::OfferVersion> week() {
  return offers::OfferVersion::of(R"({"currency":"EUR","offers":[
 {"id":"milk-3-for-2","name":"3 for 2","kind":"cheapest_of","set":{"products":["milk-1l"]},
  "n":3,"k":1,"bps":10000,"funding":[{"funder":"dairy","bps":6000}]},
 {"id":"apple-coupon","kind":"amount_off","set":{"products":["apples"]},"amount_minor":100,
  "coupon":"C1"},
 {"id":"asked","kind":"percent_off","set":{"products":["apples"]},"bps":9000,"coupon":"C2",
  "redeem":"ask"},
 {"id":"members","kind":"percent_off","set":{"products":["wine"]},"bps":1000,"member":true,
  "segments":["gold"]},
 {"id":"morning","kind":"fixed_price","set":{"products":["water"]},"price_minor":50,
  "when":{"hours":["08:00-09:00"]},"tax_base":"keep"},
 {"id":"points","name":"Points","kind":"basket","threshold_minor":500,"points":20}]})",
                                  "week.json");
}

inline offers::Product product(const std::string& id, std::int64_t price,
                               const std::string& tax = "food") {
  offers::Product product;
  product.id = id;
  product.name = id;
  product.price = offers::Money(price);
  product.tax = tax;
  return product;
}

inline offers::Product milk() {
  offers::Product milk = product("milk-1l", 129);
  milk.member_price = offers::Money(119);
  return milk;
}
inline offers::Product water() {
  offers::Product water = product("water", 79, "full");
  water.deposit = offers::Money(25);
  return water;
}
inline offers::Product wine() {
  offers::Product wine = product("wine", 599, "full");
  wine.min_age = 18;
  return wine;
}
inline offers::Product apples() {
  offers::Product apples = product("apples", 299);
  apples.sold_by = offers::SoldBy::kg;
  return apples;
}

inline offers::Quantity pieces(std::int64_t count) {
  return offers::Units{count};
}
inline offers::Quantity grams(std::int64_t weight) {
  return offers::Grams(weight);
}

inline v1::CardFacts card() {
  v1::CardFacts facts;
  facts.set_receipt("0012");
  facts.set_trace("000345");
  facts.set_brand("girocard");
  facts.set_masked_pan("############1234");
  return facts;
}

// Everything that a person can see of a state, as one text: two states are the same to a shopper
// where it is the same.
inline std::string picture(const TripState& state) {
  std::string text = std::string(name(state.phase())) + " " + std::to_string(state.last_seq()) +
                     " " + state.trip_id() + " payment " +
                     std::string(name(state.payment_state())) + " paid " +
                     std::to_string(state.paid().minor()) + "\n";
  if (state.phase() == Phase::none) return text;
  text += offers::to_json(state.totals(), state.rules().currency) + "\n";
  text += offers::to_json(state.priced(), state.rules().currency) + "\n";
  for (const offers::Line& line : state.basket().lines()) text += line.key + "@" + line.at + " ";
  for (const Payment& payment : state.payments())
    text += payment.key + "=" + std::string(name(payment.state)) + " ";
  for (const auto& [purpose, consent] : state.consents())
    text += std::to_string(purpose) + (consent.granted ? "+" : "-") + consent.notice_version + " ";
  return text + std::to_string(state.refused_scans()) + " next " + state.next_key() + " age " +
         std::to_string(state.age_to_check()) + " " + to_hex(state.sale_digest());
}

inline StartInfo start_with_offers() {
  StartInfo info = start_info();
  info.offers = week();
  return info;
}

// A cart with its log on disk.
class Store {
 public:
  Store() : database_(folder_.file("trips.db")) {}
  Database& database() { return database_; }
  ManualClock& clock() { return clock_; }
  // What a fresh start of the cart reads from the log.
  TripState replayed(const std::string& trip_id) {
    TripLog log(database_);
    return fold(log.load(trip_id), log.offer_source());
  }

 private:
  ScratchFolder folder_;
  Database database_;
  ManualClock clock_{morning()};
};

// Takes the step in the running trip, possible or not; an approval is for `approved`.
inline Change take(Trip& trip, PaymentStep step, offers::Money approved) {
  switch (step) {
    case PaymentStep::intend:
      return trip.intend_payment("terminal0", "0011", "000344");
    case PaymentStep::send:
      return trip.payment_sent();
    case PaymentStep::approve:
      return trip.payment_approved(approved, card());
    case PaymentStep::decline:
      return trip.payment_declined("card expired");
    case PaymentStep::lose:
      return trip.payment_unknown("no answer");
    case PaymentStep::resolve_taken:
      return trip.payment_resolved(true, "staff-7");
    case PaymentStep::resolve_not_taken:
      return trip.payment_resolved(false, "staff-7");
    case PaymentStep::settle:
      return trip.settle();
  }
  throw std::logic_error("unknown step");
}

// Pays what is due and settles.
inline void pay(Trip& trip) {
  trip.intend_payment("terminal0", "0011", "000344");
  trip.payment_sent();
  trip.payment_approved(trip.state().due(), card());
  trip.settle();
}

}  // namespace cartwright::trip::testing
