#include "support/offers/rivals.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "support/offers/free_units.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;
using Applications = std::vector<Application>;

// What an offer would do next with the units that are free: one application, where the cheapest of
// all are rewarded all of them at once, or none.
class Next {
 public:
  Next(const Problem& problem, const GrowingSelection& selection, std::uint32_t candidate)
      : problem_(problem),
        selection_(selection),
        candidate_(candidate),
        offered_(problem.items[candidate]) {}

  Applications of(const UnitOffer&) const {
    std::optional<Application> best;
    for (const UnitIndex unit : free(0)) {
      auto one = selection_.application(candidate_, {}, {unit});
      if (one && (!best || discount_of(*one) > discount_of(*best))) best = std::move(one);
    }
    return list(std::move(best));
  }

  Applications of(const CheapestOf& offer) const {
    const UnitList units = free(0);
    const auto n = static_cast<std::size_t>(offer.n);
    const auto k = static_cast<std::size_t>(offer.k);
    if (units.size() < n) return {};
    if (offer.cheapest == CheapestIn::per_application) {
      const auto split = units.begin() + static_cast<std::ptrdiff_t>(n - k);
      return list(selection_.application(candidate_, {units.begin(), split},
                                         {split, units.begin() + static_cast<std::ptrdiff_t>(n)}));
    }
    std::size_t count = units.size() / n;
    if (offered_.offer->limit) {
      count = std::min(count, static_cast<std::size_t>(*offered_.offer->limit));
    }
    if (offered_.coupon) count = 1;
    Applications all;
    for (std::size_t i = 0; i < count; ++i) {
      const auto qualify = units.begin() + static_cast<std::ptrdiff_t>(i * (n - k));
      const auto reward = units.begin() + static_cast<std::ptrdiff_t>(count * (n - k) + i * k);
      auto one = selection_.application(candidate_,
                                        {qualify, qualify + static_cast<std::ptrdiff_t>(n - k)},
                                        {reward, reward + static_cast<std::ptrdiff_t>(k)});
      if (one) all.push_back(std::move(*one));
    }
    return all;
  }

  Applications of(const NForPrice& offer) const {
    UnitList units = free(0);
    if (units.size() < static_cast<std::size_t>(offer.n)) return {};
    units.resize(static_cast<std::size_t>(offer.n));
    return list(selection_.application(candidate_, {}, units));
  }

  // The dearest rewards that leave enough to qualify by; these are the cheapest there are.
  Applications of(const BuyGet& offer) const {
    const UnitList get = selection_.free(candidate_, offered_.sets.at(1), true);
    const UnitList buy = selection_.free(candidate_, offered_.sets.at(0), false);
    const auto m = static_cast<std::size_t>(offer.m);
    for (std::size_t from = 0; from + m <= get.size(); ++from) {
      const UnitList reward(get.begin() + static_cast<std::ptrdiff_t>(from),
                            get.begin() + static_cast<std::ptrdiff_t>(from + m));
      UnitList qualify;
      for (auto unit = buy.rbegin(); unit != buy.rend(); ++unit) {
        if (qualify.size() == static_cast<std::size_t>(offer.n)) break;
        if (std::find(reward.begin(), reward.end(), *unit) != reward.end()) continue;
        const bool lesser = problem_.units[*unit].base >= problem_.units[reward.front()].base;
        if (!offer.lesser || lesser) qualify.push_back(*unit);
      }
      auto one = selection_.application(candidate_, std::move(qualify), reward);
      if (one) return list(std::move(one));
    }
    return {};
  }

  // Slot by slot the dearest that is free.
  Applications of(const MealDeal& deal) const {
    UnitList chosen;
    for (std::size_t slot = 0; slot < deal.slots.size(); ++slot) {
      int wanted = deal.slots[slot].n;
      for (const UnitIndex unit : free(slot)) {
        if (wanted == 0) break;
        if (std::find(chosen.begin(), chosen.end(), unit) != chosen.end()) continue;
        chosen.push_back(unit);
        --wanted;
      }
    }
    return list(selection_.application(candidate_, {}, chosen));
  }

  Applications of(const Tiers&) const {
    return list(selection_.application(candidate_, {}, free(0)));
  }

  Applications of(const BasketOffer&) const { return {}; }

 private:
  UnitList free(std::size_t set) const {
    return selection_.free(candidate_, offered_.sets.at(set), true);
  }

  static Applications list(std::optional<Application> one) {
    Applications all;
    if (one) all.push_back(std::move(*one));
    return all;
  }

  const Problem& problem_;
  const GrowingSelection& selection_;
  const std::uint32_t candidate_;
  const Candidate& offered_;
};

Applications next_of(const Problem& problem, const GrowingSelection& selection,
                     std::uint32_t candidate) {
  if (!selection.open(candidate)) return {};
  const Next next(problem, selection, candidate);
  return std::visit([&](const auto& shape) { return next.of(shape); },
                    problem.items[candidate].offer->shape);
}

// Rewarding the cheapest of all is done at once; a second go could reward dearer ones.
bool at_once(const Problem& problem, std::uint32_t candidate) {
  const auto* cheapest = std::get_if<CheapestOf>(&problem.items[candidate].offer->shape);
  return cheapest != nullptr && cheapest->cheapest == CheapestIn::overall;
}

std::vector<std::uint32_t> in_priority(const Problem& problem) {
  std::vector<std::uint32_t> order(problem.items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return problem.items[a].offer->priority < problem.items[b].offer->priority;
  });
  return order;
}

// Discount and units of applications, for averages without division.
struct Value {
  std::int64_t discount = 0;
  std::int64_t units = 0;
  bool above(const Value& other) const { return discount * other.units > other.discount * units; }
};

Value value_of(const Applications& applications) {
  Value value;
  for (const Application& each : applications) {
    value.discount += discount_of(each);
    value.units += static_cast<std::int64_t>(each.qualify.size() + each.reward.size());
  }
  return value;
}

}  // namespace

Solution by_priority(const Problem& problem) {
  GrowingSelection selection(problem);
  for (const std::uint32_t candidate : in_priority(problem)) {
    for (;;) {
      Applications applications = next_of(problem, selection, candidate);
      if (applications.empty()) break;
      for (Application& each : applications) selection.add(std::move(each));
      if (at_once(problem, candidate)) break;
    }
  }
  return selection.finish();
}

Solution by_average_value(const Problem& problem) {
  GrowingSelection selection(problem);
  std::vector<std::uint32_t> order = in_priority(problem);
  for (;;) {
    Applications best;
    Value best_value{.discount = 0, .units = 1};
    for (const std::uint32_t candidate : order) {
      Applications applications = next_of(problem, selection, candidate);
      const Value value = value_of(applications);
      if (!applications.empty() && value.above(best_value)) {
        best = std::move(applications);
        best_value = value;
      }
    }
    if (best.empty()) return selection.finish();
    const std::uint32_t candidate = best.front().candidate;
    for (Application& each : best) selection.add(std::move(each));
    if (at_once(problem, candidate)) std::erase(order, candidate);
  }
}

}  // namespace cartwright::judge
