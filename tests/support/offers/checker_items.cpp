#include <algorithm>
#include <map>

#include "support/offers/checker_parts.hpp"
#include "support/offers/discounts.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

UnitList rewarded(const Application& application) {
  UnitList units;
  for (const Share& share : application.reward) units.push_back(share.unit);
  return units;
}

UnitList used(const Application& application) {
  UnitList units = rewarded(application);
  units.insert(units.end(), application.qualify.begin(), application.qualify.end());
  std::sort(units.begin(), units.end());
  return units;
}

bool consumes_reward_only(const Offer& offer) {
  const auto* buy_get = std::get_if<BuyGet>(&offer.shape);
  return buy_get != nullptr && buy_get->consume == Consume::reward;
}

// The shares are those of the shape. Pieces of one line cost the same, so which of them takes a
// left-over cent of a bundle is nobody's matter: the amounts are compared by line.
void check_shape(const Problem& problem, const Application& application, Findings& findings) {
  const Candidate& candidate = problem.items[application.candidate];
  const UnitList reward = rewarded(application);
  if (!std::is_sorted(application.qualify.begin(), application.qualify.end()) ||
      !std::is_sorted(reward.begin(), reward.end())) {
    findings.say(*candidate.offer, "lists its units in no order");
  }
  const Discounts expected = discounts_of(problem, candidate, application.qualify, reward);
  if (const auto* fault = std::get_if<std::string>(&expected)) {
    findings.say(*candidate.offer, *fault);
    return;
  }
  std::map<std::uint32_t, std::vector<std::int64_t>> given;
  std::map<std::uint32_t, std::vector<std::int64_t>> due;
  for (std::size_t i = 0; i < reward.size(); ++i) {
    const std::uint32_t line = problem.units[reward[i]].line;
    given[line].push_back(application.reward[i].discount);
    due[line].push_back(std::get<std::vector<std::int64_t>>(expected)[i]);
  }
  for (auto& [line, amounts] : given) {
    std::sort(amounts.begin(), amounts.end());
    std::sort(due[line].begin(), due[line].end());
    if (amounts != due[line]) {
      findings.say(*candidate.offer,
                   "does not take what it should off line " + std::to_string(line));
    }
  }
}

// Exclusive applications share no unit; those of one offer never do.
void check_use(const Problem& problem, const Solution& solution, Findings& findings) {
  std::vector<const Offer*> taken(problem.units.size(), nullptr);
  std::map<const Offer*, std::vector<bool>> of_offer;
  for (const Application& application : solution.items) {
    const Offer& offer = *problem.items[application.candidate].offer;
    auto& own = of_offer[&offer];
    own.resize(problem.units.size(), false);
    for (const UnitIndex unit : used(application)) {
      if (own[unit]) findings.say(offer, "uses unit " + std::to_string(unit) + " twice");
      own[unit] = true;
    }
    if (!offer.exclusive) continue;
    const UnitList exclusive =
        consumes_reward_only(offer) ? rewarded(application) : used(application);
    for (const UnitIndex unit : exclusive) {
      if (taken[unit] != nullptr && taken[unit] != &offer) {
        findings.say(offer, "takes unit " + std::to_string(unit) + ", which the exclusive offer " +
                                taken[unit]->id + " has");
      }
      taken[unit] = &offer;
    }
  }
}

// Where the cheapest of all are rewarded, no rewarded unit costs more than one that qualifies,
// whatever the application.
void check_overall(const Problem& problem, const Solution& solution, Findings& findings) {
  for (const Application& a : solution.items) {
    const Offer& offer = *problem.items[a.candidate].offer;
    const auto* cheapest = std::get_if<CheapestOf>(&offer.shape);
    if (cheapest == nullptr || cheapest->cheapest != CheapestIn::overall) continue;
    for (const Application& b : solution.items) {
      if (a.candidate != b.candidate) continue;
      for (const Share& share : a.reward) {
        for (const UnitIndex unit : b.qualify) {
          if (problem.units[share.unit].base > problem.units[unit].base) {
            findings.say(offer, "rewards unit " + std::to_string(share.unit) +
                                    ", which costs more than unit " + std::to_string(unit) +
                                    " that it uses without reward");
          }
        }
      }
    }
  }
}

void check_order(const Problem& problem, const Solution& solution, Findings& findings) {
  for (std::size_t i = 1; i < solution.items.size(); ++i) {
    const Application& before = solution.items[i - 1];
    const Application& after = solution.items[i];
    const std::string& id = problem.items[after.candidate].offer->id;
    const std::string& id_before = problem.items[before.candidate].offer->id;
    if (id_before > id || (id_before == id && used(before) > used(after))) {
      findings.violations.push_back("the applications are not in order at offer " + id);
    }
  }
}

}  // namespace

void check_items(const Problem& problem, const Solution& solution, Findings& findings) {
  for (const Application& application : solution.items) {
    check_shape(problem, application, findings);
    const Offer& offer = *problem.items[application.candidate].offer;
    for (const Share& share : application.reward) {
      if (share.discount < 0) findings.say(offer, "has a discount below zero");
      findings.left[share.unit] -= share.discount;
    }
  }
  for (std::size_t unit = 0; unit < findings.left.size(); ++unit) {
    if (findings.left[unit] < 0) {
      findings.violations.push_back("the discounts of unit " + std::to_string(unit) +
                                    " exceed its price");
    }
  }
  check_use(problem, solution, findings);
  check_overall(problem, solution, findings);
  check_order(problem, solution, findings);
}

}  // namespace cartwright::judge
