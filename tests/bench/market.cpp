#include "bench/market.hpp"

#include "bench/made_offers.hpp"
#include "support/offers/dice.hpp"

namespace cartwright::bench {
namespace {

constexpr std::size_t kCoupons = 5;  // that a basket presents

judge::Shop shop_of(const Assortment& assortment, std::size_t offers, std::uint64_t seed,
                    std::size_t unsold) {
  judge::Shop shop;
  shop.offers = made_offers(assortment, offers, seed);
  for (std::size_t i = 0; i < unsold; ++i) {
    auto offer = std::make_unique<offers::Offer>();
    offer->id = "unsold-" + std::to_string(1'000'000 + i);
    offer->kind = "percent_off";
    offer->shape = offers::UnitOffer{.set = {{"unsold-" + std::to_string(i / 2)}, {}, {}},
                                     .reward = offers::PercentReward{1'000}};
    shop.offers.push_back(std::move(offer));
  }
  return shop;
}

offers::Product product_of(const judge::ShopProduct& product) {
  offers::Product made;
  made.id = product.id;
  made.name = product.name;
  made.price = offers::Money(product.price);
  made.tax = "standard";
  made.categories = product.categories;
  return made;
}

}  // namespace

Market::Market(const Assortment& assortment, std::size_t offers, std::uint64_t seed,
               std::size_t unsold)
    : assortment_(assortment),
      shop_(shop_of(assortment, offers, seed, unsold)),
      book_(offers::OfferBook::parse(judge::offers_text(shop_), "offers.json")),
      rules_{.currency = book_.currency(), .taxes = {{"standard", {.bps = 1'900}}}} {
  for (const auto& offer : shop_.offers) {
    if (!offer->coupon.empty()) coupons_.push_back(offer->coupon);
  }
}

offers::OfferBook Market::book_of(const std::set<std::string>& offers) const {
  judge::Shop some;
  for (const auto& offer : shop_.offers) {
    if (offers.contains(offer->id)) some.offers.push_back(std::make_unique<offers::Offer>(*offer));
  }
  return offers::OfferBook::parse(judge::offers_text(some), "offers.json");
}

std::vector<judge::ShopBasket> Market::baskets(std::size_t lines, std::size_t first,
                                               std::size_t count) const {
  std::vector<judge::ShopBasket> made;
  for (std::size_t i = 0; i < count; ++i) {
    made.push_back(basket_of(assortment_, lines, first + i));
    judge::Dice dice(first + i);
    for (std::size_t coupon = 0; coupon < kCoupons && !coupons_.empty(); ++coupon) {
      const auto at = static_cast<std::size_t>(dice.below(std::ssize(coupons_)));
      made.back().coupons.push_back(coupons_[at]);
    }
  }
  return made;
}

offers::Line Market::line(const judge::ShopLine& line, const std::string& at) const {
  return {.key = line.key,
          .product = std::make_shared<const offers::Product>(
              product_of(assortment_.products[line.product])),
          .quantity = offers::Units{line.units},
          .at = at,
          .override_price = {}};
}

MarketBasket Market::basket(const judge::ShopBasket& basket) const {
  MarketBasket made;
  for (const judge::ShopLine& each : basket.lines) made.basket.add(line(each, basket.at));
  made.facts.store = basket.store;
  made.facts.coupons = basket.coupons;
  return made;
}

}  // namespace cartwright::bench
