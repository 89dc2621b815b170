#include "support/offers/brute_force.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "support/offers/applications.hpp"
#include "support/offers/basket_shares.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

// What of an application meets other applications.
struct Choice {
  Application application;
  std::vector<bool> used;       // units
  std::vector<bool> exclusive;  // units that no other exclusive application may have
  std::int64_t dearest_reward = 0;
  std::int64_t cheapest_qualifying = std::numeric_limits<std::int64_t>::max();
};

class Search {
 public:
  Search(const Problem& problem, std::size_t most)
      : problem_(problem),
        most_(most),
        coupons_(problem.coupons),
        uses_(problem.items.size(), 0),
        group_users_(problem.groups, nullptr),
        exclusive_(problem.units.size(), false),
        used_(problem.items.size(), std::vector<bool>(problem.units.size(), false)) {
    for (const Unit& unit : problem.units) left_.push_back(unit.base);
  }

  std::optional<Best> run() {
    for (std::uint32_t i = 0; i < problem_.items.size(); ++i) {
      auto applications = all_applications(problem_, i, 5'000);
      if (!applications) return std::nullopt;
      for (Application& application : *applications) choices_.push_back(choice(application));
    }
    if (!extend(0)) return std::nullopt;
    return best_;
  }

 private:
  Choice choice(Application& application) const {
    const Offer& offer = *problem_.items[application.candidate].offer;
    const auto* buy_get = std::get_if<BuyGet>(&offer.shape);
    const bool reward_only = buy_get != nullptr && buy_get->consume == Consume::reward;
    Choice choice{.application = std::move(application),
                  .used = std::vector<bool>(problem_.units.size(), false),
                  .exclusive = std::vector<bool>(problem_.units.size(), false)};
    for (const Share& share : choice.application.reward) {
      choice.used[share.unit] = true;
      choice.exclusive[share.unit] = offer.exclusive;
      choice.dearest_reward = std::max(choice.dearest_reward, problem_.units[share.unit].base);
    }
    for (const UnitIndex unit : choice.application.qualify) {
      choice.used[unit] = true;
      choice.exclusive[unit] = offer.exclusive && !reward_only;
      choice.cheapest_qualifying = std::min(choice.cheapest_qualifying, problem_.units[unit].base);
    }
    return choice;
  }

  // Judges the selection as it stands and each that adds applications from `from` on.
  bool extend(std::size_t from) {
    if (++selections_ > most_) return false;
    baskets(0, left_, {});
    for (std::size_t i = from; i < choices_.size(); ++i) {
      if (!fits(choices_[i])) continue;
      take(choices_[i], true);
      const bool go_on = extend(i + 1);
      take(choices_[i], false);
      if (!go_on) return false;
    }
    return true;
  }

  bool fits(const Choice& choice) const {
    const std::uint32_t candidate = choice.application.candidate;
    const Candidate& offered = problem_.items[candidate];
    if (offered.offer->limit && uses_[candidate] >= *offered.offer->limit) return false;
    if (std::holds_alternative<Tiers>(offered.offer->shape) && uses_[candidate] >= 1) return false;
    if (offered.coupon && coupons_[*offered.coupon] < 1) return false;
    if (offered.group) {
      const Offer* user = group_users_[*offered.group];
      if (user != nullptr && user != offered.offer) return false;
    }
    for (std::size_t unit = 0; unit < problem_.units.size(); ++unit) {
      if (choice.exclusive[unit] && exclusive_[unit]) return false;
      if (choice.used[unit] && used_[candidate][unit]) return false;
    }
    for (const Share& share : choice.application.reward) {
      if (share.discount > left_[share.unit]) return false;
    }
    return cheapest_of_all(choice);
  }

  bool cheapest_of_all(const Choice& choice) const {
    const std::uint32_t candidate = choice.application.candidate;
    const auto* cheapest = std::get_if<CheapestOf>(&problem_.items[candidate].offer->shape);
    if (cheapest == nullptr || cheapest->cheapest != CheapestIn::overall) return true;
    return std::all_of(selected_.begin(), selected_.end(), [&](const Choice* other) {
      return other->application.candidate != candidate ||
             (other->dearest_reward <= choice.cheapest_qualifying &&
              choice.dearest_reward <= other->cheapest_qualifying);
    });
  }

  void take(const Choice& choice, bool in) {
    const std::uint32_t candidate = choice.application.candidate;
    const Candidate& offered = problem_.items[candidate];
    const std::int64_t sign = in ? 1 : -1;
    uses_[candidate] += sign;
    if (offered.coupon) coupons_[*offered.coupon] -= sign;
    if (offered.group && uses_[candidate] == (in ? 1 : 0)) {
      group_users_[*offered.group] = in ? offered.offer : nullptr;
    }
    for (std::size_t unit = 0; unit < problem_.units.size(); ++unit) {
      if (choice.exclusive[unit]) exclusive_[unit] = in;
      if (choice.used[unit]) used_[candidate][unit] = in;
    }
    for (const Share& share : choice.application.reward) left_[share.unit] -= sign * share.discount;
    if (in) {
      selected_.push_back(&choice);
    } else {
      selected_.pop_back();
    }
  }

  // Every feasible choice among the basket offers from `next` on.
  void baskets(std::size_t next, const std::vector<std::int64_t>& remaining,
               std::vector<BasketApplication> applied) {
    if (next == problem_.baskets.size()) {
      judge(remaining, std::move(applied));
      return;
    }
    const BasketCandidate& candidate = problem_.baskets[next];
    const bool possible = reached(problem_, candidate, left_) >= threshold_of(candidate) &&
                          (!candidate.coupon || coupons_[*candidate.coupon] >= 1) &&
                          (!candidate.group || group_users_[*candidate.group] == nullptr);
    // Mandatory ones of a group or with a coupon may yet be shut out by a later one; the checker's
    // rule is applied to the whole.
    const bool open = candidate.group.has_value() || candidate.coupon.has_value();
    if (!possible || !candidate.offer->mandatory || open) baskets(next + 1, remaining, applied);
    if (!possible) return;
    std::vector<std::int64_t> after = remaining;
    BasketApplication application{.candidate = static_cast<std::uint32_t>(next), .shares = {}};
    for (auto [line, amount] : basket_shares(problem_, candidate, remaining)) {
      for (const UnitIndex unit : candidate.scope) {
        const std::int64_t share =
            problem_.units[unit].line == line ? std::min(amount, after[unit]) : 0;
        if (share == 0) continue;
        after[unit] -= share;
        amount -= share;
        application.shares.push_back({.unit = unit, .discount = share});
      }
    }
    std::sort(application.shares.begin(), application.shares.end(),
              [](const Share& a, const Share& b) { return a.unit < b.unit; });
    applied.push_back(std::move(application));
    if (candidate.coupon) --coupons_[*candidate.coupon];
    if (candidate.group) group_users_[*candidate.group] = candidate.offer;
    baskets(next + 1, after, std::move(applied));
    if (candidate.coupon) ++coupons_[*candidate.coupon];
    if (candidate.group) group_users_[*candidate.group] = nullptr;
  }

  // A mandatory offer that was passed over must be shut out by its group or its coupon.
  bool mandatory_apply(const std::vector<BasketApplication>& applied) const {
    for (std::uint32_t i = 0; i < problem_.baskets.size(); ++i) {
      const BasketCandidate& candidate = problem_.baskets[i];
      if (!candidate.offer->mandatory) continue;
      if (std::any_of(applied.begin(), applied.end(),
                      [&](const auto& each) { return each.candidate == i; })) {
        continue;
      }
      const bool shut_out = (candidate.coupon && coupons_[*candidate.coupon] < 1) ||
                            (candidate.group && group_users_[*candidate.group] != nullptr);
      if (!shut_out && reached(problem_, candidate, left_) >= threshold_of(candidate)) return false;
    }
    return true;
  }

  void judge(const std::vector<std::int64_t>& remaining, std::vector<BasketApplication> applied) {
    Solution solution;
    solution.goods = std::accumulate(remaining.begin(), remaining.end(), std::int64_t{0});
    if (best_ && solution.goods > best_->merit.goods) return;
    if (!mandatory_apply(applied)) return;
    for (const Choice* choice : selected_) solution.items.push_back(choice->application);
    solution.baskets = std::move(applied);
    solution.bound = solution.goods;
    solution.states = selections_;
    Merit merit = merit_of(problem_, solution);
    if (!best_ || merit < best_->merit) {
      sort(solution.items);
      best_ = Best{.solution = std::move(solution), .merit = std::move(merit)};
    }
  }

  static void sort(std::vector<Application>& applications) {
    const auto units = [](const Application& application) {
      UnitSet all = application.qualify;
      for (const Share& share : application.reward) all.push_back(share.unit);
      std::sort(all.begin(), all.end());
      return all;
    };
    std::sort(applications.begin(), applications.end(),
              [&](const Application& a, const Application& b) {
                return a.candidate != b.candidate ? a.candidate < b.candidate : units(a) < units(b);
              });
  }

  const Problem& problem_;
  const std::size_t most_;
  std::size_t selections_ = 0;
  std::vector<Choice> choices_;
  std::vector<const Choice*> selected_;
  std::vector<std::int64_t> coupons_;      // still to be had
  std::vector<std::int64_t> uses_;         // of each item offer
  std::vector<const Offer*> group_users_;  // of each group
  std::vector<bool> exclusive_;            // units
  std::vector<std::vector<bool>> used_;    // units, of each item offer
  std::vector<std::int64_t> left_;         // of each unit's price
  std::optional<Best> best_;
};

}  // namespace

std::optional<Best> brute_force(const Problem& problem, std::size_t most) {
  return Search(problem, most).run();
}

}  // namespace cartwright::judge
