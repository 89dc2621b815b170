#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "offers/basket_file.hpp"
#include "offers/offers_file.hpp"
#include "offers/product_table.hpp"
#include "offers/reasons.hpp"
#include "unit/offers/examples.hpp"

namespace cartwright::offers::examples {

// Offers as they stand in the list of a file.
inline OfferBook book(const std::string& offers) {
  return OfferBook::parse(R"({"currency":"EUR","offers":[)" + offers + "]}", "offers.json");
}

// The message with which an Error of invalid_input refuses; empty where nothing is refused.
template <typename Work>
std::string refusal(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.kind() == ErrorKind::invalid_input ? error.what() : "another kind of error";
  }
  return {};
}

// milk 129, bread 250, juice 199, wine 600 (not discountable), apples 300 a kg.
inline ProductTable shelf() {
  std::vector<Product> products = {piece("milk", 129), piece("bread", 250), piece("juice", 199),
                                   piece("wine", 600), weighed("apples", 300)};
  products[0].categories = {"dairy"};
  products[1].categories = {"bakery"};
  products[3].discountable = false;
  return ProductTable(std::move(products));
}

// A basket of that shelf; `more` are further keys of it.
inline BasketFile basket(const std::string& lines, const std::string& more = {}) {
  const ProductTable products = shelf();
  return parse_basket(
      R"({"currency":"EUR","lines":[)" + lines + "]" + (more.empty() ? "" : "," + more) + "}",
      "basket.json", [&](std::string_view id) { return products.find(id); });
}

// Why this offer is not used; empty where no reason is given.
inline std::string why(const Reasons& reasons, std::string_view offer, const Facts& facts) {
  for (const Reason& reason : reasons) {
    if (reason.offer->id == offer) return text(reason, facts, currency("EUR"));
  }
  return {};
}

}  // namespace cartwright::offers::examples
