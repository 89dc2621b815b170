// Any bytes as a basket: what is taken keeps the rules of baskets, and every refusal is an Error
// that names the input.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "base/error.hpp"
#include "offers/basket_file.hpp"
#include "offers/basket_units.hpp"

namespace {

using namespace cartwright;
using namespace cartwright::offers;

void require(bool holds) {
  if (!holds) std::abort();
}

// "apples" are weighed, "wine" is outside offers, all else is sold by the piece.
std::shared_ptr<const Product> product(std::string_view id) {
  if (id.size() > 20) return nullptr;
  Product found;
  found.id = id;
  found.price = Money(129);
  if (id == "apples") found.sold_by = SoldBy::kg;
  found.discountable = id != "wine";
  return std::make_shared<const Product>(std::move(found));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  BasketFile file;
  try {
    file = parse_basket(text, "basket", product);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::invalid_input);
    require(std::string_view(error.what()).starts_with("basket: "));
    return 0;
  }
  for (const Line& line : file.basket.lines()) require(file.basket.find(line.key) == &line);
  try {
    const BasketUnits all = units_of(file.basket, nullptr);
    require(all.units.size() <= kMaxBasketUnits);
    for (const Unit& unit : all.units) require(unit.line < file.basket.lines().size());
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::invalid_input);
  }
  return 0;
}
