#include "offers/basket_terms.hpp"

#include <algorithm>
#include <bit>

#include "offers/discount.hpp"

namespace cartwright::offers::search {
namespace {

std::int64_t sum_of(const Problem& problem, std::span<const UnitIndex> scope) {
  std::int64_t sum = 0;
  for (const UnitIndex unit : scope) sum += problem.units[unit].base;
  return sum;
}

// Of so much every amount and every rate above 0 takes something.
constexpr std::int64_t kAnything = 10'000;

std::int64_t taken_by(const Term& term, std::int64_t left) {
  return basket_discount_of(*term.offer, left);
}

}  // namespace

BasketTerms::BasketTerms(const Problem& problem) : problem_(problem) {
  marks_.assign(problem.baskets.empty() ? 0 : problem.units.size(), 0);
  for (std::uint32_t i = 0; i < problem.baskets.size(); ++i) {
    const BasketCandidate& candidate = problem.baskets[i];
    const auto& offer = std::get<BasketOffer>(candidate.offer->shape);
    const std::int64_t list = sum_of(problem, candidate.scope);
    if (list < offer.threshold.minor()) continue;
    if (candidate.coupon && problem.coupons[*candidate.coupon] == 0) continue;
    Term term{.candidate = i,
              .offer = &offer,
              .net = offer.base == ThresholdBase::net,
              .rate = std::holds_alternative<PercentReward>(offer.reward),
              .mandatory = candidate.offer->mandatory,
              .threshold = offer.threshold.minor()};
    if (list == 0 || taken_by(term, kAnything) == 0) continue;  // it takes nothing
    if (terms_.size() == kMostTerms) {
      most_left_out_ += taken_by(term, list);
      continue;
    }
    term.bit = bit_of(candidate);
    terms_.push_back(term);
  }
  std::int64_t all = 0;
  for (const Unit& unit : problem.units) all += unit.base;
  list_.push_back(all);
  relate_scopes();
}

std::uint32_t BasketTerms::bit_of(const BasketCandidate& candidate) {
  const auto known =
      std::ranges::find_if(scopes_, [&](const auto* scope) { return *scope == candidate.scope; });
  const auto bit = static_cast<std::uint32_t>(known - scopes_.begin());
  if (known != scopes_.end()) return bit;
  scopes_.push_back(&candidate.scope);
  for (const UnitIndex unit : candidate.scope) marks_[unit] |= 1U << bit;
  list_.push_back(sum_of(problem_, candidate.scope));
  return bit;
}

void BasketTerms::relate_scopes() {
  within_.assign(scopes_.size(), ~std::uint32_t{0});
  meets_.assign(scopes_.size(), 0);
  for (UnitIndex unit = 0; unit < marks_.size(); ++unit) {
    for (std::uint32_t bit = 0; bit < scopes_.size(); ++bit) {
      if ((marks_[unit] >> bit & 1) == 0) continue;
      within_[bit] &= marks_[unit];
      meets_[bit] |= marks_[unit];
    }
  }
}

std::vector<TermSet> BasketTerms::sets() const {
  std::vector<TermSet> found;
  const auto clashes = [&](TermSet set, std::size_t next) {
    const BasketCandidate& one = problem_.baskets[terms_[next].candidate];
    std::int64_t uses = 1;
    for (std::size_t i = 0; i < next; ++i) {
      if ((set >> i & 1) == 0) continue;
      const BasketCandidate& other = problem_.baskets[terms_[i].candidate];
      if (one.group && one.group == other.group) return true;
      if (one.coupon && one.coupon == other.coupon) ++uses;
    }
    return one.coupon && uses > problem_.coupons[*one.coupon];
  };
  // Where there are many, what nothing speaks against is not declined.
  const bool many = terms_.size() > 8;
  const auto is_plain = [&](std::size_t at) {
    const BasketCandidate& one = problem_.baskets[terms_[at].candidate];
    return !terms_[at].net && !one.group && !one.coupon;
  };
  std::vector<std::pair<std::size_t, TermSet>> open{{0, 0}};
  while (!open.empty()) {
    const auto [at, set] = open.back();
    open.pop_back();
    if (at == terms_.size()) {
      found.push_back(set);
      continue;
    }
    const bool must = (many || terms_[at].mandatory) && is_plain(at);
    const bool can = !clashes(set, at);
    if (!must || !can) open.emplace_back(at + 1, set);
    if (can) open.emplace_back(at + 1, set | TermSet{1} << at);
  }
  return found;
}

std::int64_t BasketTerms::goods(TermSet set, std::span<const std::int64_t> taken) const {
  std::int64_t left = list_.back() - taken.back();
  std::int64_t given[kMostTerms] = {};
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if ((set >> i & 1) == 0) continue;
    const std::uint32_t bit = terms_[i].bit;
    std::int64_t here = list_[bit] - taken[bit];
    for (std::size_t j = 0; j < i; ++j) {
      if (within(terms_[j].bit, bit)) here -= given[j];
    }
    given[i] = taken_by(terms_[i], here);
    left -= given[i];
  }
  return std::max<std::int64_t>(left, 0);
}

bool BasketTerms::holds(TermSet set, std::span<const std::int64_t> taken,
                        const std::vector<bool>& groups,
                        const std::vector<std::int64_t>& coupons) const {
  std::vector<std::int64_t> left = coupons;
  std::vector<bool> used = groups;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if ((set >> i & 1) == 0) continue;
    const BasketCandidate& one = problem_.baskets[terms_[i].candidate];
    if (one.group && used[*one.group]) return false;
    if (one.coupon && --left[*one.coupon] < 0) return false;
    if (one.group) used[*one.group] = true;
  }
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const Term& term = terms_[i];
    const std::int64_t off = term.net ? taken[term.bit] : 0;
    const bool reached = list_[term.bit] - off >= term.threshold;
    if ((set >> i & 1) != 0) {
      if (!reached) return false;
    } else if (term.mandatory && reached) {
      const BasketCandidate& one = problem_.baskets[term.candidate];
      const bool barred = (one.group && used[*one.group]) || (one.coupon && left[*one.coupon] <= 0);
      if (!barred) return false;
    }
  }
  return true;
}

bool BasketTerms::cuts(TermSet set) const {
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if ((set >> i & set >> j & 1) == 0) continue;
      if (!within(terms_[j].bit, terms_[i].bit) && !apart(terms_[j].bit, terms_[i].bit))
        return true;
    }
  }
  return false;
}

std::int64_t BasketTerms::most(TermSet set) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if ((set >> i & 1) != 0) sum += taken_by(terms_[i], list_[terms_[i].bit]);
  }
  return sum;
}

}  // namespace cartwright::offers::search
