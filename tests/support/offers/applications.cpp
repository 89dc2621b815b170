#include "support/offers/applications.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "support/offers/discounts.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

// From which units how many qualify and are rewarded.
struct Roles {
  UnitList buy;
  UnitList get;
  std::size_t qualify = 0;
  std::size_t least = 1;  // rewarded
  std::size_t most = 1;
};

UnitList merged(const UnitLists& sets) {
  UnitList all;
  for (const UnitList& set : sets) all.insert(all.end(), set.begin(), set.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Roles roles_of(const Candidate& candidate) {
  Roles roles{.buy = merged(candidate.sets), .get = merged(candidate.sets)};
  const auto reward = [&](int units) {
    roles.least = roles.most = static_cast<std::size_t>(units);
  };
  const Shape& shape = candidate.offer->shape;
  if (const auto* cheapest = std::get_if<CheapestOf>(&shape)) {
    roles.qualify = static_cast<std::size_t>(cheapest->n - cheapest->k);
    reward(cheapest->k);
  } else if (const auto* bundle = std::get_if<NForPrice>(&shape)) {
    reward(bundle->n);
  } else if (const auto* buy_get = std::get_if<BuyGet>(&shape)) {
    roles.buy = candidate.sets.at(0);
    roles.get = candidate.sets.at(1);
    roles.qualify = static_cast<std::size_t>(buy_get->n);
    reward(buy_get->m);
  } else if (const auto* deal = std::get_if<MealDeal>(&shape)) {
    reward(std::accumulate(deal->slots.begin(), deal->slots.end(), 0,
                           [](int sum, const Slot& slot) { return sum + slot.n; }));
  } else if (std::holds_alternative<Tiers>(shape)) {
    roles.most = roles.get.size();
  }
  return roles;
}

// Calls `each` with every choice of `count` of the units; false from it ends the search.
bool choose(const UnitList& units, std::size_t count, std::size_t from, UnitList& chosen,
            const std::function<bool()>& each) {
  if (chosen.size() == count) return each();
  for (std::size_t i = from; i + (count - chosen.size()) <= units.size(); ++i) {
    chosen.push_back(units[i]);
    const bool go_on = choose(units, count, i + 1, chosen, each);
    chosen.pop_back();
    if (!go_on) return false;
  }
  return true;
}

}  // namespace

std::optional<std::vector<Application>> all_applications(const Problem& problem,
                                                         std::uint32_t candidate,
                                                         std::size_t most) {
  const Candidate& offered = problem.items[candidate];
  const Roles roles = roles_of(offered);
  std::vector<Application> found;
  std::size_t tried = 0;
  UnitList reward;
  UnitList qualify;
  const auto judge = [&] {
    if (++tried > most * 20) return false;
    const Discounts discounts = discounts_of(problem, offered, qualify, reward);
    const auto* amounts = std::get_if<std::vector<std::int64_t>>(&discounts);
    if (amounts == nullptr) return true;
    Application application{.candidate = candidate, .qualify = qualify, .reward = {}};
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < reward.size(); ++i) {
      application.reward.push_back({.unit = reward[i], .discount = (*amounts)[i]});
      sum += (*amounts)[i];
    }
    if (sum > 0) found.push_back(std::move(application));
    return found.size() <= most;
  };
  const auto with_qualifying = [&] {
    UnitList rest;
    std::set_difference(roles.buy.begin(), roles.buy.end(), reward.begin(), reward.end(),
                        std::back_inserter(rest));
    return choose(rest, roles.qualify, 0, qualify, judge);
  };
  for (std::size_t units = roles.least; units <= roles.most; ++units) {
    if (!choose(roles.get, units, 0, reward, with_qualifying)) return std::nullopt;
  }
  return found;
}

}  // namespace cartwright::judge
