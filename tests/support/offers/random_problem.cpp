#include "support/offers/random_problem.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "support/offers/dice.hpp"
#include "support/offers/random_offer.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

class Maker {
 public:
  Maker(std::uint64_t seed, const Size& size) : dice_(seed), size_(size) {}

  RandomProblem make() {
    const std::int64_t products = dice_.between(1, size_.products);
    prices_style_ = dice_.below(4);
    for (std::int64_t i = 0; i < products; ++i) prices_.push_back(price());
    lines();
    // Ids in an order of their own, so that neither kind nor priority follows them.
    const std::int64_t offers = dice_.between(1, size_.offers);
    for (std::int64_t i = 0; i < offers; ++i) item_offer(i);
    const std::int64_t baskets = dice_.between(0, size_.baskets);
    for (std::int64_t i = 0; i < baskets; ++i) basket_offer(i);
    finish();
    return std::move(made_);
  }

 private:
  Problem& problem() { return made_.problem; }

  std::int64_t price() {
    if (dice_.one_in(20)) return 0;
    if (prices_style_ == 0) return dice_.between(1, 9);
    if (prices_style_ == 1) return 50 * dice_.between(1, 6);
    return dice_.between(1, size_.most_price);
  }

  void lines() {
    const auto count = static_cast<std::uint32_t>(dice_.between(1, size_.lines));
    std::vector<std::uint32_t> ranks(count);
    std::iota(ranks.begin(), ranks.end(), 0U);
    for (std::uint32_t i = count; i > 1; --i) {
      std::swap(ranks[i - 1], ranks[static_cast<std::size_t>(dice_.below(i))]);
    }
    for (std::uint32_t line = 0; line < count; ++line) {
      const auto product =
          static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(prices_.size())));
      const bool overridden = dice_.one_in(12);
      const std::int64_t base = overridden ? price() : prices_[product];
      const std::int64_t units = dice_.one_in(6) ? 1 : dice_.between(1, size_.units_of_line);
      for (std::int64_t unit = 0; unit < units; ++unit) {
        problem().units.push_back({.line = line,
                                   .rank = ranks[line],
                                   .product = static_cast<std::uint32_t>(product),
                                   .base = base});
      }
    }
  }

  // A set of products by their numbers, as text and as the units it takes.
  ProductSet set_of(UnitSet& units) {
    const auto products = static_cast<std::int64_t>(prices_.size());
    std::vector<bool> in(prices_.size(), size_.set == 0 && !dice_.one_in(8));
    for (std::int64_t i = dice_.between(1, std::max(size_.set, 1)); i > 0; --i) {
      in[static_cast<std::size_t>(dice_.below(products))] = true;
    }
    ProductSet set;
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (in[i]) set.products.push_back("p" + std::to_string(i));
    }
    for (UnitIndex unit = 0; unit < problem().units.size(); ++unit) {
      if (in[problem().units[unit].product]) units.push_back(unit);
    }
    return set;
  }

  Offer& offer(const char* letter, std::int64_t number) {
    Offer& made = *made_.offers.emplace_back(std::make_unique<Offer>());
    made.id = letter + std::to_string(number);
    made.priority = dice_.below(4);
    if (dice_.one_in(4)) made.limit = dice_.between(1, 3);
    if (dice_.one_in(6)) made.coupon = "C" + std::to_string(dice_.below(2));
    if (dice_.one_in(6)) made.group = "g" + std::to_string(dice_.below(2));
    return made;
  }

  template <typename AnyCandidate>
  void bind(AnyCandidate& candidate) {
    const Offer& offer = *candidate.offer;
    if (!offer.group.empty()) {
      const auto [at, fresh] = groups_.try_emplace(offer.group, problem().groups);
      if (fresh) ++problem().groups;
      candidate.group = at->second;
    }
    if (!offer.coupon.empty()) {
      const auto [at, fresh] =
          coupons_.try_emplace(offer.coupon, static_cast<std::uint32_t>(problem().coupons.size()));
      if (fresh) problem().coupons.push_back(dice_.between(1, 2));
      candidate.coupon = at->second;
    }
  }

  void item_offer(std::int64_t number) {
    Offer& made = offer("o", number);
    made.exclusive = !size_.stackable || !dice_.one_in(4);
    Candidate candidate{.offer = &made, .sets = {}, .group = {}, .coupon = {}};
    const auto next_set = [&] { return set_of(candidate.sets.emplace_back()); };
    made.shape = random_item_shape(dice_, next_set, size_.most_price);
    made.kind = kind_of(made.shape);
    bind(candidate);
    problem().items.push_back(std::move(candidate));
  }

  void basket_offer(std::int64_t number) {
    Offer& made = offer("b", number);
    BasketOffer shape;
    BasketCandidate candidate{.offer = &made, .scope = {}, .group = {}, .coupon = {}};
    const bool all = dice_.one_in(2);
    if (all) {
      candidate.scope.resize(problem().units.size());
      std::iota(candidate.scope.begin(), candidate.scope.end(), 0U);
    } else {
      shape.scope = set_of(candidate.scope);
    }
    // Whole baskets last where scopes may not cross; then one scope alone is a part.
    shape.order = size_.scopes_cross ? dice_.below(3) : (all ? 10 : number);
    std::int64_t list = 0;
    for (const UnitIndex unit : candidate.scope) list += problem().units[unit].base;
    shape.threshold = Money(dice_.below(list + 2));
    shape.base = size_.net && dice_.one_in(2) ? ThresholdBase::net : ThresholdBase::list;
    if (dice_.one_in(2)) {
      shape.reward = Money(dice_.below(list / 2 + 2));
    } else {
      shape.reward = PercentReward{random_rate(dice_)};
    }
    made.shape = shape;
    made.kind = kind_of(made.shape);
    made.mandatory = dice_.one_in(4);
    if (made.mandatory) made.group = made.coupon = "";
    bind(candidate);
    problem().baskets.push_back(std::move(candidate));
  }

  void finish() {
    auto& items = problem().items;
    std::sort(items.begin(), items.end(),
              [](const auto& a, const auto& b) { return a.offer->id < b.offer->id; });
    auto& baskets = problem().baskets;
    const auto order = [](const BasketCandidate& basket) {
      return std::pair{std::get<BasketOffer>(basket.offer->shape).order, basket.offer->id};
    };
    std::sort(baskets.begin(), baskets.end(),
              [&](const auto& a, const auto& b) { return order(a) < order(b); });
  }

  Dice dice_;
  const Size size_;
  RandomProblem made_;
  std::int64_t prices_style_ = 0;
  std::vector<std::int64_t> prices_;
  std::map<std::string, std::uint32_t> groups_;
  std::map<std::string, std::uint32_t> coupons_;
};

}  // namespace

RandomProblem random_problem(std::uint64_t seed, const Size& size) {
  return Maker(seed, size).make();
}

}  // namespace cartwright::judge
