#include "support/offers/shop.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/offers/offer_json.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;
using Json = nlohmann::ordered_json;

bool names(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool holds(const ProductSet& set, const ShopProduct& product) {
  if (names(set.not_products, product.id)) return false;
  if (set.products.empty() && set.categories.empty()) return true;
  if (names(set.products, product.id)) return true;
  for (const std::string& category : product.categories) {
    for (std::string path = category;; path.resize(path.rfind('/'))) {
      if (names(set.categories, path)) return true;
      if (path.find('/') == std::string::npos) break;
    }
  }
  return false;
}

std::vector<const ProductSet*> sets_of(const Shape& shape) {
  if (const auto* buy_get = std::get_if<BuyGet>(&shape)) return {&buy_get->buy, &buy_get->get};
  if (const auto* deal = std::get_if<MealDeal>(&shape)) {
    std::vector<const ProductSet*> sets;
    for (const Slot& slot : deal->slots) sets.push_back(&slot.set);
    return sets;
  }
  if (const auto* one = std::get_if<UnitOffer>(&shape)) return {&one->set};
  if (const auto* cheapest = std::get_if<CheapestOf>(&shape)) return {&cheapest->set};
  if (const auto* bundle = std::get_if<NForPrice>(&shape)) return {&bundle->set};
  if (const auto* tiers = std::get_if<Tiers>(&shape)) return {&tiers->set};
  return {};
}

class Builder {
 public:
  Builder(const Shop& shop, const ShopBasket& basket) : shop_(shop), basket_(basket) {}

  Problem build() {
    units();
    for (const auto& offer : shop_.offers) {
      if (!offer->coupon.empty() && !names(basket_.coupons, offer->coupon)) continue;
      if (const auto* basket = std::get_if<BasketOffer>(&offer->shape)) {
        BasketCandidate candidate{.offer = offer.get(), .scope = {}, .group = {}, .coupon = {}};
        candidate.scope = units_in(basket->scope ? *basket->scope : ProductSet{});
        if (candidate.scope.empty()) continue;
        bind(candidate);
        problem_.baskets.push_back(std::move(candidate));
        continue;
      }
      Candidate candidate{.offer = offer.get(), .sets = {}, .group = {}, .coupon = {}};
      for (const ProductSet* set : sets_of(offer->shape)) {
        candidate.sets.push_back(units_in(*set));
      }
      const bool empty = std::any_of(candidate.sets.begin(), candidate.sets.end(),
                                     [](const auto& set) { return set.empty(); });
      if (empty) continue;
      bind(candidate);
      problem_.items.push_back(std::move(candidate));
    }
    std::stable_sort(problem_.baskets.begin(), problem_.baskets.end(),
                     [](const BasketCandidate& a, const BasketCandidate& b) {
                       return std::get<BasketOffer>(a.offer->shape).order <
                              std::get<BasketOffer>(b.offer->shape).order;
                     });
    return std::move(problem_);
  }

 private:
  void units() {
    for (std::uint32_t line = 0; line < basket_.lines.size(); ++line) {
      const ShopLine& its = basket_.lines[line];
      std::uint32_t rank = 0;
      for (const ShopLine& other : basket_.lines) {
        if (other.key < its.key) ++rank;
      }
      for (std::int64_t i = 0; i < its.units; ++i) {
        problem_.units.push_back({.line = line,
                                  .rank = rank,
                                  .product = static_cast<std::uint32_t>(its.product),
                                  .base = its.price});
      }
    }
  }

  UnitSet units_in(const ProductSet& set) {
    UnitSet found;
    std::map<std::uint32_t, bool> known;
    for (UnitIndex unit = 0; unit < problem_.units.size(); ++unit) {
      const std::uint32_t product = problem_.units[unit].product;
      const auto [at, fresh] = known.try_emplace(product, false);
      if (fresh) at->second = holds(set, shop_.products[product]);
      if (at->second) found.push_back(unit);
    }
    return found;
  }

  template <typename AnyCandidate>
  void bind(AnyCandidate& candidate) {
    const Offer& offer = *candidate.offer;
    if (!offer.group.empty()) {
      const auto [at, fresh] = groups_.try_emplace(offer.group, problem_.groups);
      if (fresh) ++problem_.groups;
      candidate.group = at->second;
    }
    if (!offer.coupon.empty()) {
      const auto [at, fresh] =
          coupons_.try_emplace(offer.coupon, static_cast<std::uint32_t>(problem_.coupons.size()));
      if (fresh) {
        problem_.coupons.push_back(
            std::count(basket_.coupons.begin(), basket_.coupons.end(), offer.coupon));
      }
      candidate.coupon = at->second;
    }
  }

  const Shop& shop_;
  const ShopBasket& basket_;
  Problem problem_;
  std::map<std::string, std::uint32_t> groups_;
  std::map<std::string, std::uint32_t> coupons_;
};

}  // namespace

std::string catalog_lines(const Shop& shop) {
  std::string text;
  for (const ShopProduct& product : shop.products) {
    Json json{{"product", product.id}, {"gtins", {product.gtin}},          {"name", product.name},
              {"sold_by", "piece"},    {"price_minor", product.price},     {"tax", "standard"},
              {"deposit_minor", 0},    {"categories", product.categories}, {"discountable", true}};
    text += json.dump() + "\n";
  }
  return text;
}

std::string offers_text(const Shop& shop) {
  Json json{{"currency", shop.currency}, {"offers", Json::array()}};
  for (const auto& offer : shop.offers) json["offers"].push_back(offer_json(*offer));
  return json.dump(1) + "\n";
}

std::string basket_text(const Shop& shop, const ShopBasket& basket) {
  Json lines = Json::array();
  Json overrides = Json::array();
  for (const ShopLine& line : basket.lines) {
    const ShopProduct& product = shop.products[line.product];
    lines.push_back(
        {{"key", line.key}, {"product", product.id}, {"units", line.units}, {"at", basket.at}});
    if (line.price != product.price) {
      overrides.push_back({{"key", line.key}, {"price_minor", line.price}, {"by", "staff-7"}});
    }
  }
  const Json json{
      {"currency", shop.currency}, {"store", basket.store},     {"lines", lines},
      {"member", false},           {"segments", Json::array()}, {"coupons", basket.coupons},
      {"overrides", overrides}};
  return json.dump();
}

Problem problem_of(const Shop& shop, const ShopBasket& basket) {
  return Builder(shop, basket).build();
}

std::string demonstration_number(std::int64_t number) {
  std::string digits = std::to_string(number % 1'000'000'000);
  digits = "952" + std::string(9 - digits.size(), '0') + digits;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  }
  return digits + std::to_string((10 - sum % 10) % 10);
}

}  // namespace cartwright::judge
