// Any text as a coupon that is presented at a full cart, by the first byte that of (8110) or (8112)
// or as it is: it prices, no line costs less than nothing, and its offers never make the basket
// dearer.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "offers/priced_basket.hpp"

namespace {

using namespace cartwright;
using namespace cartwright::offers;

void require(bool holds) {
  if (!holds) std::abort();
}

// Products of two companies, one of them in families.
Basket full_basket() {
  const char* const gtins[] = {"00614141000012", "00614141000029", "00012345000010"};
  Basket basket;
  int key = 0;
  for (const char* gtin : gtins) {
    Product product;
    product.id = gtin;
    product.tax = "reduced";
    product.price = Money(129 + 100 * key);
    if (const auto read = gs1::Gtin14::parse(gtin)) product.gtins.push_back(*read);
    product.categories = {"family-00" + std::to_string(key), "family-110"};
    Line line;
    line.key = std::to_string(++key);
    line.product = std::make_shared<const Product>(std::move(product));
    line.quantity = Units{3};
    line.at = "2026-11-23T09:15:00+01:00";
    basket.add(std::move(line));
  }
  return basket;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OfferBook book = OfferBook::parse(
      R"({"currency":"USD","offers":[{"id":"o","kind":"amount_off","set":{"not_products":["x"]},
          "amount_minor":200,"coupon":"8112-0614141-654321"}]})",
      "offers");
  static const Basket basket = full_basket();
  const PriceRules rules{.currency = currency("USD"), .taxes = {}};
  if (size == 0) return 0;
  std::string coupon(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 3 != 0) coupon.insert(0, data[0] % 3 == 1 ? "(8110)" : "(8112)");
  Facts facts;
  const Money without = price(book, basket, facts, rules).totals.goods;
  facts.coupons = {coupon, coupon};
  PricedBasket priced;
  try {
    priced = price(book, basket, facts, rules);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::invalid_input);
    return 0;
  }
  require(priced.totals.goods <= without);
  require(priced.bound <= priced.totals.goods);
  require(priced.provisional >= Money());
  for (const LineTotal& line : priced.totals.lines) require(line.net >= Money());
  return 0;
}
