#include "trip/verify_items.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "offers/item_sale.hpp"
#include "trip/clock.hpp"
#include "trip/facts.hpp"

namespace cartwright::trip {
namespace {

offers::Occasion occasion_of(const v1::TripHeader& header, const TimeZone& zone,
                             const v1::Time& at) {
  return {.store = header.store_gln(),
          .at = at.utc_ms() / 1000,
          .today = local_date(at.utc_ms(), zone),
          .today_is_sure = at.clock_trust() == v1::CLOCK_TRUST_SYNCHRONISED,
          .currency = offers::currency(header.currency()).numeric};
}

// The item as the catalog's product gives it. A recall of that version may have been lifted when
// the item was sold, so recalls are not asked.
v1::Item derived(offers::Product product, const v1::Item& logged,
                 const offers::Occasion& occasion) {
  product.recalls.clear();
  offers::ItemLabel label;
  label.gtin = gs1::Gtin14::parse(logged.gtin());
  label.facts = label_of(logged);
  auto judged = offers::sell(product, label, occasion);
  if (auto* refused = std::get_if<offers::NotForSale>(&judged)) {
    throw Error(ErrorKind::conflict, refused->text);
  }
  v1::Item item = item_of(std::get<offers::ItemSale>(judged), logged.gtin());
  item.set_net_grams(logged.net_grams());
  return item;
}

// What a price in the code leaves to the catalog: everything but the price.
void take_price(v1::Item& item, const v1::Item& logged) {
  v1::Item priced = logged;
  priced.set_name(item.name());
  priced.set_tax(item.tax());
  priced.set_deposit_minor(item.deposit_minor());
  priced.set_min_age(item.min_age());
  *priced.mutable_categories() = item.categories();
  priced.set_not_discountable(item.not_discountable());
  item = std::move(priced);
}

// The first field that differs, for a person.
std::string difference(const v1::Item& derived, const v1::Item& logged) {
  std::string text;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&text);
  differencer.Compare(derived, logged);
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::vector<Finding> verify_items(TripLog& log, std::string_view trip_id,
                                  const offers::CatalogStore& catalogs) {
  std::vector<Finding> findings;
  const auto found = [&](std::uint64_t seq, std::string text) {
    findings.push_back({std::string(trip_id), seq, std::move(text)});
  };
  std::optional<offers::Catalog> catalog;
  std::optional<TimeZone> zone;
  v1::TripHeader header;
  for (const v1::TripEvent& event : log.load(trip_id)) {
    try {
      if (event.has_trip_started()) {
        header = event.trip_started().header();
        zone = TimeZone::load(header.zone());
        catalog.emplace(catalogs.open(to_hex(as_bytes(header.catalog_digest()))));
      }
      if (!event.has_line_added()) continue;
      const v1::Item& logged = event.line_added().item();
      const auto product = catalog->find(logged.product());
      if (!product) {
        found(event.seq(), "the catalog of the trip has no product \"" + logged.product() + "\"");
        continue;
      }
      v1::Item item = derived(*product, logged, occasion_of(header, *zone, event.at()));
      if (logged.price_of_code()) take_price(item, logged);
      const std::string other = difference(item, logged);
      if (!other.empty()) found(event.seq(), "the catalog and the log differ: " + other);
    } catch (const Error& error) {
      found(event.seq(), error.what());
      if (!catalog) break;
    }
  }
  return findings;
}

}  // namespace cartwright::trip
