#include "offers/price_history.hpp"

#include <gtest/gtest.h>

#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

constexpr const char* kStore = "9521234000013";
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kStart = 1'772'323'200;  // 2026-03-01T00:00:00Z

PriceRow row(std::int64_t day, std::int64_t price, const char* store = "") {
  return {.store = store, .from = kStart + day * kDay, .price = Money(price), .member_price = {}};
}

Product milk(std::vector<PriceRow> rows) {
  Product milk = examples::piece("milk", 129);
  milk.member_price = Money(119);
  milk.prices = std::move(rows);
  return milk;
}

std::int64_t price(const Product& product, std::int64_t at, const char* store = kStore) {
  return at_its_price(product, store, at).price.minor();
}

std::int64_t lowest(const Product& product, std::int64_t day) {
  return lowest_30_days(product, kStore, kStart + day * kDay).value_or(Money(-1)).minor();
}

TEST(PriceHistory, begins_with_the_products_own_price) {
  const Product product = milk({row(0, 139), row(7, 149)});
  EXPECT_EQ(price(product, kStart - 1), 129);
  EXPECT_EQ(at_its_price(product, kStore, kStart - 1).member_price, Money(119));
  EXPECT_EQ(price(product, kStart), 139);
  EXPECT_FALSE(at_its_price(product, kStore, kStart).member_price);
  EXPECT_EQ(price(product, kStart + 7 * kDay - 1), 139);
  EXPECT_EQ(price(product, kStart + 7 * kDay), 149);
}

TEST(PriceHistory, puts_the_stores_own_prices_first) {
  const Product product = milk({row(0, 139), row(5, 145), row(2, 99, kStore)});
  EXPECT_EQ(price(product, kStart + kDay), 139);
  EXPECT_EQ(price(product, kStart + 2 * kDay), 99);
  EXPECT_EQ(price(product, kStart + 5 * kDay), 99);
  EXPECT_EQ(price(product, kStart + 5 * kDay, "9521234000020"), 145);
  EXPECT_EQ(price(product, kStart + 5 * kDay, ""), 145);
}

TEST(PriceHistory, needs_a_time) {
  const auto product = std::make_shared<const Product>(milk({row(0, 139)}));
  EXPECT_EQ(at_its_price(product, kStore, std::nullopt), product);
  EXPECT_EQ(at_its_price(product, kStore, kStart)->price, Money(139));
  const auto plain = std::make_shared<const Product>(milk({}));
  EXPECT_EQ(at_its_price(plain, kStore, kStart), plain);
  EXPECT_EQ(at_its_price(nullptr, kStore, kStart), nullptr);
}

TEST(LowestOf30Days, is_that_before_the_price_in_force_began) {
  const Product product = milk({row(0, 150), row(10, 110), row(15, 140), row(20, 99)});
  EXPECT_EQ(lowest(product, 25), 110);
  EXPECT_EQ(lowest(product, 15), 110);
  EXPECT_EQ(lowest(product, 10), 129);  // before day 0 it was the product's own
  EXPECT_EQ(lowest(milk({row(0, 150), row(40, 110), row(75, 99)}), 80), 110);
  EXPECT_EQ(lowest(milk({row(0, 90), row(10, 150), row(50, 99)}), 50), 150);
}

TEST(LowestOf30Days, does_not_count_a_row_that_changes_nothing_as_a_beginning) {
  EXPECT_EQ(lowest(milk({row(0, 150), row(10, 99), row(20, 99)}), 25), 129);
}

TEST(LowestOf30Days, is_as_the_catalog_says_where_it_does) {
  Product product = milk({row(0, 99)});
  product.lowest_30_days = Money(105);
  EXPECT_EQ(lowest(product, 1), 105);
}

TEST(LowestOf30Days, is_not_known_without_a_history) {
  EXPECT_EQ(lowest(milk({}), 1), -1);
  EXPECT_EQ(lowest(milk({row(0, 150)}), -1), -1);
  EXPECT_EQ(lowest(milk({row(0, 129)}), 1), -1);
}

}  // namespace
}  // namespace cartwright::offers
