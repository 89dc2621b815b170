#include <algorithm>

#include "offers/discount.hpp"
#include "offers/search_rule.hpp"

namespace cartwright::offers::search {
namespace {

constexpr std::uint32_t kBuys = 1;
constexpr std::uint32_t kGets = 2;

std::int64_t divide_up(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

// A price reward holds only where the unit costs more.
bool may_reward(const UnitReward& reward, std::int64_t discount) {
  return discount > 0 || !std::holds_alternative<PriceReward>(reward);
}

// The units taken, dearest first, as applications of n and m: the i-th runs of each.
std::vector<Application> in_runs(std::span<const UnitIndex> bought, std::span<const UnitIndex> got,
                                 const BuyGet& offer, const Problem& problem) {
  const auto n = static_cast<std::size_t>(offer.n);
  const auto m = static_cast<std::size_t>(offer.m);
  std::vector<Application> made(got.size() / m);
  for (std::size_t i = 0; i < made.size(); ++i) {
    made[i].qualify.assign(bought.begin() + static_cast<std::ptrdiff_t>(i * n),
                           bought.begin() + static_cast<std::ptrdiff_t>(i * n + n));
    for (std::size_t j = i * m; j < i * m + m; ++j) {
      made[i].reward.push_back({got[j], discount_of(offer.reward, problem.units[got[j]].base)});
    }
  }
  return made;
}

// consume both. State: bought units of the open run, then what the rewards are behind (owed) or
// ahead of the complete runs, as 2 x owed or 2 x ahead - 1. With `lesser` the i-th run of rewards
// is no dearer than the i-th bought run exactly if rewards are never ahead where the price falls.
class BuyGetRule final : public Rule {
 public:
  BuyGetRule(const BuyGet& offer, std::int64_t most)
      : offer_(offer), most_owed_(most * offer.m), run_bits_(bits_for(offer.n - 1)) {}

  int bits() const override { return run_bits_ + bits_for(2 * most_owed_); }
  void moves(State state, std::int64_t base, std::uint32_t mask, Moves& out) const override {
    const std::int64_t open = open_of(state);
    const std::int64_t owed = owed_of(state);
    if ((mask & kBuys) != 0) {
      const bool last = open + 1 == offer_.n;
      const std::int64_t after = last ? owed + offer_.m : owed;
      if (after <= most_owed_) {
        out.push_back(
            {.next = pack(last ? 0 : open + 1, after), .set = 0, .starts = open == 0 ? 1U : 0U});
      }
    }
    if ((mask & kGets) != 0 && owed > -most_owed_) {
      const std::int64_t discount = discount_of(offer_.reward, base);
      if (may_reward(offer_.reward, discount)) {
        out.push_back(
            {.next = pack(open, owed - 1), .gain = discount, .discount = discount, .set = 1});
      }
    }
  }
  bool watches_price() const override { return offer_.lesser; }
  bool may_fall(State state, const Ahead&) const override { return owed_of(state) >= 0; }
  bool can_complete(State state, const Ahead& ahead) const override {
    const std::int64_t open = open_of(state);
    const std::int64_t owed = owed_of(state) + (open > 0 ? offer_.m : 0);
    const std::int64_t buys = (open > 0 ? offer_.n - open : 0) +
                              offer_.n * divide_up(std::max<std::int64_t>(0, -owed), offer_.m);
    return buys <= ahead.eligible[0] && owed <= ahead.eligible[1];
  }
  std::int64_t worth(std::int64_t base, std::uint32_t mask) const override {
    return part(base, mask);
  }
  std::int64_t credit(State state, const Ahead& ahead) const override {
    if (!offer_.lesser || state == 0) return 0;
    const std::int64_t most = discount_of(offer_.reward, ahead.price);
    const std::int64_t open = parts_up(most, open_of(state) * offer_.m, offer_.n + offer_.m);
    return std::max<std::int64_t>(
        0, open + parts_up(most, std::max<std::int64_t>(0, owed_of(state)) * offer_.n,
                           offer_.n + offer_.m));
  }
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<UnitIndex> bought;
    std::vector<UnitIndex> got;
    for (const Taken& one : taken) (one.set == 0 ? bought : got).push_back(one.unit);
    return in_runs(bought, got, offer_, problem);
  }

 private:
  // What a unit gains at most: with `lesser` the m rewards get at most m / (n + m) of what all
  // units would.
  std::int64_t part(std::int64_t base, std::uint32_t mask) const {
    const std::int64_t discount = discount_of(offer_.reward, base);
    if (offer_.lesser) return parts_up(discount, offer_.m, offer_.n + offer_.m);
    return (mask & kGets) != 0 ? discount * kParts : 0;
  }
  std::int64_t open_of(State state) const {
    return static_cast<std::int64_t>(state & ((State{1} << run_bits_) - 1));
  }
  std::int64_t owed_of(State state) const {
    const auto coded = static_cast<std::int64_t>(state >> run_bits_);
    return coded % 2 == 0 ? coded / 2 : -(coded / 2) - 1;
  }
  State pack(std::int64_t open, std::int64_t owed) const {
    const std::int64_t coded = owed >= 0 ? 2 * owed : -2 * owed - 1;
    return static_cast<State>(coded) << run_bits_ | static_cast<State>(open);
  }

  const BuyGet& offer_;
  std::int64_t most_owed_;
  int run_bits_;
};

// consume reward: only the rewarded units are used up; the others must merely be there, n for
// each m, and not be rewards of this offer themselves. State: rewards, then those of them that
// could have been bought.
class BuyGetRewardRule final : public Rule {
 public:
  BuyGetRewardRule(const BuyGet& offer, const Candidate& candidate, std::int64_t most)
      : offer_(offer),
        candidate_(candidate),
        most_got_(most * offer.m),
        got_bits_(bits_for(most_got_)) {}

