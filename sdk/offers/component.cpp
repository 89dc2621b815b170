#include "offers/component.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>

#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

// Who belongs together: a forest whose trees are joined.
class Forest {
 public:
  explicit Forest(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }
  // The lower root stays, so that the result does not depend on the order of joins.
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parents_;
};

std::int64_t count_of(std::span<const UnitIndex> set) {
  return static_cast<std::int64_t>(set.size());
}

// What the shape makes of the units.
std::int64_t most_by_units(const Candidate& candidate) {
  const Shape& shape = candidate.offer->shape;
  if (const auto* cheapest = std::get_if<CheapestOf>(&shape)) {
    return count_of(candidate.sets[0]) / cheapest->n;
  }
  if (const auto* bundle = std::get_if<NForPrice>(&shape)) {
    return count_of(candidate.sets[0]) / bundle->n;
  }
  if (const auto* buy_get = std::get_if<BuyGet>(&shape)) {
    // A unit that stands in both sets serves one of them.
    std::vector<UnitIndex> both;
    std::ranges::set_intersection(candidate.sets[0], candidate.sets[1], std::back_inserter(both));
    const std::int64_t all =
        count_of(candidate.sets[0]) + count_of(candidate.sets[1]) - count_of(both);
    return std::min({count_of(candidate.sets[0]) / buy_get->n,
                     count_of(candidate.sets[1]) / buy_get->m, all / (buy_get->n + buy_get->m)});
  }
  if (const auto* meal = std::get_if<MealDeal>(&shape)) {
    std::int64_t most = count_of(candidate.sets[0]) / meal->slots[0].n;
    for (std::size_t i = 1; i < meal->slots.size(); ++i) {
      most = std::min(most, count_of(candidate.sets[i]) / meal->slots[i].n);
    }
    return most;
  }
  if (std::holds_alternative<Tiers>(shape)) return candidate.sets[0].empty() ? 0 : 1;
  return count_of(candidate.sets[0]);
}

// Whether the dearest units of a bundle cost more than it.
bool pays(const Candidate& candidate, const Problem& problem) {
  std::int64_t sum = 0;
  const auto add_dearest = [&](std::span<const UnitIndex> set, int n) {
    for (const std::int64_t price : dearest_prices(set, n, problem.units)) sum += price;
  };
  if (const auto* bundle = std::get_if<NForPrice>(&candidate.offer->shape)) {
    add_dearest(candidate.sets[0], bundle->n);
    return sum > bundle->price.minor();
  }
  const auto* meal = std::get_if<MealDeal>(&candidate.offer->shape);
  const auto* price = meal == nullptr ? nullptr : std::get_if<Money>(&meal->reward);
  if (price == nullptr) return true;
  for (std::size_t i = 0; i < meal->slots.size(); ++i) {
    add_dearest(candidate.sets[i], meal->slots[i].n);
  }
  return sum > price->minor();
}

// How candidates tie units together.
enum class Tie : std::uint8_t { bound, local, free };

// By candidate: free; local where it sees one class alone, in which nothing stacks; else bound.
std::vector<Tie> ties_of(const Problem& problem, std::span<const UnitClass> classes) {
  std::vector<Tie> ties(problem.items.size(), Tie::local);
  std::vector<std::uint32_t> home(problem.items.size(), kNone);
  for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
    const Candidate& one = problem.items[i];
    if (is_free(one)) {
      ties[i] = Tie::free;
    } else if (!one.offer->exclusive || one.group || one.coupon) {
      ties[i] = Tie::bound;
    }
  }
  for (std::uint32_t at = 0; at < classes.size(); ++at) {
    const bool stacks = std::ranges::any_of(classes[at].bound, [&](const Eligible& one) {
      return !problem.items[one.candidate].offer->exclusive;
    });
    for (const Eligible& one : classes[at].bound) {
      if (ties[one.candidate] != Tie::local) continue;
      if (stacks || home[one.candidate] != kNone) ties[one.candidate] = Tie::bound;
      home[one.candidate] = at;
    }
  }
  return ties;
}

}  // namespace

Partition::Partition(const Problem& problem, std::span<const std::int64_t> most,
                     std::span<const std::uint32_t> marks) {
  list_eligible(problem, most);
  make_classes(problem, marks);
  sort_eligible(problem);
  fall_apart(problem);
}

std::span<const Eligible> Partition::eligible(UnitIndex unit) const {
  return {pool_.data() + starts_[unit], pool_.data() + starts_[unit + 1]};
}

void Partition::list_eligible(const Problem& problem, std::span<const std::int64_t> most) {
  starts_.assign(problem.units.size() + 2, 0);
  std::vector<std::uint32_t> last(problem.units.size(), kNone);
  for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
    if (most[i] == 0) continue;
    for (const auto& set : problem.items[i].sets) {
      for (const UnitIndex unit : set) {
        if (last[unit] == i) continue;
        last[unit] = i;
        ++starts_[unit + 2];
      }
    }
  }
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  pool_.resize(starts_.back());
  std::ranges::fill(last, kNone);
  for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
    if (most[i] == 0) continue;
    for (std::size_t set = 0; set < problem.items[i].sets.size(); ++set) {
      for (const UnitIndex unit : problem.items[i].sets[set]) {
        std::uint32_t& end = starts_[unit + 1];
        if (last[unit] != i) pool_[end++] = {i, 0};
        last[unit] = i;
        pool_[end - 1].mask |= 1U << set;
      }
    }
  }
}

