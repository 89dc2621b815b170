#include "support/offers/checker.hpp"

#include <map>
#include <numeric>
#include <set>

#include "support/offers/checker_parts.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

// Limits, coupons and groups, over item and basket offers together.
class Counts {
 public:
  Counts(const Problem& problem, Findings& findings) : problem_(problem), findings_(findings) {}

  template <typename AnyCandidate>
  void count(const AnyCandidate& candidate) {
    const Offer& offer = *candidate.offer;
    const std::int64_t uses = ++uses_[&offer];
    if (offer.limit && uses == *offer.limit + 1) findings_.say(offer, "is used beyond its limit");
    if (std::holds_alternative<Tiers>(offer.shape) && uses == 2) {
      findings_.say(offer, "is used more than once a trip");
    }
    if (candidate.coupon) {
      const std::int64_t spent = ++coupons_[*candidate.coupon];
      if (spent == problem_.coupons.at(*candidate.coupon) + 1) {
        findings_.say(offer, "uses a coupon more often than it was presented");
      }
    }
    if (candidate.group) {
      auto& of_group = groups_[*candidate.group];
      of_group.insert(&offer);
      if (of_group.size() > 1 && uses == 1) {
        findings_.say(offer, "is used beside another offer of its group");
      }
    }
  }

 private:
  const Problem& problem_;
  Findings& findings_;
  std::map<const Offer*, std::int64_t> uses_;
  std::map<std::uint32_t, std::int64_t> coupons_;
  std::map<std::uint32_t, std::set<const Offer*>> groups_;
};

bool indices_hold(const Problem& problem, const Solution& solution, Findings& findings) {
  for (const Application& application : solution.items) {
    if (application.candidate >= problem.items.size()) {
      findings.violations.emplace_back("an application is of an item offer that there is not");
    }
    for (const UnitIndex unit : application.qualify) {
      if (unit >= problem.units.size()) findings.violations.emplace_back("no such unit");
    }
    for (const Share& share : application.reward) {
      if (share.unit >= problem.units.size()) findings.violations.emplace_back("no such unit");
    }
  }
  for (const BasketApplication& application : solution.baskets) {
    if (application.candidate >= problem.baskets.size()) {
      findings.violations.emplace_back("an application is of a basket offer that there is not");
    }
    for (const Share& share : application.shares) {
      if (share.unit >= problem.units.size()) findings.violations.emplace_back("no such unit");
    }
  }
  return findings.violations.empty();
}

}  // namespace

std::vector<std::string> violations(const Problem& problem, const Solution& solution) {
  Findings findings;
  for (const Unit& unit : problem.units) findings.left.push_back(unit.base);
  if (!indices_hold(problem, solution, findings)) return findings.violations;

  Counts counts(problem, findings);
  for (const Application& each : solution.items) counts.count(problem.items[each.candidate]);
  for (const BasketApplication& each : solution.baskets) {
    counts.count(problem.baskets[each.candidate]);
  }
  check_items(problem, solution, findings);
  check_baskets(problem, solution, findings);

  const std::int64_t goods =
      std::accumulate(findings.left.begin(), findings.left.end(), std::int64_t{0});
  if (goods != solution.goods) {
    findings.violations.push_back("goods is given as " + std::to_string(solution.goods) +
                                  " and adds up to " + std::to_string(goods));
  }
  if (solution.bound > solution.goods) {
    findings.violations.push_back("the bound " + std::to_string(solution.bound) +
                                  " is above the goods " + std::to_string(solution.goods));
  }
  return findings.violations;
}

std::string violations_text(const Problem& problem, const Solution& solution) {
  std::string text;
  for (const std::string& violation : violations(problem, solution)) text += violation + "\n";
  return text;
}

}  // namespace cartwright::judge
