// Any bytes as a file of offers: what is taken can be looked up and built into a problem, and every
// refusal is an Error that names the file.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "offers/offers_check.hpp"
#include "offers/offers_file.hpp"
#include "offers/problem_builder.hpp"

namespace {

using namespace cartwright;
using namespace cartwright::offers;

void require(bool holds) {
  if (!holds) std::abort();
}

// Milk and bread, as the corpus names them.
Basket some_basket() {
  Basket basket;
  for (const char* id : {"milk", "bread"}) {
    Product product;
    product.id = id;
    product.price = Money(129);
    product.categories = {"dairy"};
    basket.add({.key = id,
                .product = std::make_shared<const Product>(std::move(product)),
                .quantity = cartwright::offers::Units{3},
                .at = "2026-11-23T09:15:00+01:00",
                .override_price = {}});
  }
  return basket;
}

void build(const OfferBook& book) {
  const Basket basket = some_basket();
  Facts facts;
  facts.coupons = {"C1"};
  const BuiltProblem built =
      build_problem(book, basket, facts, {.zone = nullptr, .explain = true, .without = {}});
  require(built.problem.units.size() <= 6);
  for (const Candidate& item : built.problem.items) {
    for (const auto& set : item.sets) {
      for (const UnitIndex unit : set) require(unit < built.problem.units.size());
    }
  }
  check_offers(book, nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const OfferBook book = OfferBook::parse(text, "offers");
    for (const Offer& offer : book.offers()) require(book.find(offer.id) == &offer);
    require(OfferBook::parse(text, "offers").digest() == book.digest());
    build(book);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::invalid_input);
    require(!std::string_view(error.what()).empty());
  }
  return 0;
}
