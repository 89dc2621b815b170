#include "offers/lowest_grouping.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <iterator>

#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

// More groupings than this are not tried for one application.
constexpr int kMostTried = 256;

// The units of a class that are not grouped yet, the lowest keys first. Any of them serves any of
// the sets that the class is taken for.
struct Pool {
  std::vector<UnitIndex> units;
  std::vector<std::uint32_t> sets;   // by set: how many of them serve it
  std::vector<std::uint32_t> taken;  // of these, for the application that is being made
  std::uint32_t used = 0;            // taken in all
};

// Where the offer orders its units, no reward is dearer than a unit that qualifies for it.
bool is_allowed(const Problem& problem, const Shape& shape, const Application& one) {
  const auto* buy_get = std::get_if<BuyGet>(&shape);
  const bool orders =
      buy_get != nullptr ? buy_get->lesser : std::holds_alternative<CheapestOf>(shape);
  if (!orders) return true;
  return std::ranges::all_of(one.qualify, [&](UnitIndex unit) {
    return std::ranges::all_of(one.reward, [&](const Share& share) {
      return problem.units[share.unit].base <= problem.units[unit].base;
    });
  });
}

// The lowest and the highest key of an application.
struct Keys {
  std::uint32_t lowest = ~std::uint32_t{0};
  std::uint32_t highest = 0;
  void add(std::uint32_t rank) {
    lowest = std::min(lowest, rank);
    highest = std::max(highest, rank);
  }
};

Keys keys_of(const Problem& problem, const Application& one) {
  Keys keys;
  for (const UnitIndex unit : one.qualify) keys.add(problem.units[unit].rank);
  for (const Share& share : one.reward) keys.add(problem.units[share.unit].rank);
  return keys;
}

// No grouping of these units can come before: each application has the lowest keys that those
// before it leave.
bool is_lowest(const Problem& problem, const std::vector<Application>& all) {
  boost::container::small_vector<Keys, 16> keys;
  for (const Application& one : all) keys.push_back(keys_of(problem, one));
  std::ranges::sort(keys, {}, &Keys::lowest);
  return std::ranges::adjacent_find(keys, [](const Keys& before, const Keys& after) {
           return after.lowest < before.highest;
         }) == keys.end();
}

class Grouping {
 public:
  Grouping(const Problem& problem, const Component& component, const Rule& rule,
           std::span<const Placed> uses)
      : problem_(problem), rule_(rule), shape_(problem.items[uses.front().candidate].offer->shape) {
    std::uint32_t sets = 0;
    for (const Placed& one : uses) sets = std::max(sets, one.set + 1U);
    std::uint32_t at = ~std::uint32_t{0};
    for (const Placed& one : uses) {
      if (one.at != at) pools_.push_back({{}, Counts(sets, 0), Counts(sets, 0), 0});
      at = one.at;
      pools_.back().units.push_back(component.classes[at].units[one.position]);
      ++pools_.back().sets[one.set];
    }
    needs_.assign(sets, 0);
    for (const Pool& pool : pools_) {
      for (std::uint32_t set = 0; set < sets; ++set) needs_[set] += pool.sets[set];
    }
  }

  // `rest`: all of them in runs.
  std::vector<Application> make(std::vector<Application> rest) {
    if (!has_even_needs(rest.size())) return rest;
    std::vector<Application> made;
    while (rest.size() > 1 && !is_lowest(problem_, rest)) {
      wanted_ = {discount_of(rest), rest.size()};
      tried_ = 0;
      if (!choose({})) break;
      made.push_back(std::move(first_));
      rest = std::move(rest_);
    }
    std::ranges::move(rest, std::back_inserter(made));
    return made;
  }

 private:
  using Counts = std::vector<std::uint32_t>;

  // Every application has as many units of each set as any other.
  bool has_even_needs(std::size_t applications) {
    const auto count = static_cast<std::uint32_t>(applications);
    size_ = 0;
    for (std::uint32_t& one : needs_) {
      if (one % count != 0) return false;
      one /= count;
      size_ += one;
    }
    return size_ > 1;
  }

  // The last unit that was taken: units are taken by key, pool and set.
  struct Last {
    std::uint32_t rank = 0;
    std::size_t pool = 0;
    std::size_t set = 0;
    auto operator<=>(const Last&) const = default;
  };

