#include "cart/views.hpp"

#include <algorithm>

#include "base/error.hpp"

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

Line line_of(const trip::TripState& state, const offers::LineTotal& total) {
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
  return line;
}

}  // namespace

Totals view_of(const offers::Totals& totals, const offers::Currency& currency) {
  Totals view;
  view.currency = currency.code;
  view.list_minor = totals.list.minor();
  view.goods_minor = totals.goods.minor();
  view.deposit_minor = totals.deposit.minor();
  view.tax_minor = totals.tax.minor();
  view.rounding_minor = totals.rounding.minor();
  view.total_minor = totals.total.minor();
  return view;
}

Line line_of(const trip::TripState& state, std::string_view key) {
  const auto& lines = state.totals().lines;
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.key == key; });
  if (found == lines.end()) {
    throw Error(ErrorKind::not_found, "the trip has no line \"" + std::string(key) + "\"");
  }
  return line_of(state, *found);
}

Trip view_of(const trip::TripState& state) {
  Trip view;
  view.id = state.trip_id();
  view.phase = view_of(state.phase());
  if (view.id.empty()) return view;
  for (const offers::LineTotal& total : state.totals().lines) {
    view.lines.push_back(line_of(state, total));
  }
  view.totals = view_of(state.totals(), state.rules().currency);
  view.paid_minor = state.paid().minor();
  view.due_minor = state.due().minor();
  view.age_to_check = state.age_to_check();
  for (const auto& [purpose, consent] : state.consents()) {
    if (consent.granted) view.granted.push_back(static_cast<Purpose>(purpose));
  }
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
