#include "support/offers/free_units.hpp"

#include <algorithm>
#include <numeric>

#include "support/offers/basket_shares.hpp"

namespace cartwright::judge {

using namespace offers;

namespace {

bool consumes_reward_only(const Offer& offer) {
  const auto* buy_get = std::get_if<BuyGet>(&offer.shape);
  return buy_get != nullptr && buy_get->consume == Consume::reward;
}

UnitList units_of(const Application& application) {
  UnitList units = application.qualify;
  for (const Share& share : application.reward) units.push_back(share.unit);
  std::sort(units.begin(), units.end());
  return units;
}

}  // namespace

std::int64_t discount_of(const Application& application) {
  std::int64_t sum = 0;
  for (const Share& share : application.reward) sum += share.discount;
  return sum;
}

GrowingSelection::GrowingSelection(const Problem& problem)
    : problem_(problem),
      exclusive_(problem.units.size(), false),
      used_(problem.items.size(), std::vector<bool>(problem.units.size(), false)),
      uses_(problem.items.size(), 0),
      coupons_(problem.coupons),
      group_users_(problem.groups, nullptr) {
  for (const Unit& unit : problem.units) left_.push_back(unit.base);
}

UnitList GrowingSelection::free(std::uint32_t candidate, const UnitList& set, bool reward) const {
  const Offer& offer = *problem_.items[candidate].offer;
  const bool exclusive = offer.exclusive && (reward || !consumes_reward_only(offer));
  UnitList free;
  for (const UnitIndex unit : set) {
    if (used_[candidate][unit] || (exclusive && exclusive_[unit])) continue;
    free.push_back(unit);
  }
  std::sort(free.begin(), free.end(), [&](UnitIndex a, UnitIndex b) {
    const Unit& one = problem_.units[a];
    const Unit& other = problem_.units[b];
    if (one.base != other.base) return one.base > other.base;
    return one.rank != other.rank ? one.rank < other.rank : a < b;
  });
  return free;
}

bool GrowingSelection::open(std::uint32_t candidate) const {
  const Candidate& offered = problem_.items[candidate];
  if (offered.offer->limit && uses_[candidate] >= *offered.offer->limit) return false;
  if (std::holds_alternative<Tiers>(offered.offer->shape) && uses_[candidate] > 0) return false;
  if (offered.coupon && coupons_[*offered.coupon] < 1) return false;
  if (!offered.group) return true;
  const Offer* user = group_users_[*offered.group];
  return user == nullptr || user == offered.offer;
}

std::optional<Application> GrowingSelection::application(std::uint32_t candidate, UnitList qualify,
                                                         UnitList reward) const {
  std::sort(qualify.begin(), qualify.end());
  std::sort(reward.begin(), reward.end());
  const Discounts discounts = discounts_of(problem_, problem_.items[candidate], qualify, reward);
  const auto* amounts = std::get_if<std::vector<std::int64_t>>(&discounts);
  if (amounts == nullptr) return std::nullopt;
  Application made{.candidate = candidate, .qualify = std::move(qualify), .reward = {}};
  for (std::size_t i = 0; i < reward.size(); ++i) {
    if ((*amounts)[i] > left_[reward[i]]) return std::nullopt;
    made.reward.push_back({.unit = reward[i], .discount = (*amounts)[i]});
  }
  return discount_of(made) > 0 ? std::optional(std::move(made)) : std::nullopt;
}

void GrowingSelection::add(Application application) {
  const std::uint32_t candidate = application.candidate;
  const Candidate& offered = problem_.items[candidate];
  ++uses_[candidate];
  if (offered.coupon) --coupons_[*offered.coupon];
  if (offered.group) group_users_[*offered.group] = offered.offer;
  const bool exclusive = offered.offer->exclusive;
  for (const UnitIndex unit : application.qualify) {
    used_[candidate][unit] = true;
    if (exclusive && !consumes_reward_only(*offered.offer)) exclusive_[unit] = true;
  }
  for (const Share& share : application.reward) {
    used_[candidate][share.unit] = true;
    if (exclusive) exclusive_[share.unit] = true;
    left_[share.unit] -= share.discount;
  }
  solution_.items.push_back(std::move(application));
}

Solution GrowingSelection::finish() {
  const std::vector<std::int64_t> net = left_;
  for (std::uint32_t i = 0; i < problem_.baskets.size(); ++i) {
    const BasketCandidate& candidate = problem_.baskets[i];
    if (reached(problem_, candidate, net) < threshold_of(candidate)) continue;
    if (candidate.coupon && coupons_[*candidate.coupon] < 1) continue;
    if (candidate.group && group_users_[*candidate.group] != nullptr) continue;
    auto by_line = basket_shares(problem_, candidate, left_);
    if (by_line.empty()) continue;
    BasketApplication application{.candidate = i, .shares = {}};
    for (const UnitIndex unit : candidate.scope) {
      std::int64_t& amount = by_line[problem_.units[unit].line];
      const std::int64_t share = std::min(amount, left_[unit]);
      if (share == 0) continue;
      amount -= share;
      left_[unit] -= share;
      application.shares.push_back({.unit = unit, .discount = share});
    }
    solution_.baskets.push_back(std::move(application));
    if (candidate.coupon) --coupons_[*candidate.coupon];
    if (candidate.group) group_users_[*candidate.group] = candidate.offer;
  }
  solution_.goods = std::accumulate(left_.begin(), left_.end(), std::int64_t{0});
  std::sort(solution_.items.begin(), solution_.items.end(),
            [&](const Application& a, const Application& b) {
              return a.candidate != b.candidate ? a.candidate < b.candidate
                                                : units_of(a) < units_of(b);
            });
  return std::move(solution_);
}

}  // namespace cartwright::judge
