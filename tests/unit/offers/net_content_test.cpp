#include "offers/net_content.hpp"

#include <gtest/gtest.h>

#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

using examples::piece;
using examples::weighed;

std::optional<ComparisonPrice> of(Money price, std::int64_t amount, NetContent::Unit unit) {
  Product product = piece("a", price.minor());
  product.content = NetContent{amount, unit};
  return comparison_price(product);
}

TEST(ComparisonPrices, are_per_kg_litre_metre_or_piece) {
  const auto butter = of(Money(239), 250, NetContent::Unit::g);
  EXPECT_EQ(butter->price, Money(956));
  EXPECT_EQ(butter->per, "kg");
  const auto juice = of(Money(199), 1500, NetContent::Unit::ml);
  EXPECT_EQ(juice->price, Money(133));  // 132.67
  EXPECT_EQ(juice->per, "l");
  EXPECT_EQ(of(Money(500), 250, NetContent::Unit::cm)->price, Money(200));
  const auto tabs = of(Money(1000), 40, NetContent::Unit::piece);
  EXPECT_EQ(tabs->price, Money(25));
  EXPECT_EQ(tabs->per, "piece");
  EXPECT_FALSE(comparison_price(piece("a", 100)));
}

TEST(ComparisonPrices, of_what_is_weighed_are_per_kg) {
  EXPECT_EQ(comparison_price(weighed("apples", 300))->price, Money(300));
  Product ham = weighed("ham", 249);
  ham.sold_by = SoldBy::hundred_grams;
  EXPECT_EQ(comparison_price(ham)->price, Money(2490));
  EXPECT_EQ(comparison_price(ham)->per, "kg");
}

}  // namespace
}  // namespace cartwright::offers
