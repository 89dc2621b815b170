#include "offers/sweep_digits.hpp"

#include <algorithm>
#include <array>

namespace cartwright::offers::search {
namespace {

std::int64_t base_of(const PlannedClass& one) {
  return one.facts->base * std::ssize(one.facts->units);
}

// What the rules of a component share, or each has for itself: limits, coupons, groups; and what
// is counted for the world outside.
class Sharing {
 public:
  Sharing(const Problem& problem, const Outside& outside, Plan& plan)
      : problem_(problem), outside_(outside), plan_(plan), end_(plan.classes.size()) {}

  void plan() {
    plan_coupons();
    plan_groups();
    plan_tallies();
  }

 private:
  const Candidate& candidate(std::uint32_t rule) const {
    return problem_.items[plan_.rules[rule].candidate];
  }

  template <typename Is>
  std::vector<std::uint32_t> rules_where(const Is& is) const {
    std::vector<std::uint32_t> rules;
    for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
      if (is(candidate(i))) rules.push_back(i);
    }
    return rules;
  }

  void plan_coupons() {
    std::vector<std::uint32_t> seen = outside_.coupons;
    for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
      const auto coupon = candidate(i).coupon;
      if (coupon && std::ranges::find(seen, *coupon) == seen.end()) seen.push_back(*coupon);
    }
    for (const std::uint32_t coupon : seen) {
      const auto rules = rules_where([&](const Candidate& one) { return one.coupon == coupon; });
      const bool asked = std::ranges::find(outside_.coupons, coupon) != outside_.coupons.end();
      // That of one offer alone is a limit of its machine.
      if (asked ? !rules.empty() : rules.size() > 1) {
        add_counter(rules, problem_.coupons[coupon], asked);
      }
      if (asked) coupons_.push_back(rules.empty() ? kNothing : plan_.counters.size() - 1);
    }
  }

  void plan_groups() {
    std::vector<std::uint32_t> seen = outside_.groups;
    for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
      const auto group = candidate(i).group;
      if (group && std::ranges::find(seen, *group) == seen.end()) seen.push_back(*group);
    }
    for (const std::uint32_t group : seen) {
      const auto rules = rules_where([&](const Candidate& one) { return one.group == group; });
      const bool asked = std::ranges::find(outside_.groups, group) != outside_.groups.end();
      const bool binds = rules.size() > 1 || (asked && !rules.empty());
      if (binds) add_group(rules, asked);
      if (asked) groups_.push_back(binds ? plan_.groups.size() - 1 : kNothing);
    }
  }

  void add_group(const std::vector<std::uint32_t>& rules, bool asked) {
    Choice& made = plan_.groups.emplace_back(plan_.groups.get_allocator().resource());
    made.digit.bits = static_cast<std::uint8_t>(bits_for(std::ssize(rules)));
    cover(rules, made.first, made.last);
    if (asked) made.last = end_;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      plan_.rules[rules[i]].group = static_cast<std::uint32_t>(plan_.groups.size());
      plan_.rules[rules[i]].member = i + 1;
    }
  }

  void add_counter(const std::vector<std::uint32_t>& rules, std::int64_t limit, bool asked) {
    std::int64_t possible = 0;
    for (const std::uint32_t rule : rules) {
      for (const auto& set : candidate(rule).sets) possible += std::ssize(set);
    }
    if (limit >= possible && !asked) return;
    Counter& made = plan_.counters.emplace_back();
    made.most = static_cast<std::uint64_t>(std::min(limit, possible));
    made.digit.bits = static_cast<std::uint8_t>(bits_for(std::min(limit, possible)));
    cover(rules, made.first, made.last);
    if (asked) made.last = end_;
    for (const std::uint32_t rule : rules) {
      plan_.rules[rule].counters.push_back(static_cast<std::uint32_t>(plan_.counters.size() - 1));
    }
  }

  void plan_tallies() {
    for (std::uint32_t i = 0; i < outside_.marks.size(); ++i) {
      std::int64_t sum = 0;
      for (PlannedClass& one : plan_.classes) {
        if ((one.facts->mark >> outside_.marks[i] & 1) == 0) continue;
        one.tallies |= 1U << i;
        sum += base_of(one);
      }
      Tally& made = plan_.tallies.emplace_back();
      made.bit = outside_.marks[i];
      made.digit.bits = static_cast<std::uint8_t>(bits_for(sum));
    }
    for (PlannedRule& rule : plan_.rules) rule.whole = (1U << outside_.marks.size()) - 1;
    for (const PlannedClass& one : plan_.classes) {
      for (const Use& use : one.exclusive) plan_.rules[use.rule].whole &= one.tallies;
      for (const Use& use : one.stackable) plan_.rules[use.rule].whole &= one.tallies;
    }
  }

  void cover(const std::vector<std::uint32_t>& rules, std::size_t& first, std::size_t& last) const {
    first = plan_.rules[rules.front()].first;
    for (const std::uint32_t rule : rules) {
      first = std::min(first, plan_.rules[rule].first);
      last = std::max(last, plan_.rules[rule].last);
    }
  }

 public:
  // After all have their places.
  void name_outside() {
    const Digit nothing;
    for (const std::size_t at : groups_) {
      plan_.outside.push_back(at == kNothing ? nothing : plan_.groups[at].digit);
    }
    for (const std::size_t at : coupons_) {
      plan_.outside.push_back(at == kNothing ? nothing : plan_.counters[at].digit);
    }
    for (const Tally& one : plan_.tallies) plan_.outside.push_back(one.digit);
  }

 private:
  static constexpr std::size_t kNothing = ~std::size_t{0};

  const Problem& problem_;
  const Outside& outside_;
  Plan& plan_;
  std::size_t end_;
  std::vector<std::size_t> groups_;   // as asked, into the plan's
  std::vector<std::size_t> coupons_;  // as asked, into the plan's counters
};