  int bits() const override { return 2 * got_bits_; }
  void moves(State state, std::int64_t base, std::uint32_t mask, Moves& out) const override {
    if ((mask & kGets) == 0) return;
    const std::int64_t discount = discount_of(offer_.reward, base);
    const std::int64_t got = got_of(state) + 1;
    const std::int64_t both = both_of(state) + ((mask & kBuys) != 0 ? 1 : 0);
    const auto buyable = static_cast<std::int64_t>(candidate_.sets[0].size());
    if (got > most_got_ || needed(got, both) > buyable || !may_reward(offer_.reward, discount)) {
      return;
    }
    out.push_back({.next = static_cast<State>(both) << got_bits_ | static_cast<State>(got),
                   .gain = discount,
                   .discount = discount,
                   .set = 1,
                   .starts = got % offer_.m == 1 % offer_.m ? 1U : 0U});
  }
  bool is_complete(State state) const override { return got_of(state) % offer_.m == 0; }
  bool watches_price() const override { return offer_.lesser; }
  bool may_fall(State state, const Ahead& ahead) const override {
    return needed(got_of(state), both_of(state)) <= ahead.seen;
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    return divide_up(got_of(state), offer_.m) * offer_.m - got_of(state) <= ahead.eligible[1];
  }
  std::int64_t worth(std::int64_t base, std::uint32_t mask) const override {
    return part(base, mask);
  }
  std::int64_t credit(State, const Ahead&) const override { return 0; }
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<UnitIndex> got;
    for (const Taken& one : taken) got.push_back(one.unit);
    std::vector<UnitIndex> used(got);
    std::ranges::sort(used);
    std::vector<UnitIndex> bought;
    for (const UnitIndex unit : candidate_.sets[0]) {
      if (!std::ranges::binary_search(used, unit)) bought.push_back(unit);
    }
    std::ranges::stable_sort(bought, [&](UnitIndex a, UnitIndex b) {
      const Unit& left = problem.units[a];
      const Unit& right = problem.units[b];
      return left.base != right.base ? left.base > right.base : left.rank < right.rank;
    });
    return in_runs(bought, got, offer_, problem);
  }

 private:
  std::int64_t part(std::int64_t base, std::uint32_t mask) const {
    return (mask & kGets) != 0 ? discount_of(offer_.reward, base) * kParts : 0;
  }
  std::int64_t got_of(State state) const {
    return static_cast<std::int64_t>(state & ((State{1} << got_bits_) - 1));
  }
  std::int64_t both_of(State state) const { return static_cast<std::int64_t>(state >> got_bits_); }
  // Units of the first set that these rewards need or are.
  std::int64_t needed(std::int64_t got, std::int64_t both) const {
    return offer_.n * divide_up(got, offer_.m) + both;
  }

  const BuyGet& offer_;
  const Candidate& candidate_;
  std::int64_t most_got_;
  int got_bits_;
};

}  // namespace

std::unique_ptr<Rule> make_buy_get_rule(const BuyGet& offer, const Candidate& candidate,
                                        std::int64_t most) {
  if (offer.consume == Consume::reward) {
    return std::make_unique<BuyGetRewardRule>(offer, candidate, most);
  }
  return std::make_unique<BuyGetRule>(offer, most);
}

}  // namespace cartwright::offers::search