void Partition::make_classes(const Problem& problem, std::span<const std::uint32_t> marks) {
  const auto mark = [&](UnitIndex unit) { return marks.empty() ? 0 : marks[unit]; };
  units_.reserve(problem.units.size());
  for (UnitIndex unit = 0; unit < problem.units.size(); ++unit) {
    if (starts_[unit] < starts_[unit + 1]) units_.push_back(unit);
  }
  const auto alike = [&](UnitIndex a, UnitIndex b) {
    const Unit& left = problem.units[a];
    const Unit& right = problem.units[b];
    return left.base == right.base && left.product == right.product && mark(a) == mark(b);
  };
  std::ranges::sort(units_, [&](UnitIndex a, UnitIndex b) {
    const Unit& left = problem.units[a];
    const Unit& right = problem.units[b];
    if (left.base != right.base) return left.base > right.base;
    return std::tuple(left.product, mark(a), left.rank, a) <
           std::tuple(right.product, mark(b), right.rank, b);
  });
  const auto same = [&](UnitIndex a, UnitIndex b) {
    return std::ranges::equal(eligible(a), eligible(b));
  };
  classes_.reserve(units_.size());
  for (auto from = units_.begin(); from != units_.end();) {
    const auto to =
        std::find_if_not(from, units_.end(), [&](UnitIndex unit) { return alike(*from, unit); });
    if (!std::all_of(from, to, [&](UnitIndex unit) { return same(*from, unit); })) {
      std::stable_sort(from, to, [&](UnitIndex a, UnitIndex b) {
        return std::ranges::lexicographical_compare(
            eligible(a), eligible(b), [](const Eligible& l, const Eligible& r) {
              return std::tie(l.candidate, l.mask) < std::tie(r.candidate, r.mask);
            });
      });
    }
    while (from != to) {
      const auto end =
          std::find_if_not(from, to, [&](UnitIndex unit) { return same(*from, unit); });
      classes_.push_back({.base = problem.units[*from].base,
                          .mark = mark(*from),
                          .units = {from, end},
                          .bound = eligible(*from),
                          .local = {},
                          .free = {}});
      from = end;
    }
  }
}

void Partition::sort_eligible(const Problem& problem) {
  const std::vector<Tie> ties = ties_of(problem, classes_);
  std::size_t size = 0;
  for (const UnitClass& one : classes_) size += one.bound.size();
  class_pool_.reserve(size);  // spans into it stay
  for (UnitClass& one : classes_) {
    const std::span<const Eligible> all = one.bound;
    const auto pick = [&](Tie tie) {
      const std::size_t from = class_pool_.size();
      for (const Eligible& each : all) {
        if (ties[each.candidate] == tie) class_pool_.push_back(each);
      }
      return std::span<const Eligible>(class_pool_.data() + from, class_pool_.size() - from);
    };
    one.bound = pick(Tie::bound);
    one.local = pick(Tie::local);
    one.free = pick(Tie::free);
  }
}

void Partition::fall_apart(const Problem& problem) {
  Forest forest(problem.items.size());
  std::vector<std::uint32_t> by_group(problem.groups, kNone);
  std::vector<std::uint32_t> by_coupon(problem.coupons.size(), kNone);
  const auto join_through = [&](std::uint32_t& first, std::uint32_t candidate) {
    if (first == kNone) first = candidate;
    forest.join(first, candidate);
  };
  for (const UnitClass& one : classes_) {
    for (const Eligible& each : one.bound) {
      forest.join(one.bound.front().candidate, each.candidate);
      const Candidate& candidate = problem.items[each.candidate];
      if (candidate.group) join_through(by_group[*candidate.group], each.candidate);
      if (candidate.coupon) join_through(by_coupon[*candidate.coupon], each.candidate);
    }
  }
  // Classes that nothing ties to others come last, each by itself.
  const auto place = [&](const UnitClass& one) {
    return one.bound.empty() ? kNone : forest.root(one.bound.front().candidate);
  };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
  order.reserve(classes_.size());
  for (std::uint32_t i = 0; i < classes_.size(); ++i) order.emplace_back(place(classes_[i]), i);
  std::ranges::sort(order);
  std::vector<UnitClass> sorted;
  sorted.reserve(classes_.size());
  for (const auto& [root, at] : order) sorted.push_back(classes_[at]);
  classes_ = std::move(sorted);
  candidates_.reserve(class_pool_.size());
  components_.reserve(classes_.size());
  for (std::size_t from = 0; from < classes_.size();) {
    const std::uint32_t root = order[from].first;
    std::size_t to = from + 1;
    while (root != kNone && to < classes_.size() && order[to].first == root) ++to;
    const std::span<const UnitClass> all(classes_.data() + from, to - from);
    const std::size_t first = candidates_.size();
    for (const UnitClass& one : all) {
      for (const Eligible& each : one.bound) candidates_.push_back(each.candidate);
      for (const Eligible& each : one.local) candidates_.push_back(each.candidate);
    }
    const auto begin = candidates_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, candidates_.end());
    candidates_.erase(std::unique(begin, candidates_.end()), candidates_.end());
    components_.push_back({all, {candidates_.data() + first, candidates_.size() - first}});
    from = to;
  }
}

bool is_free(const Candidate& candidate) {
  return std::holds_alternative<UnitOffer>(candidate.offer->shape) && !candidate.offer->limit &&
         !candidate.group && !candidate.coupon;
}

std::vector<std::int64_t> most_applications(const Problem& problem) {
  std::vector<std::int64_t> most;
  most.reserve(problem.items.size());
  for (const Candidate& one : problem.items) {
    std::int64_t count = most_by_units(one);
    if (one.offer->limit) count = std::min(count, *one.offer->limit);
    if (one.coupon) count = std::min(count, problem.coupons[*one.coupon]);
    if (count > 0 && !pays(one, problem)) count = 0;
    most.push_back(count);
  }
  return most;
}

}  // namespace cartwright::offers::search
