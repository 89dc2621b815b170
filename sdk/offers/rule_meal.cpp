#include <algorithm>

#include "offers/discount.hpp"
#include "offers/search_rule.hpp"
#include "offers/shares.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers::search {
namespace {

// State: by slot, the units taken beyond those of complete meals. Dearest first, the i-th runs of
// all slots make the i-th meal; the one that could cost less than the price is the last.
class MealRule final : public Rule {
 public:
  MealRule(const MealDeal& offer, const Candidate& candidate, const Problem& problem,
           std::int64_t most)
      : offer_(offer) {
    for (const Slot& slot : offer.slots) slot_bits_.push_back(bits_for(slot.n * most));
    if (const auto* price = std::get_if<Money>(&offer.reward)) {
      price_ = price->minor();
      share_price(candidate, problem);
    }
  }

  int bits() const override {
    int sum = 0;
    for (const int bits : slot_bits_) sum += bits;
    return sum;
  }
  void moves(State state, std::int64_t base, std::uint32_t mask,
             std::vector<Move>& out) const override {
    const std::vector<std::int64_t> taken = unpack(state);
    for (std::size_t slot = 0; slot < taken.size(); ++slot) {
      if ((mask >> slot & 1) == 0) continue;
      if (taken[slot] + 1 >= std::int64_t{1} << slot_bits_[slot]) continue;
      out.push_back(move(taken, slot, base));
    }
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    const std::vector<std::int64_t> taken = unpack(state);
    std::int64_t meals = 0;
    for (std::size_t i = 0; i < taken.size(); ++i) {
      meals = std::max(meals, (taken[i] + offer_.slots[i].n - 1) / offer_.slots[i].n);
    }
    for (std::size_t i = 0; i < taken.size(); ++i) {
      if (meals * offer_.slots[i].n - taken[i] > ahead.eligible[i]) return false;
    }
    return true;
  }
  std::int64_t worth(std::int64_t base, std::uint32_t mask) const override {
    if (!price_) return discount(base) * kParts;
    std::int64_t most = 0;
    for (std::size_t slot = 0; slot < each_.size(); ++slot) {
      if ((mask >> slot & 1) != 0) most = std::max(most, base * kParts - each_[slot]);
    }
    return most;
  }
  std::int64_t credit(State state, const Ahead&) const override {
    if (!price_ || state == 0) return 0;
    const std::vector<std::int64_t> taken = unpack(state);
    std::int64_t due = 0;
    for (std::size_t i = 0; i < taken.size(); ++i) due += each_[i] * taken[i];
    return -due;
  }
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<std::vector<UnitIndex>> by_slot(offer_.slots.size());
    for (const Taken& one : taken) by_slot[one.set].push_back(one.unit);
    const std::size_t meals = by_slot[0].size() / static_cast<std::size_t>(offer_.slots[0].n);
    std::vector<Application> made(meals);
    for (std::size_t meal = 0; meal < meals; ++meal)
      made[meal].reward = shares(by_slot, meal, problem);
    return made;
  }

 private:
  std::int64_t discount(std::int64_t base) const {
    return percent_of(base, std::get<PercentReward>(offer_.reward).bps);
  }
  // What a unit of each slot pays of the price, so that a meal pays no more than all of it: by the
  // slots' mean prices, which makes the bound close.
  void share_price(const Candidate& candidate, const Problem& problem) {
    std::vector<std::int64_t> mean;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < offer_.slots.size(); ++i) {
      std::int64_t total = 0;
      for (const UnitIndex unit : candidate.sets[i]) total += problem.units[unit].base;
      mean.push_back(total / std::max<std::int64_t>(1, std::ssize(candidate.sets[i])));
      sum += mean.back() * offer_.slots[i].n;
    }
    for (const std::int64_t one : mean) {
      const Wide part = static_cast<Wide>(*price_) * kParts * one;
      each_.push_back(sum == 0 ? 0 : static_cast<std::int64_t>(part / sum));
    }
  }
  Move move(std::vector<std::int64_t> taken, std::size_t slot, std::int64_t base) const {
    Move made{.set = static_cast<std::uint8_t>(slot)};
    if (slot == 0 && taken[0] % offer_.slots[0].n == 0) made.starts = 1;
    ++taken[slot];
    bool complete = true;
    for (std::size_t i = 0; i < taken.size(); ++i) complete &= taken[i] >= offer_.slots[i].n;
    if (complete) {
      for (std::size_t i = 0; i < taken.size(); ++i) taken[i] -= offer_.slots[i].n;
    }
    if (price_) {
      made.gain = complete ? base - *price_ : base;
      made.known = false;
    } else {
      made.gain = made.discount = discount(base);
    }
    made.next = pack(taken);
    return made;
  }
  std::vector<Share> shares(const std::vector<std::vector<UnitIndex>>& by_slot, std::size_t meal,
                            const Problem& problem) const {
    std::vector<UnitIndex> units;
    std::int64_t sum = 0;
    for (std::size_t slot = 0; slot < by_slot.size(); ++slot) {
      const auto n = static_cast<std::size_t>(offer_.slots[slot].n);
      for (std::size_t i = meal * n; i < meal * n + n; ++i) {
        units.push_back(by_slot[slot][i]);
        sum += problem.units[units.back()].base;
      }
    }
    if (price_) return share_over(sum - *price_, units, problem);
    std::vector<Share> made;
    for (const UnitIndex unit : units) made.push_back({unit, discount(problem.units[unit].base)});
    std::ranges::sort(made, {}, &Share::unit);
    return made;
  }
  std::vector<std::int64_t> unpack(State state) const {
    std::vector<std::int64_t> taken;
    for (const int bits : slot_bits_) {
      taken.push_back(static_cast<std::int64_t>(state & ((State{1} << bits) - 1)));
      state >>= bits;
    }
    return taken;
  }
  State pack(const std::vector<std::int64_t>& taken) const {
    State state = 0;
    for (std::size_t i = taken.size(); i-- > 0;) {
      state = state << slot_bits_[i] | static_cast<State>(taken[i]);
    }
    return state;
  }

  const MealDeal& offer_;
  std::optional<std::int64_t> price_;
  std::vector<int> slot_bits_;
  std::vector<std::int64_t> each_;  // in kParts
};

}  // namespace

std::unique_ptr<Rule> make_meal_rule(const MealDeal& offer, const Candidate& candidate,
                                     const Problem& problem, std::int64_t most) {
  return std::make_unique<MealRule>(offer, candidate, problem, most);
}

}  // namespace cartwright::offers::search
