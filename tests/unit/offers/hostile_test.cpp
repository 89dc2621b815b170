// Offers and baskets made to hurt: what comes back is feasible, bounded by the budget, and never
// dearer than priority order or average value. judge::read_receipt reads the result back and has
// the checker look at it.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "offers/priced_basket_json.hpp"
#include "support/offers/dice.hpp"
#include "support/offers/random_offer.hpp"
#include "support/offers/receipt.hpp"
#include "support/offers/rivals.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using judge::Dice;
using judge::Shop;
using judge::ShopBasket;

// A shop with products "0" to "COUNT - 1" and a basket that holds each of them.
Shop shop_with(std::size_t count, std::int64_t units, const std::function<std::int64_t()>& price) {
  Shop shop;
  ShopBasket basket{.store = judge::demonstration_number(1),
                    .at = "2027-03-05T10:00:00+01:00",
                    .lines = {},
                    .coupons = {}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = std::to_string(i);
    const std::int64_t its = price();
    shop.products.push_back({.id = id,
                             .gtin = judge::demonstration_number(static_cast<std::int64_t>(i)),
                             .name = id,
                             .price = its,
                             .categories = {}});
    basket.lines.push_back(
        {.key = std::to_string(10'001 + i), .product = i, .units = units, .price = its});
  }
  shop.baskets.push_back(std::move(basket));
  return shop;
}

Offer& add(Shop& shop, Shape shape) {
  Offer& offer = *shop.offers.emplace_back(std::make_unique<Offer>());
  offer.id = std::to_string(10'000 + shop.offers.size());
  offer.priority = static_cast<std::int64_t>(shop.offers.size() % 5);
  offer.shape = std::move(shape);
  offer.kind = judge::kind_of(offer.shape);
  return offer;
}

ProductSet set_of(std::vector<std::size_t> products) {
  std::vector<std::string> ids;
  for (const std::size_t product : products) ids.push_back(std::to_string(product));
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return {std::move(ids), {}, {}};
}

PricedBasket priced(const Shop& shop, std::uint64_t budget) {
  std::vector<Product> products;
  for (const judge::ShopProduct& product : shop.products) {
    products.push_back(examples::piece(product.id, product.price));
  }
  const ProductTable table(std::move(products));
  const OfferBook book = OfferBook::parse(judge::offers_text(shop), "offers.json");
  const BasketFile file = parse_basket(judge::basket_text(shop, shop.baskets[0]), "basket.json",
                                       [&](std::string_view id) { return table.find(id); });
  const PriceRules rules{.currency = file.currency, .taxes = {}};
  return price(book, file.basket, file.facts, rules,
               {.budget = budget, .declined = false, .nudges = 0, .suggest = {}});
}

// What every answer must be, at this budget. Gives it back.
PricedBasket hold(const Shop& shop, std::uint64_t budget) {
  SCOPED_TRACE("budget " + std::to_string(budget));
  PricedBasket result = priced(shop, budget);
  const Problem problem = judge::problem_of(shop, shop.baskets[0]);
  const auto json = nlohmann::json::parse(to_json(result, currency("EUR")));
  EXPECT_EQ(judge::read_receipt(json, shop.baskets[0], problem).faults, "");
  EXPECT_LE(result.states, budget);
  EXPECT_LE(result.bound, result.totals.goods);
  EXPECT_EQ(result.proven_best, result.bound == result.totals.goods);
  EXPECT_LE(result.totals.goods.minor(), judge::by_priority(problem).goods);
  EXPECT_LE(result.totals.goods.minor(), judge::by_average_value(problem).goods);
  return result;
}

void hold_at_any_budget(const Shop& shop) {
  for (const std::uint64_t budget : {std::uint64_t{0}, std::uint64_t{100}, kDefaultBudget}) {
    hold(shop, budget);
  }
}

TEST(Hostile, offers_that_overlap_in_a_cycle) {
  Dice dice(1);
  constexpr std::size_t kRing = 24;
  Shop shop = shop_with(kRing, 2, [&] { return dice.between(90, 400); });
  for (std::size_t i = 0; i < kRing; ++i) {
    const ProductSet pair = set_of({i, (i + 1) % kRing});
    if (i % 3 == 0) {
      add(shop, CheapestOf{.set = pair, .n = 3, .k = 1, .bps = 10'000});
    } else if (i % 3 == 1) {
      add(shop, NForPrice{.set = pair, .n = 2, .price = Money(dice.between(150, 300))});
    } else {
      add(shop, BuyGet{.buy = set_of({i}),
                       .n = 1,
                       .get = set_of({(i + 1) % kRing}),
                       .m = 1,
                       .reward = PercentReward{5'000}});
    }
  }
  hold_at_any_budget(shop);
}

TEST(Hostile, sets_of_fifty_thousand_products) {
  constexpr std::size_t kLarge = 50'000;
  Shop shop = shop_with(30, 1, [price = std::int64_t{100}]() mutable { return price += 10; });
  std::vector<std::size_t> all(kLarge);
  for (std::size_t i = 0; i < kLarge; ++i) all[i] = i;
  add(shop, CheapestOf{.set = set_of(all), .n = 3, .k = 1, .bps = 10'000});
  add(shop, Tiers{.set = set_of(all),
                  .by = TierBy::quantity,
                  .steps = {{10, PercentReward{500}}, {20, PercentReward{1'000}}}});
  const PricedBasket result = hold(shop, kDefaultBudget);
  // 3 for 2 over blocks of the dearest: 380 is free of 400, 390, 380, and so on down to 110.
  EXPECT_EQ(result.totals.list - result.totals.goods, Money((380 + 110) * 10 / 2));
}

TEST(Hostile, a_basket_of_a_thousand_lines) {
  Dice dice(2);
  constexpr std::size_t kLines = 1'000;
  Shop shop = shop_with(kLines, 1, [&] { return dice.between(50, 900); });
  const auto some = [&] {
    std::vector<std::size_t> products;
    const std::int64_t first = dice.below(kLines);
    for (std::int64_t i = dice.between(1, 6); i > 0; --i) {
      products.push_back(static_cast<std::size_t>((first + dice.below(10)) % kLines));
    }
    return set_of(products);
  };
  for (int i = 0; i < 300; ++i) add(shop, judge::random_item_shape(dice, some, 900));
  hold(shop, kDefaultBudget);
}

TEST(Hostile, five_hundred_equal_units) {
  Shop shop = shop_with(1, 500, [] { return 100; });
  const ProductSet all = set_of({0});
  add(shop, CheapestOf{.set = all, .n = 3, .k = 1, .bps = 10'000});
  add(shop, NForPrice{.set = all, .n = 7, .price = Money(450)});
  add(shop, UnitOffer{.set = all, .reward = PercentReward{3'000}});
  const PricedBasket result = hold(shop, kDefaultBudget);
  // Seven for 4.50 takes 35.7 % off, three for two 33.3 %: 71 x 7 units and one of three.
  EXPECT_EQ(result.totals.goods, Money(71 * 450 + 200));
  hold(shop, 10);
}

// Meals and bundles of random products at odd prices: each choice shuts out others.
TEST(Hostile, overlaps_that_no_search_gets_through) {
  for (const std::uint64_t seed : {3, 4}) {
    Dice dice(seed);
    constexpr std::size_t kProducts = 30;
    Shop shop = shop_with(kProducts, 3, [&] { return dice.between(100, 999); });
    const auto some = [&] {
      std::vector<std::size_t> products;
      for (int i = 0; i < 12; ++i) {
        products.push_back(static_cast<std::size_t>(dice.below(kProducts)));
      }
      return set_of(products);
    };
    for (int i = 0; i < 20; ++i) {
      MealDeal deal;
      for (int slot = 0; slot < 4; ++slot) deal.slots.push_back({.set = some(), .n = 1});
      deal.reward = Money(dice.between(900, 1'900));
      add(shop, deal);
      add(shop, NForPrice{.set = some(),
                          .n = static_cast<int>(dice.between(3, 9)),
                          .price = Money(dice.between(900, 2'500))});
    }
    hold_at_any_budget(shop);
  }
}

// More digits of state than 128 bits hold: 300 offers on one product.
TEST(Hostile, three_hundred_offers_on_one_product) {
  Dice dice(6);
  Shop shop = shop_with(2, 60, [&] { return dice.between(100, 200); });
  for (int i = 0; i < 300; ++i) {
    add(shop, NForPrice{.set = set_of({0, 1}),
                        .n = static_cast<int>(dice.between(2, 30)),
                        .price = Money(dice.between(100, 3'000))})
        .limit = dice.between(1, 3);
  }
  hold_at_any_budget(shop);
}

}  // namespace
}  // namespace cartwright::offers
