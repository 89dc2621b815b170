#include "cart/views.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "offers/cash_rounding.hpp"
#include "trip/facts.hpp"

namespace cartwright::cart {
namespace {

Phase view_of(trip::Phase phase) {
  switch (phase) {
    case trip::Phase::none:
      return Phase::none;
    case trip::Phase::shopping:
      return Phase::shopping;
    case trip::Phase::paying:
      return Phase::paying;
    case trip::Phase::settled:
      return Phase::settled;
    case trip::Phase::ended:
      return Phase::ended;
  }
  return Phase::none;
}

OfferShare share_of(const trip::TripState& state, const offers::LineShare& share) {
  return {.offer = share.offer,
          .reason = offer_name(state, share.offer),
          .application = share.application,
          .qualifies = share.role == offers::Role::qualify,
          .units = share.units,
          .discount_minor = share.amount.minor()};
}

// The line at this place of the basket.
Line line_at(const trip::TripState& state, std::size_t at) {
  const offers::LineTotal& total = state.totals().lines[at];
  const v1::Item& item = *state.item(total.key);
  Line line;
  line.key = total.key;
  line.product = item.product();
  line.gtin = item.gtin();
  line.name = item.name();
  if (const auto* units = std::get_if<offers::Units>(&total.quantity)) line.pieces = units->count;
  if (const auto* grams = std::get_if<offers::Grams>(&total.quantity)) line.grams = grams->value();
  line.price_minor = total.price.minor();
  line.list_minor = total.list.minor();
  line.net_minor = total.net.minor();
  line.deposit_minor = total.deposit.minor();
  line.min_age = static_cast<int>(item.min_age());
  line.batch = item.batch();
  line.serial = item.serial();
  line.use_by = item.use_by();
  line.best_before = item.best_before();
  line.regular_price_minor = item.regular_price_minor();
  line.notice = item.notice();
  line.price_grams = offers::grams_of_price(trip::sold_by_of(item));
  line.unit_price_minor = item.unit_price_minor();
  line.unit_price_per = item.unit_price_per();
  line.lowest_30_days_minor = item.lowest_30_days_minor();
  for (const offers::LineShare& share : state.priced().shares[at]) {
    line.shares.push_back(share_of(state, share));
  }
  return line;
}

}  // namespace

Totals totals_of(const trip::TripState& state) {
  const offers::PricedBasket& priced = state.priced();
  const offers::Totals& totals = priced.totals;
  Totals view;
  view.currency = state.rules().currency.code;
  view.list_minor = totals.list.minor();
  view.goods_minor = totals.goods.minor();
  view.deposit_minor = totals.deposit.minor();
  view.tax_minor = totals.tax.minor();
  view.rounding_minor = totals.rounding.minor();
  view.total_minor = totals.total.minor();
  view.cash_total_minor = offers::cash_total(totals.total, state.rules().currency).minor();
  view.provisional_minor = priced.provisional.minor();
  view.proven_best = priced.proven_best;
  return view;
}

std::string why_unused(const trip::TripState& state, const std::string& coupon) {
  for (const offers::DeclinedOffer& declined : state.priced().declined) {
    if (declined.offer == coupon || declined.offer == "coupon " + coupon) return declined.why;
  }
  return state.offers() == nullptr ? "the store has no offers" : "";
}

std::string offer_name(const trip::TripState& state, const std::string& offer) {
  for (const offers::AppliedOffer& applied : state.priced().applied) {
    if (applied.offer == offer) return applied.name.empty() ? offer : applied.name;
  }
  const offers::Offer* found = state.offers() == nullptr ? nullptr : state.offers()->find(offer);
  return found == nullptr || found->name.empty() ? offer : found->name;
}

std::vector<AppliedOffer> applied_of(const trip::TripState& state) {
  std::vector<AppliedOffer> view;
  for (const offers::AppliedOffer& applied : state.priced().applied) {
    view.push_back({.offer = applied.offer,
                    .name = applied.name.empty() ? applied.offer : applied.name,
                    .applications = applied.applications,
                    .discount_minor = applied.discount.minor(),
                    .points = applied.points});
  }
  return view;
}

Line line_of(const trip::TripState& state, std::string_view key) {
  const auto& lines = state.totals().lines;
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.key == key; });
  if (found == lines.end()) {
    throw Error(ErrorKind::not_found, "the trip has no line \"" + std::string(key) + "\"");
  }
  return line_at(state, static_cast<std::size_t>(found - lines.begin()));
}

Trip view_of(const trip::TripState& state) {
  Trip view;
  view.id = state.trip_id();
  view.phase = view_of(state.phase());
  if (view.id.empty()) return view;
  for (std::size_t at = 0; at < state.totals().lines.size(); ++at) {
    view.lines.push_back(line_at(state, at));
  }
  view.totals = totals_of(state);
  view.paid_minor = state.paid().minor();
  view.due_minor = state.due().minor();
  view.age_to_check = state.age_to_check();
  for (const auto& [purpose, consent] : state.consents()) {
    if (consent.granted) view.granted.push_back(static_cast<Purpose>(purpose));
  }
  view.member = state.basket().member;
  view.coupons = state.facts().coupons;
  view.unsettled_coupons = state.unsettled_coupons();
  view.applied = applied_of(state);
  return view;
}

PaymentState view_of(trip::PaymentState state) {
  switch (state) {
    case trip::PaymentState::none:
      return PaymentState::none;
    case trip::PaymentState::intended:
      return PaymentState::intended;
    case trip::PaymentState::sent:
      return PaymentState::sent;
    case trip::PaymentState::unknown:
      return PaymentState::unknown;
    case trip::PaymentState::approved:
      return PaymentState::approved;
    case trip::PaymentState::declined:
      return PaymentState::declined;
    case trip::PaymentState::settled:
      return PaymentState::settled;
  }
  return PaymentState::none;
}

}  // namespace cartwright::cart
