#include "bench/shopper.hpp"

#include <fstream>
#include <stdexcept>

#include "gs1/identify.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kZone = "Europe/Berlin";
constexpr const char* kStore = "9521234000013";

// GTIN-13 of a company prefix that GS1 keeps for examples.
std::string code_of(int product) {
  std::string digits = std::to_string(952'000'000'000 + product);
  digits += gs1::check_digit(digits).value();
  return digits;
}

trip::StartInfo start_info() {
  trip::StartInfo info;
  info.cart_id = "cart-1";
  info.store_gln = kStore;
  info.zone = kZone;
  info.rules.currency = offers::currency("EUR");
  info.rules.taxes["standard"] = {1900, offers::TaxPlacement::included};
  return info;
}

}  // namespace

std::vector<std::string> make_catalog(const std::filesystem::path& folder, int products) {
  const std::filesystem::path file = folder / "products.csv";
  std::ofstream csv(file);
  csv << "product,gtins,name,sold_by,price_minor,tax,categories\n";
  std::vector<std::string> codes;
  for (int i = 0; i < products; ++i) {
    codes.push_back(code_of(i));
    csv << "product-" << i << "," << codes.back() << ",Muesli with nuts No. " << i << ",piece,"
        << 99 + i << ",standard,food;breakfast\n";
  }
  csv.close();
  offers::CatalogStore store(folder);
  offers::import_catalog(store, file);
  return codes;
}

Shopper::Shopper(const std::filesystem::path& database, const std::filesystem::path& catalog,
                 bool consents)
    : consents_(consents),
      database_(database),
      catalog_(offers::CatalogStore(catalog).open_current()),
      outbox_(database_, {.cart_id = "cart-1", .key = SigningKey::generate(), .hub = {}}),
      journal_(outbox_),
      trip_(database_, clock_, &journal_) {
  next_trip();
}

void Shopper::next_trip() {
  if (trip_.running()) trip_.end(v1::TripEnded::STAFF);
  trip_.start(start_info());
  if (consents_) trip_.set_consent(v1::PURPOSE_STORE_INSIGHT, true, "notice-1");
  scans_ = 0;
}

Shopper::Scan Shopper::scan(const std::string& code) {
  if (scans_++ == kLines) next_trip();
  const auto begin = Clock::now();
  const auto identified = gs1::identify(code, gs1::Symbology::ean13);
  const auto* identity = std::get_if<gs1::Identity>(&identified);
  if (identity == nullptr) throw std::runtime_error(code + " is no product");
  const auto product = catalog_.find(identity->gtin);
  if (!product) throw std::runtime_error(code + " is unknown");
  const auto change = trip_.add_item(*product, offers::Units{1}, identity->gtin.text());
  const offers::Money total = trip_.state().totals().total;
  const auto taken = Clock::now() - begin;
  if (total <= change.total_before) throw std::runtime_error("the total did not grow");
  return {taken, change.events.front().ByteSizeLong()};
}

}  // namespace cartwright::bench
