#include "bench/made_offers.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "support/offers/dice.hpp"
#include "support/offers/random_offer.hpp"

namespace cartwright::bench {
namespace {

using namespace offers;
using judge::Dice;
using judge::ShopProduct;

// A set, and what a piece of it costs on average.
struct Picked {
  ProductSet set;
  std::int64_t price = 0;
};

class Maker {
 public:
  Maker(const Assortment& assortment, std::uint64_t seed) : assortment_(assortment), dice_(seed) {
    for (std::size_t i = 0; i < assortment.products.size(); ++i) {
      for (const std::string& word : assortment.products[i].categories) by_word_[word].push_back(i);
    }
  }

  std::vector<std::unique_ptr<Offer>> make(std::size_t count) {
    const std::size_t baskets = count < 20 ? 0 : std::max<std::size_t>(2, count / 1'000);
    std::vector<std::unique_ptr<Offer>> made;
    for (std::size_t i = 0; i < count; ++i) {
      auto offer = std::make_unique<Offer>();
      offer->id = std::to_string(100'000 + i);
      offer->priority = dice_.below(7);
      if (i < baskets) {
        make_basket(*offer, i);
      } else {
        offer->shape = shape();
        bind(*offer, i);
      }
      offer->kind = judge::kind_of(offer->shape);
      made.push_back(std::move(offer));
    }
    return made;
  }

 private:
  const ShopProduct& anchor() {
    if (dice_.one_in(3)) {
      const auto at = dice_.below(std::ssize(assortment_.purchases));
      const auto line = static_cast<std::size_t>(at);
      return assortment_.products[assortment_.purchases[line].product];
    }
    return assortment_
        .products[static_cast<std::size_t>(dice_.below(std::ssize(assortment_.products)))];
  }

  // Of the words of a product that with the fewest products, or the one after it.
  const std::string* word_of(const ShopProduct& product, std::size_t most, bool wide) const {
    const std::string* narrow = nullptr;
    const std::string* wider = nullptr;
    for (const std::string& word : product.categories) {
      const std::size_t size = by_word_.at(word).size();
      if (size > most) continue;
      if (narrow == nullptr || size < by_word_.at(*narrow).size()) {
        wider = narrow;
        narrow = &word;
      } else if (wider == nullptr || size < by_word_.at(*wider).size()) {
        wider = &word;
      }
    }
    return wide && wider != nullptr ? wider : narrow;
  }

  Picked one(const ShopProduct& product) const { return {{{product.id}, {}, {}}, product.price}; }

  Picked all_of(const std::string& word) const {
    const std::vector<std::size_t>& products = by_word_.at(word);
    std::int64_t sum = 0;
    for (const std::size_t product : products) sum += assortment_.products[product].price;
    return {{{}, {word}, {}}, sum / std::ssize(products)};
  }

  Picked some_of(const std::string& word, std::int64_t count, const ShopProduct& first) {
    const std::vector<std::size_t>& products = by_word_.at(word);
    std::set<std::string> ids{first.id};
    std::int64_t sum = first.price;
    std::int64_t taken = 1;
    for (; taken < count; ++taken) {
      const std::size_t at = products[static_cast<std::size_t>(dice_.below(std::ssize(products)))];
      ids.insert(assortment_.products[at].id);
      sum += assortment_.products[at].price;
    }
    return {{{ids.begin(), ids.end()}, {}, {}}, sum / taken};
  }

  Picked pick() {
    const ShopProduct& product = anchor();
    const std::int64_t which = dice_.below(100);
    const std::string* type = word_of(product, 60, false);
    const std::string* category = word_of(product, 300, true);
    if (which < 45 || type == nullptr || category == nullptr) return one(product);
    if (which < 68) return some_of(*type, dice_.between(2, 6), product);
    if (which < 93) return all_of(*type);
    if (which < 98) return some_of(*category, dice_.between(8, 30), product);
    return all_of(*category);
  }

  std::int64_t rate() { return dice_.between(1, 8) * 500; }
  // What is left of an amount after such a rate, as it stands on a price tag: ending in 9.
  std::int64_t reduced(std::int64_t amount) {
    return std::max<std::int64_t>(amount * (10'000 - rate()) / 10'000 / 10 * 10 + 9, 9);
  }
  Money off(std::int64_t price) {
    return Money(std::max(price * rate() / 10'000, std::int64_t{5}));
  }

  UnitReward reward(std::int64_t price) {
    const std::int64_t which = dice_.below(10);
    if (which < 5) return PercentReward{dice_.one_in(2) ? 10'000 : 5'000};
    if (which < 8) return AmountReward{off(price)};
    return PriceReward{Money(reduced(price))};
  }

  Shape shape() {
    const std::int64_t which = dice_.below(100);
    const Picked picked = pick();
    if (which < 30) return UnitOffer{.set = picked.set, .reward = PercentReward{rate()}};
    if (which < 45) return UnitOffer{.set = picked.set, .reward = AmountReward{off(picked.price)}};
    if (which < 62) {
      return UnitOffer{.set = picked.set, .reward = PriceReward{Money(reduced(picked.price))}};
    }
    if (which < 75) return bundle(picked);
    if (which < 85) return cheapest(picked.set);
    if (which < 91) return buy_get(picked);
    if (which < 97) return tiers(picked);
    return meal(picked);
  }

  Shape bundle(const Picked& picked) {
    const int n = static_cast<int>(dice_.between(2, 5));
    return NForPrice{.set = picked.set, .n = n, .price = Money(reduced(picked.price * n))};
  }

  Shape cheapest(const ProductSet& set) {
    const int n = static_cast<int>(dice_.between(2, 4));
    return CheapestOf{
        .set = set,
        .n = n,
        .k = 1,
        .bps = n == 2 ? 5'000 : 10'000,
        .cheapest = dice_.one_in(4) ? CheapestIn::overall : CheapestIn::per_application};
  }

  Shape buy_get(const Picked& picked) {
    const Picked other = dice_.one_in(2) ? picked : pick();
    return BuyGet{.buy = picked.set,
                  .n = static_cast<int>(dice_.between(1, 3)),
                  .get = other.set,
                  .m = 1,
                  .reward = reward(other.price),
                  .consume = dice_.one_in(5) ? Consume::reward : Consume::both,
                  .lesser = dice_.one_in(2)};
  }

  Shape tiers(const Picked& picked) {
    if (dice_.one_in(4)) {
      const std::int64_t step = picked.price * dice_.between(2, 4);
      return Tiers{.set = picked.set,
                   .by = TierBy::spend,
                   .steps = {{step, Money(step / 10)}, {step * 2, Money(step * 3 / 10)}}};
    }
    const std::int64_t first = dice_.between(2, 3);
    const std::int64_t low = rate();
    return Tiers{.set = picked.set,
                 .by = TierBy::quantity,
                 .steps = {{first, PercentReward{low}}, {first * 2, PercentReward{low + 1'000}}}};
  }

  Shape meal(const Picked& first) {
    MealDeal deal;
    std::int64_t sum = 0;
    for (std::int64_t slot = dice_.between(2, 3); slot > 0; --slot) {
      const Picked picked = slot == 1 ? first : pick();
      deal.slots.push_back({.set = picked.set, .n = 1});
      sum += picked.price;
    }
    if (dice_.one_in(3)) {
      deal.reward = PercentReward{rate()};
    } else {
      deal.reward = Money(reduced(sum));
    }
    return deal;
  }

  void make_basket(Offer& offer, std::size_t number) {
    BasketOffer shape;
    shape.order = static_cast<std::int64_t>(number);
    if (number == 0) {
      shape.threshold = Money(5'000);
      shape.reward = PercentReward{300};
      offer.group = "whole basket";
    } else if (number == 1) {
      shape.threshold = Money(8'000);
      shape.base = ThresholdBase::net;
      shape.reward = Money(500);
      offer.group = "whole basket";
    } else {
      const ShopProduct& product = anchor();
      const std::string* category = word_of(product, 1'000, true);
      if (category != nullptr) shape.scope = all_of(*category).set;
      shape.threshold = Money(dice_.between(10, 40) * 100);
      shape.reward = Money(dice_.between(1, 4) * 50);
    }
    offer.shape = std::move(shape);
  }

  void bind(Offer& offer, std::size_t number) {
    switch (dice_.below(25)) {
      case 0:
      case 1:
        offer.limit = dice_.between(1, 4);
        break;
      case 2:
        offer.coupon = "coupon-" + std::to_string(number);
        break;
      case 3:
        offer.group = "group-" + std::to_string(dice_.below(static_cast<int>(number) / 100 + 1));
        break;
      case 4:
        offer.exclusive = !std::holds_alternative<UnitOffer>(offer.shape);
        break;
      default:
        break;
    }
  }

  const Assortment& assortment_;
  Dice dice_;
  std::map<std::string, std::vector<std::size_t>> by_word_;
};

}  // namespace

std::vector<std::unique_ptr<Offer>> made_offers(const Assortment& assortment, std::size_t count,
                                                std::uint64_t seed) {
  return Maker(assortment, seed).make(count);
}

}  // namespace cartwright::bench
