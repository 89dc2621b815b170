#include "offers/nudges.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/rfc3339.hpp"
#include "offers/near_misses.hpp"
#include "offers/offer_shapes.hpp"
#include "offers/price_history.hpp"

namespace cartwright::offers {
namespace {

using ProductPointer = std::shared_ptr<const Product>;

struct Added {
  ProductPointer product;
  std::int64_t units = 0;
};

bool may_be_added(const Product& product) {
  return product.sold_by == SoldBy::piece && product.discountable;
}

Money price_of(const Product& product, bool member) {
  return member && product.member_price ? *product.member_price : product.price;
}

Money discount_of_offer(const PricedBasket& priced, const std::string& offer) {
  for (const AppliedOffer& applied : priced.applied) {
    if (applied.offer == offer) return applied.discount;
  }
  return {};
}

// When what is added would be added: with the basket's latest line.
std::string latest(const Basket& basket) {
  std::string at;
  std::int64_t best = 0;
  for (const Line& line : basket.lines()) {
    const auto time = parse_rfc3339(line.at);
    if (!time || (!at.empty() && time->seconds < best)) continue;
    at = line.at;
    best = time->seconds;
  }
  return at;
}

class Trial {
 public:
  Trial(const OfferBook& book, const Basket& basket, const Facts& facts, const PriceRules& rules,
        const PriceOptions& options, const PricedBasket& priced)
      : book_(book),
        basket_(basket),
        facts_(facts),
        rules_(rules),
        options_(options),
        priced_(priced) {
    options_.nudges = 0;
    options_.explain = false;
    options_.declined = false;
  }

  std::optional<Nudge> nudge(const NearMiss& miss) const {
    std::vector<Added> added;
    for (const Lack& lack : miss.lacks) {
      const auto filled = lack.units > 0 ? fill(lack) : reach(lack);
      if (!filled) return std::nullopt;
      added.push_back(*filled);
    }
    if (!miss.gift.empty()) {
      const ProductPointer gift = called(miss.gift);
      if (gift == nullptr || !may_be_added(*gift)) return std::nullopt;
      added.push_back({gift, 1});
    }
    return saving(*miss.offer, added);
  }

 private:
  // Of the basket's products in the set, or all where there is no set.
  std::vector<ProductPointer> of_basket(const ProductSet* set) const {
    std::vector<ProductPointer> products;
    for (const Line& line : basket_.lines()) {
      if (may_be_added(*line.product) && (set == nullptr || holds(*set, *line.product))) {
        products.push_back(line.product);
      }
    }
    return products;
  }

  ProductPointer suggested(const ProductSet& set) const {
    ProductPointer product = options_.suggest ? options_.suggest(set) : nullptr;
    if (const auto at = parse_rfc3339(latest(basket_))) {
      product = at_its_price(std::move(product), facts_.store, at->seconds);
    }
    return product != nullptr && may_be_added(*product) ? product : nullptr;
  }

  ProductPointer called(const std::string& id) const { return suggested({{id}, {}, {}}); }

  std::optional<Added> fill(const Lack& lack) const {
    const std::vector<ProductPointer> there = of_basket(lack.set);
    const auto cheapest = std::min_element(
        there.begin(), there.end(), [&](const ProductPointer& a, const ProductPointer& b) {
          return std::make_tuple(price_of(*a, basket_.member), std::string_view(a->id)) <
                 std::make_tuple(price_of(*b, basket_.member), std::string_view(b->id));
        });
    if (cheapest != there.end()) return Added{*cheapest, lack.units};
    const ProductPointer product = suggested(*lack.set);
    if (product == nullptr) return std::nullopt;
    return Added{product, lack.units};
  }

  // The cheapest way to spend the amount with few units of one product of the basket.
  std::optional<Added> reach(const Lack& lack) const {
    std::optional<Added> best;
    std::optional<std::tuple<Money, std::string_view>> best_rank;
    for (const ProductPointer& product : of_basket(lack.set)) {
      const Money price = price_of(*product, basket_.member);
      if (price == Money(0)) continue;
      const std::int64_t units = (lack.amount.minor() - 1) / price.minor() + 1;
      if (units > kMostNudgedUnits) continue;
      const std::tuple<Money, std::string_view> rank(price * units, product->id);
      if (best_rank && *best_rank <= rank) continue;
      best_rank = rank;
      best = Added{product, units};
    }
    return best;
  }

  std::optional<Nudge> saving(const Offer& offer, const std::vector<Added>& added) const {
    Basket more = basket_;
    Nudge nudge{.offer = offer.id, .need = {}, .saves = {}};
    const std::string at = latest(basket_);
    for (const Added& each : added) {
      // No key of a file has a control character in it.
      std::string key = "\x7F" + std::to_string(nudge.need.size());
      more.add({.key = std::move(key),
                .product = each.product,
                .quantity = Units{each.units},
                .at = at,
                .override_price = {}});
      nudge.need.push_back({each.product->id, each.units});
    }
    const PricedBasket then = price(book_, more, facts_, rules_, options_);
    nudge.saves =
        (then.totals.list - then.totals.goods) - (priced_.totals.list - priced_.totals.goods);
    const bool by_it = discount_of_offer(then, offer.id) > discount_of_offer(priced_, offer.id);
    if (!by_it || nudge.saves <= Money(0)) return std::nullopt;
    return nudge;
  }

  const OfferBook& book_;
  const Basket& basket_;
  const Facts& facts_;
  const PriceRules& rules_;
  PriceOptions options_;
  const PricedBasket& priced_;
};

}  // namespace

std::vector<Nudge> nudges(const OfferBook& book, const Basket& basket, const Facts& facts,
                          const PriceRules& rules, const PriceOptions& options,
                          const PricedBasket& priced, const BuiltProblem& built) {
  std::vector<NearMiss> misses = near_misses(book, basket.member, facts, built);
  if (misses.size() > kMostTried) misses.resize(kMostTried);
  const Trial trial(book, basket, facts, rules, options, priced);
  std::vector<Nudge> found;
  for (const NearMiss& miss : misses) {
    if (auto nudge = trial.nudge(miss)) found.push_back(std::move(*nudge));
  }
  std::sort(found.begin(), found.end(), [](const Nudge& a, const Nudge& b) {
    return std::tie(b.saves, a.offer) < std::tie(a.saves, b.offer);
  });
  if (found.size() > options.nudges) found.resize(options.nudges);
  return found;
}

}  // namespace cartwright::offers
