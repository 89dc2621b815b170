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

// An empty list lets everybody in.
bool admits(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return all.empty() || all == some;
}

bool admits(const When& all, const When& some) {
  const auto spans = [](const When& when) {
    std::vector<std::pair<int, int>> hours;
    for (const Hours& span : when.hours) hours.emplace_back(span.from, span.to);
    return hours;
  };
  return (!all.from || (some.from && *all.from <= *some.from)) &&
         (!all.to || (some.to && *all.to >= *some.to)) &&
         (all.days.empty() || all.days == some.days) &&
         (all.hours.empty() || spans(all) == spans(some));
}

bool admits(const Offer& all, const Offer& some) {
  return admits(all.when, some.when) && admits(all.stores, some.stores) &&
         admits(all.zones, some.zones) && admits(all.segments, some.segments) &&
         (!all.member || all.member == some.member);
}

bool is_free(const Offer& offer) {
  return offer.group.empty() && !offer.limit && offer.coupon.empty();
}

// Below 0 where `a` gives less than `b`, 0 where they give the same, above where more; nothing
// where it depends on prices.
using Comparison = std::optional<std::int64_t>;

struct Compare {
  Comparison operator()(const UnitOffer& a, const UnitOffer& b) const {
    if (a.reward.index() != b.reward.index()) return std::nullopt;
    if (const auto* percent = std::get_if<PercentReward>(&a.reward)) {
      return percent->bps - std::get<PercentReward>(b.reward).bps;
    }
    if (const auto* amount = std::get_if<AmountReward>(&a.reward)) {
      return amount->off.minor() - std::get<AmountReward>(b.reward).off.minor();
    }
    return std::get<PriceReward>(b.reward).price.minor() -
           std::get<PriceReward>(a.reward).price.minor();
  }
  Comparison operator()(const CheapestOf& a, const CheapestOf& b) const {
    if (a.n != b.n || a.k != b.k || a.cheapest != b.cheapest) return std::nullopt;
    return a.bps - b.bps;
  }
  Comparison operator()(const NForPrice& a, const NForPrice& b) const {
    if (a.n != b.n) return std::nullopt;
    return b.price.minor() - a.price.minor();
  }
  template <typename A, typename B>
  Comparison operator()(const A&, const B&) const {
    return std::nullopt;
  }
};

std::string_view a_word_of(const ProductSet& set) {
  if (!set.products.empty()) return set.products.front();
  return set.categories.empty() ? std::string_view() : std::string_view(set.categories.front());
}

}  // namespace

bool always_loses(const Offer& loser, const Offer& winner) {
  if (!loser.exclusive || !winner.exclusive || loser.mandatory || winner.mandatory) return false;
  if (!is_free(winner) || !admits(winner, loser)) return false;
  const Comparison gives = std::visit(Compare{}, winner.shape, loser.shape);
  if (!gives || *gives < 0) return false;
  const bool first = std::tie(winner.priority, winner.id) < std::tie(loser.priority, loser.id);
  return (*gives > 0 || first) &&
         covers(*sets_of(winner.shape).front(), *sets_of(loser.shape).front());
}

std::vector<std::optional<std::size_t>> dominating(std::span<const Offer> offers) {
  // A winner's set holds any word of the loser's or a path above it, or it is everything: the empty
  // word.
  std::multimap<std::string_view, std::size_t> by_word;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const auto sets = sets_of(offers[i].shape);
    if (sets.size() != 1 || sets.front() == nullptr) continue;
    const ProductSet& set = *sets.front();
    for (const auto* words : {&set.products, &set.categories}) {
      for (const std::string& word : *words) by_word.emplace(word, i);
    }
    if (is_everything(set)) by_word.emplace(std::string_view(), i);
  }
  std::vector<std::optional<std::size_t>> result(offers.size());
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const auto sets = sets_of(offers[i].shape);
    if (sets.size() != 1 || sets.front() == nullptr) continue;
    // Down to the empty word.
    for (std::string_view word = a_word_of(*sets.front());; word = parent_of(word)) {
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
