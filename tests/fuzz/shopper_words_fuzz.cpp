// What is typed to a running cart, any bytes: each line is done or refused as an Error that is
// told, the trip stays one that can be shown, and its log one that is read again.

#include "tools/shopper_words.hpp"

#include <cartwright/cart.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "../support/scratch_folder.hpp"
#include "offers/catalog.hpp"
#include "offers/offer_store.hpp"

namespace {

using namespace cartwright;

constexpr const char* kCatalog =
    R"({"product":"pen","gtins":["4006381333931"],"name":"Pen","sold_by":"piece","price_minor":250,"tax":"standard"}
{"product":"wine","gtins":["9521234000037"],"name":"Wine","sold_by":"piece","price_minor":600,"tax":"standard","min_age":18}
)";
constexpr const char* kOffers = R"({"currency":"EUR","offers":[
 {"id":"pens","kind":"n_for_price","set":{"products":["pen"]},"n":2,"price_minor":400},
 {"id":"coupon","kind":"amount_off","set":{"products":["wine"]},"amount_minor":100,"coupon":"W1"},
 {"id":"club","kind":"percent_off","set":{"products":["wine"]},"bps":1000,"segments":["club"]}]})";
constexpr const char* kCart = R"([cart]
id = "cart-1"
state = "state"
catalog = "catalog"
offers = "offers"
[store]
gln = "9521234000013"
zone = "Europe/Berlin"
currency = "EUR"
[store.taxes]
standard = 1900
)";

// A store with one cart, without devices.
class Shop {
 public:
  Shop() {
    write("catalog.jsonl", kCatalog);
    offers::CatalogStore catalogs(folder_.file("catalog"));
    offers::import_catalog(catalogs, folder_.file("catalog.jsonl"));
    offers::OfferStore(folder_.file("offers")).import(kOffers, "offers.json");
    write("cart.toml", kCart);
    open();
  }

  // Every line of it, to a cart without a trip that shows what it says in one form or the other.
  void type(const std::string& text, bool json) {
    tools::ShopperWords words(*cart_, json);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line) && !words.wants_to_quit();) {
      words.take(line);
      cart_->dispatch();
    }
    for (const char* word : {"trip", "receipt", "journey", "devices", "end"}) words.take(word);
    cart_->dispatch();
  }
  // As after a power cut.
  void open() {
    cart_.reset();
    cart_.emplace(Cart::open(folder_.file("cart.toml")));
  }

 private:
  void write(const char* name, const std::string& text) {
    std::ofstream(folder_.file(name)) << text;
  }

  test::ScratchFolder folder_;
  std::optional<Cart> cart_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::unique_ptr<Shop> shop;
  static unsigned runs = 0;
  if (size == 0) return 0;
  if (++runs % 1024 == 1) {
    // What the words answer goes nowhere; what a fuzzer has to say goes to standard error.
    if (!shop && std::freopen("/dev/null", "w", stdout) == nullptr) std::abort();
    shop = std::make_unique<Shop>();
  }
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  shop->type(text, (data[0] & 1) != 0);
  if ((data[0] & 2) != 0) shop->open();
  return 0;
}
