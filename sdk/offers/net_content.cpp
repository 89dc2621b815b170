#include "offers/net_content.hpp"

#include <array>

#include "offers/product.hpp"
#include "offers/rounding.hpp"

namespace cartwright::offers {
namespace {

struct Measure {
  std::string_view name;
  std::string_view per;
  std::int64_t size;  // of the unit that prices are compared by
};

// In the order of NetContent::Unit.
constexpr std::array<Measure, 4> kMeasures = {
    {{"g", "kg", 1000}, {"ml", "l", 1000}, {"cm", "m", 100}, {"piece", "piece", 1}}};

const Measure& measure_of(NetContent::Unit unit) {
  return kMeasures[static_cast<std::size_t>(unit)];
}

}  // namespace

std::string_view name(NetContent::Unit unit) {
  return measure_of(unit).name;
}

std::optional<ComparisonPrice> comparison_price(const Product& product) {
  if (product.sold_by != SoldBy::piece) {
    return ComparisonPrice{
        price_of_weight(product.price, Grams(kGramsPerKg), grams_of_price(product.sold_by)),
        kMeasures[0].per};
  }
  if (!product.content) return std::nullopt;
  const Measure& measure = measure_of(product.content->unit);
  return ComparisonPrice{
      Money(multiply_divide_half_up(product.price.minor(), measure.size, product.content->amount)),
      measure.per};
}

}  // namespace cartwright::offers
