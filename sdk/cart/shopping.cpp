#include "cart/shopping.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "cart/coupon_scan.hpp"
#include "cart/refusals.hpp"
#include "cart/views.hpp"
#include "offers/offer_shapes.hpp"
#include "offers/presented_coupons.hpp"
#include "offers/price_history.hpp"
#include "trip/facts.hpp"

namespace cartwright::cart {
namespace {

// Whole grams, halves up: what the trip bills by. A load under half a gram is none.
std::int64_t grams_of(std::int64_t micrograms) {
  return micrograms > 0 ? (micrograms + 500'000) / 1'000'000 : 0;
}

// What a plate that nobody touches may drift without having been seen in motion.
constexpr std::int64_t kDriftMicrograms = 20'000'000;

// A number of packs as pieces.
offers::Quantity of_packs(const offers::Product& product, const offers::ItemLabel& label,
                          const offers::Quantity& quantity) {
  const auto* packs = std::get_if<offers::Units>(&quantity);
  if (packs == nullptr || !label.gtin) return quantity;
  constexpr std::int64_t kMostPacks = 1'000'000;  // far beyond what a trip takes
  const std::int64_t count = std::min(packs->count, kMostPacks);
  return offers::Units{count * offers::units_of(product, *label.gtin)};
}

}  // namespace

Shopping::Shopping(Loop& loop, trip::Trip& trip, const Configuration& configuration, Tell tell)
    : loop_(loop),
      trip_(trip),
      configuration_(configuration),
      tell_(std::move(tell)),
      catalog_(configuration.catalog) {}

Shopping::~Shopping() {
  cancel_weighing();
}

std::string Shopping::start_trip() {
  offers::Catalog catalog = catalog_.newest();
  trip::StartInfo info;
  info.cart_id = configuration_.cart_id;
  info.store_gln = configuration_.store.gln;
  info.zone = configuration_.store.zone;
  info.cut_over_minutes = configuration_.store.cut_over_minutes;
  info.rules = configuration_.store.rules;
  info.catalog_digest = catalog.digest();
  info.offers = current_offers();
  info.price_zones = configuration_.store.price_zones;
  trip_.start(info);
  cancel_weighing();
  catalog_.pin(std::move(catalog));
  return trip_.state().trip_id();
}

std::shared_ptr<const offers::OfferVersion> Shopping::current_offers() {
  if (configuration_.offers.empty()) return nullptr;
  const offers::OfferStore store(configuration_.offers);
  const std::optional<std::string> current = store.current();
  if (!current) return nullptr;
  if (offers_ == nullptr || offers_->book.digest() != *current) offers_ = store.open(*current);
  return offers_;
}

std::shared_ptr<const offers::Product> Shopping::product(std::string_view id) const {
  auto found = catalog_.is_pinned() ? catalog_.find(id) : std::nullopt;
  if (!found) return nullptr;
  return offers::at_its_price(std::make_shared<const offers::Product>(std::move(*found)),
                              configuration_.store.gln, trip_.now().utc_ms / 1000);
}

std::shared_ptr<const offers::Product> Shopping::suggest(const offers::ProductSet& set) const {
  constexpr std::size_t kMostLookedUp = 32;
  std::shared_ptr<const offers::Product> best;
  for (std::size_t i = 0; i < std::min(set.products.size(), kMostLookedUp); ++i) {
    auto found = product(set.products[i]);
    const bool fits = found != nullptr && found->sold_by == offers::SoldBy::piece &&
                      found->discountable && offers::holds(set, *found);
    if (fits && (best == nullptr || found->price < best->price)) best = std::move(found);
  }
  return best;
}

void Shopping::resume() {
  cancel_weighing();
  catalog_.pin(to_hex(as_bytes(trip_.state().header().catalog_digest())));
}

bool Shopping::refused_now(const std::string& code) {
  if (!trip_.running()) {
    refuse(code, Refusal::no_trip, "Start a trip first");
  } else if (trip_.state().phase() != trip::Phase::shopping) {
    refuse(code, Refusal::payment_open, "The payment is under way: nothing can be added now");
  } else if (!catalog_.is_pinned()) {
    refuse(code, Refusal::not_allowed, "The catalog of this trip is gone: start another trip");
  } else {
    return false;
  }
  return true;
}

void Shopping::scan(const Scan& scan) {
  if (refused_now(scan.data)) return;
  const gs1::Identified identified =
      identify(scan, configuration_.store, occasion(trip_.now()).today);
  if (const auto* refusal = std::get_if<gs1::Refusal>(&identified)) {
    if (take_coupon(scan)) return;
    return refuse(scan.data,
                  refusal->kind == gs1::RefusalKind::wrong_check_digit
                      ? Refusal::bad_check_digit
                      : Refusal::not_a_product_code,
                  refusal->text);
  }
  const auto& identity = std::get<gs1::Identity>(identified);
  std::optional<offers::Product> product = catalog_.find(identity.gtin);
  if (!product) {
    return refuse(scan.data, Refusal::unknown_product, "This product is not in the catalog");
  }
  const offers::ItemLabel label{identity.gtin, !identity.restricted_rule.empty(), identity.facts};
  const std::optional<Outcome> outcome = sell(*product, label, std::nullopt);
  if (!outcome) return want_weight(*product, label, scan.data);
  told(*outcome, scan.data);
}

bool Shopping::take_coupon(const Scan& scan) {
  const bool by_symbology = scan.aim.empty() && scan.symbology != gs1::Symbology::unknown;
  const auto coupon = coupon_of(by_symbology ? gs1::read_scan(scan.data, scan.symbology)
                                             : gs1::read_scan(scan.data, scan.aim));
  if (!coupon) return false;
  try {
    trip_.present_coupon(*coupon);
    tell_(CouponTaken{*coupon, offers::needs_server(*coupon), why_unused(trip_.state(), *coupon)});
  } catch (const Error& error) {
    refuse(scan.data, Refusal::not_stored, error.what());
  }
  return true;
}

offers::Occasion Shopping::occasion(const trip::Time& at) const {
  return {.store = configuration_.store.gln,
          .at = at.utc_ms / 1000,
          .today = trip::local_date(at.utc_ms, trip_.state().zone()),
          .today_is_sure = at.synchronised,
          .currency = configuration_.store.rules.currency.numeric};
}

std::optional<Shopping::Outcome> Shopping::sell(const offers::Product& product,
                                                const offers::ItemLabel& label,
                                                std::optional<offers::Quantity> quantity) {
  const trip::Time at = trip_.now();
  auto judged = offers::sell(product, label, occasion(at));
  if (auto* refused = std::get_if<offers::NotForSale>(&judged)) {
    return NotSold{refusal_of(refused->why), std::move(refused->text), ErrorKind::conflict};
  }
  auto& sale = std::get<offers::ItemSale>(judged);
  if (quantity) sale.quantity = of_packs(product, label, *quantity);
  if (!sale.quantity) return std::nullopt;
  try {
    return trip_.add_item(sale, label.gtin ? label.gtin->text() : std::string(), at);
  } catch (const Error& error) {
    switch (error.kind()) {
      case ErrorKind::invalid_input:
      case ErrorKind::not_found:
      case ErrorKind::conflict:
        return NotSold{Refusal::not_allowed, error.what(), error.kind()};
      default:
        return NotSold{Refusal::not_stored, "It could not be stored: please scan it again",
                       error.kind()};
    }
  }
}

void Shopping::told(const Outcome& outcome, const std::string& code) {
  if (const auto* change = std::get_if<trip::Change>(&outcome)) return added(*change);
  const NotSold& not_sold = std::get<NotSold>(outcome);
  refuse(code, not_sold.why, not_sold.text);
}

void Shopping::want_weight(const offers::Product& product, const offers::ItemLabel& label,
                           const std::string& code) {
  cancel_weighing();
  if (scale_.empty()) {
    return refuse(code, Refusal::needs_weight,
                  product.name + " is sold by weight, and there is no scale");
  }
  wanted_ = Wanted{product, label, code, 0};
  if (unsold_grams() > 0) return use_weight();
  wanted_->timeout =
      loop_.after(std::chrono::milliseconds(configuration_.weighing_timeout_ms), [this] {
        const Wanted wanted = *std::exchange(wanted_, std::nullopt);
        if (!trip_.running()) return;
        refuse(wanted.code, Refusal::needs_weight,
               "The weight of " + wanted.product.name + " did not settle; scan it again");
      });
  tell_(WeightWanted{product.id, product.name, scale_});
}

void Shopping::cancel_weighing() {
  if (wanted_) loop_.cancel(wanted_->timeout);
  wanted_.reset();
}

std::int64_t Shopping::unsold_grams() const {
  return load_sold_ ? 0 : grams_of(load_micrograms_);
}

void Shopping::weighed(const Weighing& weighing) {
  if (weighing.unit == scale_) {
    note_load(weighing.stable ? weighing.micrograms : 0);
  }
  WeightChanged event;
  event.unit = weighing.unit;
  event.indicated = weighing.indicated;
  event.grams = grams_of(weighing.micrograms);
  event.stable = weighing.stable;
  event.status = weighing.status;
  tell_(event);
  if (weighing.unit == scale_ && wanted_ && unsold_grams() > 0) use_weight();
}

void Shopping::note_load(std::int64_t micrograms) {
  const std::int64_t drift = micrograms - load_micrograms_;
  const bool same = micrograms > 0 && drift <= kDriftMicrograms && drift >= -kDriftMicrograms;
  if (load_sold_ && same) return;
  load_micrograms_ = micrograms;
  load_sold_ = false;
}

void Shopping::use_weight() {
  const Wanted wanted = *wanted_;
  cancel_weighing();
  if (refused_now(wanted.code)) return;
  const std::optional<Outcome> outcome =
      sell(wanted.product, wanted.label, offers::Grams(grams_of(load_micrograms_)));
  load_sold_ = std::holds_alternative<trip::Change>(*outcome);
  told(*outcome, wanted.code);
}

Line Shopping::add(std::string_view product_or_gtin, offers::Quantity quantity) {
  if (!trip_.running()) throw Error(ErrorKind::conflict, "no trip is running: start one first");
  if (!catalog_.is_pinned()) {
    throw Error(ErrorKind::conflict, "the catalog of this trip is gone: start another trip");
  }
  const std::optional<offers::Product> product = catalog_.find(product_or_gtin);
  if (!product) {
    throw Error(ErrorKind::not_found,
                "\"" + std::string(product_or_gtin) + "\" is no product or GTIN of the catalog");
  }
  const auto gtin = gs1::Gtin14::parse(product_or_gtin);
  const auto outcome = sell(*product, {gtin, false, {}}, quantity);
  if (const auto* not_sold = std::get_if<NotSold>(&*outcome)) {
    throw Error(not_sold->kind, not_sold->text);
  }
  const auto& change = std::get<trip::Change>(*outcome);
  added(change);
  return line_of(trip_.state(), change.key);
}

void Shopping::refuse_recalled() const {
  const trip::TripState& state = trip_.state();
  const bool partly_paid = state.paid() > offers::Money() && state.due() > offers::Money();
  if (state.phase() != trip::Phase::shopping && !partly_paid) return;
  for (const offers::Line& line : state.basket().lines()) {
    const auto product = catalog_.find_with_recalls(line.product->id);
    const gs1::Facts label = trip::label_of(*state.item(line.key));
    const offers::Recall* recall = product ? offers::recall_of(*product, label) : nullptr;
    if (recall == nullptr) continue;
    const char* const way_out = "; part is paid already: staff must give it back and end the trip";
    throw Error(ErrorKind::conflict,
                offers::recall_text(*product, *recall, label) + (partly_paid ? way_out : ""));
  }
}

void Shopping::added(const trip::Change& change) {
  tell_(LineAdded{line_of(trip_.state(), change.key), totals_of(trip_.state())});
}

void Shopping::refuse(const std::string& code, Refusal why, const std::string& text) {
  if (const auto fact = why_of(why); fact && trip_.running()) {
    try {
      trip_.refuse_scan(*fact, code);
    } catch (const Error&) {
      // The shopper hears of the refusal all the same; a note of it is not worth an alarm.
    }
  }
  tell_(ScanRefused{code, why, text});
}

}  // namespace cartwright::cart
