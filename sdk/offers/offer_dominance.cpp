#include "offers/offer_dominance.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "offers/category_path.hpp"
#include "offers/offer_shapes.hpp"

namespace cartwright::offers {
namespace {

bool covers(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

bool is_everything(const ProductSet& set) {
  return set.products.empty() && set.categories.empty();
}

bool covers(const ProductSet& all, const ProductSet& some) {
  if (!covers(some.not_products, all.not_products)) return false;
  if (is_everything(all)) return true;
  return !is_everything(some) && covers(all.products, some.products) &&
         std::all_of(some.categories.begin(), some.categories.end(), [&](const std::string& path) {
           return std::any_of(all.categories.begin(), all.categories.end(),
                              [&](const std::string& above) { return is_within(path, above); });
         });
}

// Whether the first list lets in all that the second does; an empty list lets everybody in.
template <typename Word>
bool admits(const std::vector<Word>& all, const std::vector<Word>& some) {
  if (all.empty()) return true;
  return !some.empty() && std::all_of(some.begin(), some.end(), [&](const Word& word) {
    return std::find(all.begin(), all.end(), word) != all.end();
  });
}

bool admits(const When& all, const When& some) {
  const auto spans = [](const When& when) {
    std::vector<std::pair<int, int>> hours;
    for (const Hours& span : when.hours) hours.emplace_back(span.from, span.to);
    return hours;
  };
  return (!all.from || (some.from && *all.from <= *some.from)) &&
         (!all.to || (some.to && *all.to >= *some.to)) && admits(all.days, some.days) &&
         admits(spans(all), spans(some));
}

bool admits(const Offer& all, const Offer& some) {
  return admits(all.when, some.when) && admits(all.stores, some.stores) &&
         admits(all.zones, some.zones) && admits(all.segments, some.segments) &&
         (!all.member || all.member == some.member);
}

// Whether the winner can still be used wherever the loser is. Of a group one offer is used in a
// trip: where the loser is, a winner of its group is not used up.
bool is_left(const Offer& winner, const Offer& loser) {
  if (winner.group.empty()) return !winner.limit && winner.coupon.empty();
  const bool lasts = !winner.limit || (loser.limit && *winner.limit >= *loser.limit);
  const bool asks_no_more = winner.coupon.empty() ||
                            (winner.coupon == loser.coupon &&
                             (winner.redeem == Redeem::automatic || winner.redeem == loser.redeem));
  return winner.group == loser.group && lasts && asks_no_more;
}

// Below 0 where `a` gives less than `b`, 0 where they give the same, above where more; nothing
// where it depends on prices.
using Comparison = std::optional<std::int64_t>;

Comparison compare(const UnitReward& a, const UnitReward& b) {
  if (a.index() != b.index()) return std::nullopt;
  if (const auto* percent = std::get_if<PercentReward>(&a)) {
    return percent->bps - std::get<PercentReward>(b).bps;
  }
  if (const auto* amount = std::get_if<AmountReward>(&a)) {
    return amount->off.minor() - std::get<AmountReward>(b).off.minor();
  }
  return std::get<PriceReward>(b).price.minor() - std::get<PriceReward>(a).price.minor();
}

// What the tiers give at this count or sum: basis points, or minor units once; 0 below the first.
std::int64_t given_at(const Tiers& tiers, std::int64_t at) {
  std::int64_t given = 0;
  for (const TierStep& step : tiers.steps) {
    if (step.at > at) break;
    const auto* percent = std::get_if<PercentReward>(&step.reward);
    given = percent != nullptr ? percent->bps : std::get<Money>(step.reward).minor();
  }
  return given;
}

bool has_one_kind_of_step(const Tiers& a, const Tiers& b) {
  const std::size_t kind = a.steps.front().reward.index();
  const auto is_it = [&](const TierStep& step) { return step.reward.index() == kind; };
  return std::all_of(a.steps.begin(), a.steps.end(), is_it) &&
         std::all_of(b.steps.begin(), b.steps.end(), is_it);
}

struct Compare {
  Comparison operator()(const UnitOffer& a, const UnitOffer& b) const {
    return compare(a.reward, b.reward);
  }
  Comparison operator()(const CheapestOf& a, const CheapestOf& b) const {
    if (a.n != b.n || a.k != b.k || a.cheapest != b.cheapest) return std::nullopt;
    return a.bps - b.bps;
  }
  Comparison operator()(const NForPrice& a, const NForPrice& b) const {
    if (a.n != b.n) return std::nullopt;
    return b.price.minor() - a.price.minor();
  }
  Comparison operator()(const BuyGet& a, const BuyGet& b) const {
    if (a.n != b.n || a.m != b.m || (a.lesser && !b.lesser)) return std::nullopt;
    if (a.consume == Consume::both && b.consume == Consume::reward) return std::nullopt;
    return compare(a.reward, b.reward);
  }
  Comparison operator()(const MealDeal& a, const MealDeal& b) const {
    const bool same =
        std::equal(a.slots.begin(), a.slots.end(), b.slots.begin(), b.slots.end(),
                   [](const Slot& one, const Slot& other) { return one.n == other.n; });
    if (!same || a.reward.index() != b.reward.index()) return std::nullopt;
    if (const auto* percent = std::get_if<PercentReward>(&a.reward)) {
      return percent->bps - std::get<PercentReward>(b.reward).bps;
    }
    return std::get<Money>(b.reward).minor() - std::get<Money>(a.reward).minor();
  }
  // By the place where they differ least, of those where `b` gives anything.
  Comparison operator()(const Tiers& a, const Tiers& b) const {
    if (a.by != b.by || !has_one_kind_of_step(a, b)) return std::nullopt;
    Comparison least;
    for (const Tiers* steps : {&a, &b}) {
      for (const TierStep& step : steps->steps) {
        if (given_at(b, step.at) == 0) continue;
        const std::int64_t more = given_at(a, step.at) - given_at(b, step.at);
        least = std::min(least.value_or(more), more);
      }
    }
    return least;
  }
  // All basket offers that are no group's apply one behind the other.
  Comparison operator()(const BasketOffer& a, const BasketOffer& b) const {
    if (a.base != b.base || a.order != b.order || a.threshold > b.threshold ||
        a.reward.index() != b.reward.index()) {
      return std::nullopt;
    }
    if (const auto* percent = std::get_if<PercentReward>(&a.reward)) {
      return percent->bps - std::get<PercentReward>(b.reward).bps;
    }
    const auto* amount = std::get_if<Money>(&a.reward);
    if (amount == nullptr) return std::nullopt;
    return amount->minor() - std::get<Money>(b.reward).minor();
  }
  template <typename A, typename B>
  Comparison operator()(const A&, const B&) const {
    return std::nullopt;
  }
};

bool same(const ProductSet& a, const ProductSet& b) {
  return a.products == b.products && a.categories == b.categories &&
         a.not_products == b.not_products;
}

// Whether each set of the winner holds what the loser's does. A basket offer's scope decides what
// its threshold is held against: it must be the same.
bool covers(const Offer& winner, const Offer& loser) {
  const auto all = sets_of(winner.shape);
  const auto some = sets_of(loser.shape);
  const bool is_basket = std::holds_alternative<BasketOffer>(winner.shape);
  if (is_basket && (winner.group.empty() || winner.group != loser.group)) return false;
  return std::equal(all.begin(), all.end(), some.begin(), some.end(),
                    [&](const ProductSet* a, const ProductSet* b) {
                      if (a == nullptr || b == nullptr) return a == b;
                      return is_basket ? same(*a, *b) : covers(*a, *b);
                    });
}

// Whether the winner can take over the loser's units beside its own. Tiers apply once: more units
// must not lower their rate, and an amount is given once for all of them.
bool takes_over(const Offer& winner) {
  const auto* tiers = std::get_if<Tiers>(&winner.shape);
  if (tiers == nullptr || !winner.group.empty()) return true;
  std::int64_t before = 0;
  return std::all_of(tiers->steps.begin(), tiers->steps.end(), [&](const TierStep& step) {
    const auto* percent = std::get_if<PercentReward>(&step.reward);
    if (percent == nullptr || percent->bps < before) return false;
    before = percent->bps;
    return true;
  });
}

// A word by which a set is found; empty where it is everything.
std::string_view a_word_of(const ProductSet& set) {
  if (!set.products.empty()) return set.products.front();
  return set.categories.empty() ? std::string_view() : std::string_view(set.categories.front());
}

}  // namespace

bool always_loses(const Offer& loser, const Offer& winner) {
  if (!loser.exclusive || !winner.exclusive || loser.mandatory || winner.mandatory) return false;
  if (!is_left(winner, loser) || !takes_over(winner) || !admits(winner, loser)) return false;
  const Comparison gives = std::visit(Compare{}, winner.shape, loser.shape);
  if (!gives || *gives < 0) return false;
  const bool first = std::tie(winner.priority, winner.id) < std::tie(loser.priority, loser.id);
  return (*gives > 0 || first) && covers(winner, loser);
}

std::vector<std::optional<std::size_t>> dominating(std::span<const Offer> offers) {
  // A winner's first set holds any word of the loser's or a path above it, or it is everything: the
  // empty word.
  std::multimap<std::string_view, std::size_t> by_word;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const ProductSet* set = sets_of(offers[i].shape).front();
    if (set == nullptr || is_everything(*set)) {
      by_word.emplace(std::string_view(), i);
      continue;
    }
    for (const auto* words : {&set->products, &set->categories}) {
      for (const std::string& word : *words) by_word.emplace(word, i);
    }
  }
  std::vector<std::optional<std::size_t>> result(offers.size());
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const ProductSet* set = sets_of(offers[i].shape).front();
    // Down to the empty word.
    for (std::string_view word = set == nullptr ? std::string_view() : a_word_of(*set);;
         word = parent_of(word)) {
      const auto [first, last] = by_word.equal_range(word);
      for (auto at = first; at != last && !result[i]; ++at) {
        if (at->second != i && always_loses(offers[i], offers[at->second])) result[i] = at->second;
      }
      if (word.empty()) break;
    }
  }
  return result;
}

}  // namespace cartwright::offers
