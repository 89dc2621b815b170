#include "offers/basket_choice.hpp"

#include <algorithm>
#include <map>

#include "offers/discount.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers {
namespace {

// More basket offers than this are not tried in every combination.
constexpr std::size_t kMostTried = 14;

std::int64_t sum_over(const std::vector<UnitIndex>& scope, const std::vector<std::int64_t>& of) {
  std::int64_t sum = 0;
  for (const UnitIndex unit : scope) sum += of[unit];
  return sum;
}

// What one basket offer takes when `left` is what its units still cost.
std::int64_t taken_by(const BasketOffer& offer, std::int64_t left) {
  if (const auto* amount = std::get_if<Money>(&offer.reward))
    return std::min(amount->minor(), left);
  if (const auto* rate = std::get_if<PercentReward>(&offer.reward))
    return percent_of(left, rate->bps);
  return 0;
}

class Choice {
 public:
  Choice(const Problem& problem, const Solution& solution) : problem_(problem) {
    for (const Unit& unit : problem.units) base_.push_back(unit.base);
    net_ = base_;
    groups_.assign(problem.groups, false);
    coupons_ = problem.coupons;
    for (const Application& one : solution.items) {
      for (const Share& share : one.reward) net_[share.unit] -= share.discount;
      const Candidate& candidate = problem.items[one.candidate];
      if (candidate.group) groups_[*candidate.group] = true;
    }
    for (const Application& one : solution.items) {
      if (const auto coupon = problem.items[one.candidate].coupon) --coupons_[*coupon];
    }
    for (std::uint32_t i = 0; i < problem.baskets.size(); ++i) {
      if (reaches(problem.baskets[i])) reached_.push_back(i);
    }
  }

  std::vector<BasketApplication> best() {
    try_from(0, net_);
    return best_;
  }
  std::int64_t best_sum() const { return best_sum_; }

 private:
  bool reaches(const BasketCandidate& one) const {
    const auto& offer = std::get<BasketOffer>(one.offer->shape);
    const bool net = offer.base == ThresholdBase::net;
    return sum_over(one.scope, net ? net_ : base_) >= offer.threshold.minor();
  }

  // Offers take in their order; each may be declined unless it is mandatory.
  void try_from(std::size_t at, const std::vector<std::int64_t>& left) {
    if (at == reached_.size()) {
      if (sum_ > best_sum_ || (sum_ == best_sum_ && chosen_.size() < best_.size()) || !any_) {
        any_ = true;
        best_ = chosen_;
        best_sum_ = sum_;
      }
      return;
    }
    const BasketCandidate& one = problem_.baskets[reached_[at]];
    const bool free =
        (!one.group || !groups_[*one.group]) && (!one.coupon || coupons_[*one.coupon] > 0);
    if (free) take(at, one, left);
    if (!free || (!one.offer->mandatory && at < kMostTried)) try_from(at + 1, left);
  }

  void take(std::size_t at, const BasketCandidate& one, std::vector<std::int64_t> left) {
    const auto& offer = std::get<BasketOffer>(one.offer->shape);
    const std::int64_t amount = taken_by(offer, sum_over(one.scope, left));
    BasketApplication made{reached_[at], shares(amount, one.scope, left)};
    for (const Share& share : made.shares) left[share.unit] -= share.discount;
    chosen_.push_back(std::move(made));
    sum_ += amount;
    if (one.group) groups_[*one.group] = true;
    if (one.coupon) --coupons_[*one.coupon];
    try_from(at + 1, left);
    if (one.group) groups_[*one.group] = false;
    if (one.coupon) ++coupons_[*one.coupon];
    sum_ -= amount;
    chosen_.pop_back();
  }

  // Over lines, by what is left of them in the scope; in a line the first units give first.
  std::vector<Share> shares(std::int64_t amount, const std::vector<UnitIndex>& scope,
                            const std::vector<std::int64_t>& left) const {
    Problem lines;
    std::map<std::uint32_t, UnitIndex> index;  // by line
    std::vector<UnitIndex> all;
    for (const UnitIndex unit : scope) {
      const auto [at, is_new] =
          index.try_emplace(problem_.units[unit].line, static_cast<UnitIndex>(lines.units.size()));
      if (is_new) {
        all.push_back(at->second);
        lines.units.push_back(problem_.units[unit]);
        lines.units.back().base = 0;
      }
      lines.units[at->second].base += left[unit];
    }
    std::vector<Share> by_line = share_over(amount, all, lines);
    std::vector<Share> made;
    for (const UnitIndex unit : scope) {
      Share& line = by_line[index.at(problem_.units[unit].line)];
      const std::int64_t part = std::min(line.discount, left[unit]);
      line.discount -= part;
      if (part > 0) made.push_back({unit, part});
    }
    return made;
  }

  const Problem& problem_;
  std::vector<std::int64_t> base_;
  std::vector<std::int64_t> net_;
  std::vector<bool> groups_;
  std::vector<std::int64_t> coupons_;
  std::vector<std::uint32_t> reached_;
  std::vector<BasketApplication> chosen_;
  std::vector<BasketApplication> best_;
  std::int64_t sum_ = 0;
  std::int64_t best_sum_ = 0;
  bool any_ = false;
};

}  // namespace

void choose_basket_offers(const Problem& problem, Solution& solution) {
  if (problem.baskets.empty()) return;
  Choice choice(problem, solution);
  solution.baskets = choice.best();
  solution.goods -= choice.best_sum();
  for (const BasketCandidate& one : problem.baskets) {
    std::int64_t list = 0;
    for (const UnitIndex unit : one.scope) list += problem.units[unit].base;
    solution.bound -= taken_by(std::get<BasketOffer>(one.offer->shape), list);
  }
  solution.bound = std::max<std::int64_t>(solution.bound, 0);
}

}  // namespace cartwright::offers
