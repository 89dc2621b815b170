#pragma once

#include <cartwright/error.hpp>
#include <cartwright/events.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "cart/configuration.hpp"
#include "cart/loop.hpp"
#include "cart/scan.hpp"
#include "cart/trip_catalog.hpp"
#include "offers/item_sale.hpp"
#include "offers/offer_store.hpp"
#include "trip/trip.hpp"

namespace cartwright::cart {

// A scale's word: a weight, or a status without one.
struct Weighing {
  std::string unit;
  std::string indicated;  // "1.250 kg"
  std::int64_t micrograms = 0;
  bool stable = false;
  std::string status;
};

// From scans and weights to lines of the running trip: identity, catalog, and the wait for a
// weight. One thread, the cart loop.
class Shopping {
 public:
  using Tell = std::function<void(const Event&)>;

  Shopping(Loop& loop, trip::Trip& trip, const Configuration& configuration, Tell tell);
  ~Shopping();

  // Pins the current versions of catalog and offers for the trip that starts; a running trip keeps
  // its own.
  std::string start_trip();
  // A product of the trip's catalog, or null. Of a set that names products it is the cheapest piece
  // that offers may touch.
  std::shared_ptr<const offers::Product> product(std::string_view id) const;
  std::shared_ptr<const offers::Product> suggest(const offers::ProductSet& set) const;

  // Opens the catalog of the trip that was taken up. Error not_found where that version is gone:
  // the trip can be paid or ended, and every scan is refused.
  void resume();

  // Ends in LineAdded, WeightWanted or ScanRefused, told after the commit. Never throws for what a
  // shopper can do.
  void scan(const Scan& scan);
  // A load is sold once: the next product waits until the plate has moved or bears another load.
  // A status or an unstable weight, also one that the caller makes where the scale went away, says
  // that what lay there may be gone.
  void weighed(const Weighing& weighing);
  void cancel_weighing();

  // By product id or GTIN. Error conflict, not_found, invalid_input or unavailable: no line was
  // made.
  Line add(std::string_view product_or_gtin, offers::Quantity quantity);

  // Error conflict that names the first line of the basket that is recalled by now: it must go back
  // before anybody pays. While a payment is open, or holds money, it is too late to ask.
  void refuse_recalled() const;

  // The unit that weighs; empty: there is no scale.
  void set_scale(std::string unit) { scale_ = std::move(unit); }

 private:
  struct Wanted {
    offers::Product product;
    offers::ItemLabel label;
    std::string code;  // as scanned
    Loop::TimerId timeout = 0;
  };
  struct NotSold {
    Refusal why = Refusal::not_allowed;
    std::string text;
    ErrorKind kind = ErrorKind::conflict;  // for those who called a function
  };
  using Outcome = std::variant<trip::Change, NotSold>;

  // True where the scan was a coupon and is dealt with.
  bool take_coupon(const Scan& scan);
  void want_weight(const offers::Product& product, const offers::ItemLabel& label,
                   const std::string& code);
  void note_load(std::int64_t micrograms);
  std::int64_t unsold_grams() const;
  void use_weight();
  // Judges the item at this moment and makes a line of it; nothing where it must be weighed first.
  // Without a quantity the item's code says it.
  std::optional<Outcome> sell(const offers::Product& product, const offers::ItemLabel& label,
                              std::optional<offers::Quantity> quantity);
  offers::Occasion occasion(const trip::Time& at) const;
  void told(const Outcome& outcome, const std::string& code);
  // Refuses where the trip can not take goods now.
  bool refused_now(const std::string& code);
  void refuse(const std::string& code, Refusal why, const std::string& text);
  void added(const trip::Change& change);

  Loop& loop_;
  trip::Trip& trip_;
  const Configuration& configuration_;
  Tell tell_;
  // The current version of the offers, or null where the store has none.
  std::shared_ptr<const offers::OfferVersion> current_offers();

  std::shared_ptr<const offers::OfferVersion> offers_;  // read last
  TripCatalog catalog_;
  std::string scale_;
  std::optional<Wanted> wanted_;
  // The stable load on the scale, 0: none; and whether a line was made of it.
  std::int64_t load_micrograms_ = 0;
  bool load_sold_ = false;
};

}  // namespace cartwright::cart