// Gives each digit a place that no other needs at the same time.
class Places {
 public:
  bool place(Digit& digit, std::size_t first, std::size_t last) {
    if (digit.bits == 0) return true;
    for (std::uint8_t word = 0; word < kMostWords; ++word) {
      for (int shift = 0; shift + digit.bits <= 64; ++shift) {
        digit.word = word;
        digit.shift = static_cast<std::uint8_t>(shift);
        const auto& taken = taken_[word];
        const auto clash = std::ranges::find_if(taken, [&](const Taken& other) {
          return other.digit.shift < shift + digit.bits &&
                 shift < other.digit.shift + other.digit.bits && other.first <= last &&
                 first <= other.last;
        });
        if (clash == taken.end()) {
          taken_[word].push_back({digit, first, last});
          words_ = std::max<std::size_t>(words_, word + 1U);
          return true;
        }
        shift = clash->digit.shift + clash->digit.bits - 1;
      }
    }
    return false;
  }
  std::size_t words() const { return words_; }

 private:
  struct Taken {
    Digit digit;
    std::size_t first;
    std::size_t last;
  };
  std::array<std::vector<Taken>, kMostWords> taken_;
  std::size_t words_ = 1;
};

void place_digits(Plan& plan) {
  Places places;
  for (Tally& one : plan.tallies) {
    one.is_placed = places.place(one.digit, 0, plan.classes.size());
    if (!one.is_placed) one.digit = {};
    plan.is_whole &= one.is_placed;
  }
  for (PlannedRule& rule : plan.rules) {
    const int bits = rule.machine.bits();
    plan.bits += bits;
    rule.digit.bits = static_cast<std::uint8_t>(std::min(bits, 64));
    rule.is_placed = bits <= 64 && places.place(rule.digit, rule.first, rule.last);
    if (!rule.is_placed) rule.digit = {};
    plan.is_whole &= rule.is_placed;
  }
  for (Counter& one : plan.counters) {
    if (places.place(one.digit, one.first, one.last)) continue;
    one.most = 0;
    one.digit = {};
    plan.is_whole = false;
  }
  for (Choice& one : plan.groups) {
    one.is_placed = places.place(one.digit, one.first, one.last);
    if (!one.is_placed) one.digit = {};
    plan.is_whole &= one.is_placed;
  }
  plan.words = places.words();
}

}  // namespace

void plan_digits(const Problem& problem, const Outside& outside, Plan& plan) {
  Sharing sharing(problem, outside, plan);
  sharing.plan();
  place_digits(plan);
  sharing.name_outside();
}

}  // namespace cartwright::offers::search
