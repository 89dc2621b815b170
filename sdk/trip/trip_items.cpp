// What a trip does with the items in the cart.

#include <limits>
#include <utility>

#include "base/error.hpp"
#include "base/rfc3339.hpp"
#include "offers/line_times.hpp"
#include "trip/facts.hpp"
#include "trip/trip.hpp"

namespace cartwright::trip {
namespace {

// Facts hold pieces and grams in 32 bits.
std::uint32_t count_of(std::int64_t value, const char* unit) {
  if (value <= 0 || value > std::numeric_limits<std::int32_t>::max())
    throw Error(ErrorKind::invalid_input,
                std::to_string(value) + " " + unit + " can not be sold; 1 or more are expected");
  return static_cast<std::uint32_t>(value);
}

bool same_item(const v1::Item& a, const v1::Item& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

// Whether the offers of the trip judge a piece that is added at `at` as they judge the line.
bool same_times(const TripState& state, const offers::Line& line, const Time& at) {
  if (state.offers() == nullptr) return true;
  const auto added = parse_rfc3339(line.at);
  return added && offers::seen_alike(*state.offers(), *line.product, state.zone(), added->seconds,
                                     at.utc_ms / 1000);
}

}  // namespace

Change Trip::add_item(const offers::Product& product, offers::Quantity quantity,
                      std::string_view gtin) {
  offers::ItemSale sale;
  sale.product = product;
  sale.quantity = quantity;
  return add_item(sale, gtin, clock_.now());
}

Change Trip::add_item(const offers::ItemSale& sale, std::string_view gtin, const Time& at) {
  if (!sale.quantity)
    throw Error(ErrorKind::invalid_input, sale.product.id + " is to be weighed before it is sold");
  v1::TripEvent event = fact(at);
  v1::Item item = item_of(sale, gtin);
  if (const auto* units = std::get_if<offers::Units>(&*sale.quantity)) {
    const std::uint32_t pieces = count_of(units->count, "pieces");
    const offers::Line* line = state_.basket().last_of(sale.product.id);
    const v1::Item* known = line == nullptr ? nullptr : state_.item(line->key);
    if (known != nullptr && !line->override_price && same_item(*known, item) &&
        std::holds_alternative<offers::Units>(line->quantity) && same_times(state_, *line, at)) {
      v1::QuantityChanged& changed = *event.mutable_quantity_changed();
      changed.set_key(line->key);
      changed.set_pieces(
          count_of(std::get<offers::Units>(line->quantity).count + pieces, "pieces"));
      changed.set_scanned(true);
      return commit(std::move(event), changed.key());
    }
    event.mutable_line_added()->set_pieces(pieces);
  } else {
    event.mutable_line_added()->set_grams(
        count_of(std::get<offers::Grams>(*sale.quantity).value(), "grams"));
  }
  v1::LineAdded& added = *event.mutable_line_added();
  added.set_key(state_.next_key());
  *added.mutable_item() = std::move(item);
  return commit(std::move(event), state_.next_key());
}

Change Trip::put_back(std::string_view key, std::optional<offers::Units> pieces) {
  v1::TripEvent event = fact();
  v1::PutBack& back = *event.mutable_put_back();
  back.set_key(clean(key));
  if (pieces) back.set_pieces(count_of(pieces->count, "pieces"));
  return commit(std::move(event), back.key());
}

Change Trip::set_quantity(std::string_view key, offers::Units pieces) {
  v1::TripEvent event = fact();
  v1::QuantityChanged& changed = *event.mutable_quantity_changed();
  changed.set_key(clean(key));
  changed.set_pieces(count_of(pieces.count, "pieces"));
  return commit(std::move(event), changed.key());
}

Change Trip::override_price(std::string_view key, offers::Money price, std::string_view by,
                            std::string_view reason) {
  v1::TripEvent event = fact();
  v1::PriceOverridden& overridden = *event.mutable_price_overridden();
  overridden.set_key(clean(key));
  overridden.set_price_minor(price.minor());
  overridden.set_by(clean(by));
  overridden.set_reason(clean(reason));
  return commit(std::move(event), overridden.key());
}

Change Trip::note_age_check(int min_age, bool passed, std::string_view by) {
  v1::TripEvent event = fact();
  v1::AgeChecked& check = *event.mutable_age_checked();
  check.set_min_age(count_of(min_age, "years"));
  check.set_passed(passed);
  check.set_by(clean(by));
  return commit(std::move(event));
}

}  // namespace cartwright::trip
