#include "offers/nudges.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/rfc3339.hpp"
#include "offers/discount.hpp"
#include "offers/near_misses.hpp"
#include "offers/offer_shapes.hpp"
#include "offers/price_history.hpp"

namespace cartwright::offers {
namespace {

using ProductPointer = std::shared_ptr<const Product>;

// A suggestion may look into the catalog.
constexpr std::size_t kMostSuggestions = 16;

struct Added {
  ProductPointer product;
  std::int64_t units = 0;
  std::int64_t most = 0;  // that single-unit offers and rates take off one
  bool is_suggested = false;
};

bool may_be_added(const Product& product) {
  return product.sold_by == SoldBy::piece && product.discountable;
}

Money price_of(const Product& product, bool member) {
  return member && product.member_price ? *product.member_price : product.price;
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

// What would be added, and what could be saved with it.
struct Plan {
  const Offer* offer = nullptr;
  std::vector<Added> added;
  UseWorth worth;
};

class Trial {
 public:
  Trial(const OfferBook& book, const Basket& basket, const Facts& facts,
        const PriceOptions& options, const SolvedBasket& solved)
      : book_(book),
        basket_(basket),
        facts_(facts),
        options_(options),
        solved_(solved),
        latest_(latest(basket)) {
    options_.explain = false;
    note_single_discounts();
  }

  // The cheapest way to what is missing; nothing where there is none.
  std::optional<Plan> plan(const NearMiss& miss) const {
    Plan plan{.offer = miss.offer, .added = {}, .worth = miss.worth};
    const auto add = [&](const std::optional<Added>& one) {
      if (!one) return false;
      plan.worth.most += one->most * one->units;
      // What is known of a suggestion is its price.
      if (one->is_suggested) plan.worth.likely += one->most * one->units;
      plan.added.push_back(*one);
      return true;
    };
    for (const Lack& lack : miss.lacks) {
      if (!add(lack.units > 0 ? fill(lack) : reach(lack))) return std::nullopt;
    }
    if (!miss.gift.empty()) {
      if (!add(suggested({{miss.gift}, {}, {}}, 1))) return std::nullopt;
    }
    if (plan.worth.most <= 0) return std::nullopt;
    return plan;
  }

  std::optional<Nudge> nudge(const Plan& plan) const {
    Basket more = basket_;
    Nudge nudge{.offer = plan.offer->id, .need = {}, .saves = {}};
    for (const Added& each : plan.added) {
      // No key of a file has a control character in it.
      std::string key = "\x7F" + std::to_string(nudge.need.size());
      more.add({.key = std::move(key),
                .product = each.product,
                .quantity = Units{each.units},
                .at = latest_,
                .override_price = {}});
      nudge.need.push_back({each.product->id, each.units});
    }
    const SolvedBasket then = solve_basket(book_, more, facts_, options_);
    nudge.saves = then.saved() - solved_.saved();
    const bool by_it = then.saved_by(*plan.offer) > solved_.saved_by(*plan.offer);
    if (!by_it || nudge.saves <= Money(0)) return std::nullopt;
    return nudge;
  }

 private:
  // A key by which the first of equal ways is taken.
  using Rank = std::tuple<Money, std::string_view>;

  const ProductPointer& product_of(UnitIndex unit) const {
    return basket_.lines()[solved_.built.problem.units[unit].line].product;
  }

  // What offers of single units and rates on the basket take off a unit, by unit.
  void note_single_discounts() {
    const Problem& problem = solved_.built.problem;
    std::int64_t rates = 0;
    for (const BasketCandidate& one : problem.baskets) {
      const auto* rate =
          std::get_if<PercentReward>(&std::get<BasketOffer>(one.offer->shape).reward);
      if (rate != nullptr) rates += rate->bps;
    }
    std::vector<std::int64_t> exclusive(problem.units.size(), 0);
    single_.assign(problem.units.size(), 0);
    for (const Candidate& one : problem.items) {
      const auto* offer = std::get_if<UnitOffer>(&one.offer->shape);
      if (offer == nullptr) continue;
      for (const UnitIndex unit : one.sets[0]) {
        const std::int64_t off = discount_of(offer->reward, problem.units[unit].base);
        if (one.offer->exclusive) {
          exclusive[unit] = std::max(exclusive[unit], off);
        } else {
          single_[unit] += off;
        }
      }
    }
    for (UnitIndex unit = 0; unit < single_.size(); ++unit) {
      single_[unit] += exclusive[unit] + percent_of(problem.units[unit].base, rates);
    }
    for (const MandatoryUse& use : solved_.built.mandatory) single_[use.unit] += use.discount;
  }

  std::optional<Added> suggested(const ProductSet& set, std::int64_t units) const {
    if (!options_.suggest || suggestions_ == kMostSuggestions) return std::nullopt;
    ++suggestions_;
    ProductPointer product = options_.suggest(set);
    if (const auto at = parse_rfc3339(latest_)) {
      product = at_its_price(std::move(product), facts_.store, at->seconds);
    }
    if (product == nullptr || !may_be_added(*product)) return std::nullopt;
    const std::int64_t price = price_of(*product, basket_.member).minor();
    return Added{std::move(product), units, price, true};
  }

  // So many of the cheapest product that is there, else of the one that is suggested.
  std::optional<Added> fill(const Lack& lack) const {
    std::optional<Added> best;
    std::optional<Rank> best_rank;
    for (const UnitIndex unit : lack.there) {
      const ProductPointer& product = product_of(unit);
      const Rank rank(price_of(*product, basket_.member), product->id);
      if (!may_be_added(*product) || (best_rank && *best_rank <= rank)) continue;
      best_rank = rank;
      best = Added{product, lack.units, single_[unit], false};
    }
    return best ? best : suggested(*lack.set, lack.units);
  }

  // The cheapest way to spend the amount with few units of one product that is there, else of the
  // one that is suggested.
  std::optional<Added> reach(const Lack& lack) const {
    std::optional<Added> best;
    std::optional<Rank> best_rank;
    const auto look_at = [&](const ProductPointer& product, std::int64_t most) {
      const Money price = price_of(*product, basket_.member);
      if (price == Money(0) || !may_be_added(*product)) return;
      const std::int64_t units = (lack.amount.minor() - 1) / price.minor() + 1;
      if (units > kMostNudgedUnits) return;
      const Rank rank(price * units, product->id);
      if (best_rank && *best_rank <= rank) return;
      best_rank = rank;
      best = Added{product, units, most, false};
    };
    for (const UnitIndex unit : lack.there) look_at(product_of(unit), single_[unit]);
    if (best || lack.set == nullptr) return best;
    const auto other = suggested(*lack.set, 1);
    if (other) look_at(other->product, other->most);
    if (best) best->is_suggested = true;
    return best;
  }

  const OfferBook& book_;
  const Basket& basket_;
  const Facts& facts_;
  PriceOptions options_;
  const SolvedBasket& solved_;
  std::string latest_;
  std::vector<std::int64_t> single_;  // by unit
  mutable std::size_t suggestions_ = 0;
};

}  // namespace

std::vector<Nudge> nudges(const OfferBook& book, const Basket& basket, const Facts& facts,
                          const PriceOptions& options, const SolvedBasket& solved) {
  const Trial trial(book, basket, facts, options, solved);
  std::vector<Plan> plans;
  for (const NearMiss& miss : near_misses(book, basket.member, facts, solved.built, solved.net)) {
    if (auto plan = trial.plan(miss)) plans.push_back(std::move(*plan));
  }
  std::sort(plans.begin(), plans.end(), [](const Plan& a, const Plan& b) {
    return std::tie(b.worth.likely, a.offer->id) < std::tie(a.worth.likely, b.offer->id);
  });
  if (plans.size() > kMostTried) plans.resize(kMostTried);
  std::vector<Nudge> found;
  for (const Plan& plan : plans) {
    if (found.size() == options.nudges && Money(plan.worth.most) <= found.back().saves) continue;
    auto nudge = trial.nudge(plan);
    if (!nudge) continue;
    found.push_back(std::move(*nudge));
    std::sort(found.begin(), found.end(), [](const Nudge& a, const Nudge& b) {
      return std::tie(b.saves, a.offer) < std::tie(a.saves, b.offer);
    });
    if (found.size() > options.nudges) found.pop_back();
  }
  return found;
}

}  // namespace cartwright::offers
