#include "cart/shopping.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "cart/views.hpp"
#include "gs1/identify.hpp"
#include "offers/offer_shapes.hpp"

namespace cartwright::cart {
namespace {

// What the trip log calls it; nothing where there is no trip to write to.
std::optional<v1::ScanRefused::Why> why_of(Refusal why) {
  switch (why) {
    case Refusal::unknown_product:
      return v1::ScanRefused::UNKNOWN_PRODUCT;
    case Refusal::bad_check_digit:
      return v1::ScanRefused::BAD_CHECK_DIGIT;
    case Refusal::not_a_product_code:
      return v1::ScanRefused::NOT_A_PRODUCT_CODE;
    case Refusal::needs_weight:
      return v1::ScanRefused::NEEDS_WEIGHT;
    case Refusal::not_allowed:
      return v1::ScanRefused::NOT_ALLOWED;
    case Refusal::payment_open:
      return v1::ScanRefused::PAYMENT_OPEN;
    case Refusal::no_trip:
    case Refusal::not_stored:
      return std::nullopt;
  }
  return std::nullopt;
}

// Whole grams, halves up: what the trip bills by. A load under half a gram is none.
std::int64_t grams_of(std::int64_t micrograms) {
  return micrograms > 0 ? (micrograms + 500'000) / 1'000'000 : 0;
}

// What a plate that nobody touches may drift without having been seen in motion.
constexpr std::int64_t kDriftMicrograms = 20'000'000;

// Links on packages of old hold article numbers of 13 digits; the check digit guards them.
gs1::Identified identify(const Scan& scan) {
  gs1::ReadOptions options;
  options.link.zero_suppressed = true;
  return scan.aim.empty() && scan.symbology != gs1::Symbology::unknown
             ? gs1::identify(scan.data, scan.symbology, options)
             : gs1::identify(scan.data, std::string_view(scan.aim), options);
}

}  // namespace

Shopping::Shopping(Loop& loop, trip::Trip& trip, const Configuration& configuration, Tell tell)
    : loop_(loop),
      trip_(trip),
      configuration_(configuration),
      tell_(std::move(tell)),
      store_(configuration.catalog) {}

Shopping::~Shopping() {
  cancel_weighing();
}

std::string Shopping::start_trip() {
  offers::Catalog catalog = store_.open_current();
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
  catalog_ = std::move(catalog);
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
  auto found = catalog_ ? catalog_->find(id) : std::nullopt;
  return found ? std::make_shared<const offers::Product>(std::move(*found)) : nullptr;
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
  catalog_.reset();
  catalog_ = store_.open(to_hex(as_bytes(trip_.state().header().catalog_digest())));
}

bool Shopping::refused_now(const std::string& code) {
  if (!trip_.running()) {
    refuse(code, Refusal::no_trip, "Start a trip first");
  } else if (trip_.state().phase() != trip::Phase::shopping) {
    refuse(code, Refusal::payment_open, "The payment is under way: nothing can be added now");
  } else if (!catalog_) {
    refuse(code, Refusal::not_allowed, "The catalog of this trip is gone: start another trip");
  } else {
    return false;
  }
  return true;
}

void Shopping::scan(const Scan& scan) {
  if (refused_now(scan.data)) return;
  const gs1::Identified identified = identify(scan);
  if (const auto* refusal = std::get_if<gs1::Refusal>(&identified)) {
    return refuse(scan.data,
                  refusal->kind == gs1::RefusalKind::wrong_check_digit
                      ? Refusal::bad_check_digit
                      : Refusal::not_a_product_code,
                  refusal->text);
  }
  const auto& identity = std::get<gs1::Identity>(identified);
  const gs1::Gtin14 gtin = identity.gtin;
  const std::optional<offers::Product> product = catalog_->find(gtin);
  if (!product) {
    return refuse(scan.data, Refusal::unknown_product, "This product is not in the catalog");
  }
  if (product->sold_by == offers::SoldBy::kg) {
    const std::int64_t net = identity.facts.weight_grams.value_or(0);
    if (net == 0) return want_weight(*product, gtin.text(), scan.data);
    return told(sell(*product, offers::Grams(net), gtin.text()), scan.data);
  }
  told(sell(*product, offers::Units{1}, gtin.text()), scan.data);
}

Shopping::Outcome Shopping::sell(const offers::Product& product, offers::Quantity quantity,
                                 const std::string& gtin) {
  try {
    return trip_.add_item(product, quantity, gtin);
  } catch (const Error& error) {
    switch (error.kind()) {
      case ErrorKind::invalid_input:
      case ErrorKind::not_found:
      case ErrorKind::conflict:
        return NotSold{Refusal::not_allowed, error.what()};
      default:
        return NotSold{Refusal::not_stored, "It could not be stored: please scan it again"};
    }
  }
}

void Shopping::told(const Outcome& outcome, const std::string& code) {
  if (const auto* change = std::get_if<trip::Change>(&outcome)) return added(*change);
  const NotSold& not_sold = std::get<NotSold>(outcome);
  refuse(code, not_sold.why, not_sold.text);
}

void Shopping::want_weight(const offers::Product& product, const std::string& gtin,
                           const std::string& code) {
  cancel_weighing();
  if (scale_.empty()) {
    return refuse(code, Refusal::needs_weight,
                  product.name + " is sold by weight, and there is no scale");
  }
  wanted_ = Wanted{product, gtin, code, 0};
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
  const Outcome outcome =
      sell(wanted.product, offers::Grams(grams_of(load_micrograms_)), wanted.gtin);
  load_sold_ = std::holds_alternative<trip::Change>(outcome);
  told(outcome, wanted.code);
}

Line Shopping::add(std::string_view product_or_gtin, offers::Quantity quantity) {
  if (!trip_.running()) throw Error(ErrorKind::conflict, "no trip is running: start one first");
  if (!catalog_) {
    throw Error(ErrorKind::conflict, "the catalog of this trip is gone: start another trip");
  }
  const std::optional<offers::Product> product = find(product_or_gtin);
  if (!product) {
    throw Error(ErrorKind::not_found,
                "\"" + std::string(product_or_gtin) + "\" is no product or GTIN of the catalog");
  }
  const auto gtin = gs1::Gtin14::parse(product_or_gtin);
  const trip::Change change =
      trip_.add_item(*product, quantity, gtin ? gtin->text() : std::string());
  added(change);
  return line_of(trip_.state(), change.key);
}

std::optional<offers::Product> Shopping::find(std::string_view product_or_gtin) const {
  if (const auto product = catalog_->find(product_or_gtin)) return product;
  const auto gtin = gs1::Gtin14::parse(product_or_gtin);
  return gtin ? catalog_->find(*gtin) : std::nullopt;
}

void Shopping::added(const trip::Change& change) {
  const trip::TripState& state = trip_.state();
  tell_(LineAdded{line_of(state, change.key), totals_of(state)});
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