  // Takes the units of the next application one by one, the lowest keys first, until the rest can
  // still gain what is missing; then they are gone. False where that can not be.
  bool choose(const Last& last) {
    if (size_ == 0) return try_it();
    std::vector<Last> next;
    for (std::size_t at = 0; at < pools_.size(); ++at) {
      const Pool& pool = pools_[at];
      if (pool.used == pool.units.size()) continue;
      const std::uint32_t rank = problem_.units[pool.units[pool.used]].rank;
      for (std::size_t set = 0; set < needs_.size(); ++set) {
        const Last one{rank, at, set};
        const bool is_left = needs_[set] > 0 && pool.taken[set] < pool.sets[set];
        const bool follows = at == last.pool ? set >= last.set : one > last;
        if (is_left && follows) next.push_back(one);
      }
    }
    std::ranges::sort(next);
    for (const Last& one : next) {
      // The lowest key of all is in the application that comes first.
      if (is_first() && one.rank > next.front().rank) return false;
      take(one, true);
      if (choose(one)) return true;
      take(one, false);
      if (tried_ > kMostTried) return false;
    }
    return false;
  }

  bool is_first() const {
    return std::ranges::all_of(pools_, [](const Pool& pool) { return pool.used == 0; });
  }

  void take(const Last& one, bool in) {
    Pool& pool = pools_[one.pool];
    in ? ++pool.used : --pool.used;
    in ? ++pool.taken[one.set] : --pool.taken[one.set];
    in ? --needs_[one.set] : ++needs_[one.set];
    in ? --size_ : ++size_;
  }

  bool try_it() {
    if (++tried_ > kMostTried) return false;
    std::vector<Taken> units;
    for (const Pool& pool : pools_) {
      std::size_t next = 0;
      for (std::size_t set = 0; set < pool.taken.size(); ++set) {
        for (std::uint32_t i = 0; i < pool.taken[set]; ++i) {
          units.push_back({pool.units[next++], static_cast<std::uint8_t>(set)});
        }
      }
    }
    std::vector<Application> one = rule_.assemble(units, problem_);
    if (one.size() != 1 || !is_allowed(problem_, shape_, one.front())) return false;
    std::vector<Application> rest = rule_.assemble(left(), problem_);
    if (rest.size() + 1 != wanted_.applications) return false;
    if (discount_of(one) + discount_of(rest) != wanted_.gain) return false;
    for (const Application& each : rest) {
      if (!is_allowed(problem_, shape_, each)) return false;
    }
    first_ = std::move(one.front());
    rest_ = std::move(rest);
    go_on();
    return true;
  }

  // What was taken is gone.
  void go_on() {
    for (Pool& pool : pools_) {
      for (std::size_t set = 0; set < pool.taken.size(); ++set) {
        pool.sets[set] -= pool.taken[set];
        needs_[set] += pool.taken[set];
        pool.taken[set] = 0;
      }
      pool.units.erase(pool.units.begin(), pool.units.begin() + pool.used);
      size_ += pool.used;
      pool.used = 0;
    }
  }

  // What is not taken, dearest first.
  std::vector<Taken> left() const {
    std::vector<Taken> units;
    for (const Pool& pool : pools_) {
      std::size_t next = pool.used;
      for (std::size_t set = 0; set < pool.sets.size(); ++set) {
        for (std::uint32_t i = pool.taken[set]; i < pool.sets[set]; ++i) {
          units.push_back({pool.units[next++], static_cast<std::uint8_t>(set)});
        }
      }
    }
    return units;
  }

  const Problem& problem_;
  const Rule& rule_;
  const Shape& shape_;
  std::vector<Pool> pools_;  // the dearest class first
  Counts needs_;             // by set: units that the application still wants
  std::uint32_t size_ = 0;   // of them all
  struct {
    std::int64_t gain = 0;
    std::size_t applications = 0;
  } wanted_;
  int tried_ = 0;
  Application first_;              // once found
  std::vector<Application> rest_;  // beside it
};

}  // namespace

std::vector<Application> group_lowest_keys_first(const Problem& problem, const Component& component,
                                                 const Rule& rule, std::span<const Placed> uses,
                                                 std::vector<Application> runs) {
  if (runs.size() < 2 || is_lowest(problem, runs)) return runs;
  return Grouping(problem, component, rule, uses).make(std::move(runs));
}

}  // namespace cartwright::offers::search
