#include <algorithm>
#include <map>
#include <set>

#include "support/offers/basket_shares.hpp"
#include "support/offers/checker_parts.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

// Which groups, coupons and basket offers the answer uses.
struct Used {
  Used(const Problem& problem, const Solution& solution) : coupons(problem.coupons) {
    for (const Application& each : solution.items) note(problem.items[each.candidate]);
    for (const BasketApplication& each : solution.baskets) {
      note(problem.baskets[each.candidate]);
      baskets.insert(each.candidate);
    }
  }

  template <typename AnyCandidate>
  void note(const AnyCandidate& candidate) {
    if (candidate.group) groups.insert(*candidate.group);
    if (candidate.coupon) --coupons[*candidate.coupon];
  }

  std::set<std::uint32_t> groups;
  std::set<std::uint32_t> baskets;
  std::vector<std::int64_t> coupons;  // still to be had
};

class Baskets {
 public:
  Baskets(const Problem& problem, const Solution& solution, Findings& findings)
      : problem_(problem), solution_(solution), findings_(findings), net_(findings.left) {}

  void check() {
    const Used used(problem_, solution_);
    auto next = solution_.baskets.begin();
    for (std::uint32_t i = 0; i < problem_.baskets.size(); ++i) {
      if (next != solution_.baskets.end() && next->candidate == i) {
        apply(problem_.baskets[i], *next++);
      } else if (used.baskets.count(i) == 0) {
        missing(problem_.baskets[i], used);
      }
    }
    if (next != solution_.baskets.end()) {
      findings_.say(*problem_.baskets[next->candidate].offer,
                    "is used twice or not in ascending (order, id)");
    }
  }

 private:
  void apply(const BasketCandidate& candidate, const BasketApplication& application) {
    const Offer& offer = *candidate.offer;
    if (reached(problem_, candidate, net_) < threshold_of(candidate)) {
      findings_.say(offer, "applies below its threshold");
    }
    std::map<std::uint32_t, std::int64_t> given;
    UnitIndex before = 0;
    for (const Share& share : application.shares) {
      if (!std::binary_search(candidate.scope.begin(), candidate.scope.end(), share.unit)) {
        findings_.say(offer, "takes from a unit outside its scope");
      }
      if (share.unit < before) findings_.say(offer, "lists its shares in no order");
      if (share.discount < 0) findings_.say(offer, "has a share below zero");
      before = share.unit;
      if (share.discount != 0) given[problem_.units[share.unit].line] += share.discount;
    }
    const auto due = basket_shares(problem_, candidate, findings_.left);
    if (given != due) {
      findings_.say(offer, "takes" + by_line(given) + " and should take" + by_line(due));
    }
    for (const Share& share : application.shares) {
      findings_.left[share.unit] -= share.discount;
      if (findings_.left[share.unit] < 0) {
        findings_.say(offer, "takes more off unit " + std::to_string(share.unit) + " than is left");
      }
    }
  }

  static std::string by_line(const std::map<std::uint32_t, std::int64_t>& amounts) {
    std::string text = amounts.empty() ? " nothing" : "";
    for (const auto& [line, amount] : amounts) {
      text += " " + std::to_string(amount) + " off line " + std::to_string(line);
    }
    return text;
  }

  // A mandatory offer that has reached its threshold applies, unless another offer of its group is
  // used or its coupon is spent. One that would take nothing may be left out.
  void missing(const BasketCandidate& candidate, const Used& used) {
    if (!candidate.offer->mandatory) return;
    if (reached(problem_, candidate, net_) < threshold_of(candidate)) return;
    if (candidate.group && used.groups.count(*candidate.group) != 0) return;
    if (candidate.coupon && used.coupons[*candidate.coupon] <= 0) return;
    if (basket_shares(problem_, candidate, findings_.left).empty()) return;
    findings_.say(*candidate.offer, "is mandatory, has reached its threshold and does not apply");
  }

  const Problem& problem_;
  const Solution& solution_;
  Findings& findings_;
  const std::vector<std::int64_t> net_;
};

}  // namespace

void check_baskets(const Problem& problem, const Solution& solution, Findings& findings) {
  Baskets(problem, solution, findings).check();
}

}  // namespace cartwright::judge
