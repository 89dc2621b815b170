#include <algorithm>
#include <optional>

#include "offers/discount.hpp"
#include "offers/search_rule.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

// State: by slot, the units taken beyond those of complete meals. Dearest first, the i-th runs of
// all slots make the i-th meal; the one that could cost less than the price is the last.
class MealRule final : public Rule {
 public:
  MealRule(const MealDeal& offer, std::int64_t most) : offer_(offer) {
    std::int64_t units = 0;
    places_.reserve(offer.slots.size());
    for (const Slot& slot : offer.slots) {
      const int bits = bits_for(slot.n * most);
      places_.push_back({.n = slot.n, .shift = bits_, .mask = (State{1} << bits) - 1});
      bits_ += bits;
      units += slot.n;
    }
    const auto* price = std::get_if<Money>(&offer.reward);
    if (price == nullptr) return;
    price_ = price->minor();
    each_ = *price_ * kParts / units;
  }

  void look_at(std::span<const Stop> stops) override {
    for (std::size_t slot = 0; slot < places_.size(); ++slot) {
      std::int64_t wanted = places_[slot].n;
      for (std::size_t i = stops.size(); i-- > 0 && wanted > 0;) {
        if ((stops[i].mask >> slot & 1) == 0) continue;
        const std::int64_t count = std::min(wanted, stops[i].count);
        least_ += count * stops[i].base;
        wanted -= count;
        places_[slot].dearest = stops[i].base;
      }
    }
  }
  int bits() const override { return bits_; }
  void moves(State state, std::int64_t base, std::uint32_t mask, Moves& out) const override {
    for (std::size_t slot = 0; slot < places_.size(); ++slot) {
      if ((mask >> slot & 1) == 0 || taken(state, slot) == full(slot)) continue;
      out.push_back(move(state, slot, base));
    }
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    std::int64_t meals = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      meals = std::max(meals, (taken(state, i) + places_[i].n - 1) / places_[i].n);
    }
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (meals * places_[i].n - taken(state, i) > ahead.eligible[i]) return false;
    }
    return true;
  }
  std::int64_t worth(std::int64_t base, std::uint32_t mask) const override {
    return mask == 0 ? 0 : std::max<std::int64_t>(0, value(base) - each_);
  }
  std::int64_t credit(State state, const Ahead&) const override {
    std::int64_t open = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) open += taken(state, i);
    return -each_ * open;
  }
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<std::vector<UnitIndex>> by_slot(offer_.slots.size());
    for (const Taken& one : taken) by_slot[one.set].push_back(one.unit);
    const std::size_t meals = by_slot[0].size() / static_cast<std::size_t>(offer_.slots[0].n);
    std::vector<Application> made;
    for (std::size_t meal = 0; meal < meals; ++meal) {
      Shares reward = shares(by_slot, meal, problem);
      if (!reward.empty()) made.push_back({.qualify = {}, .reward = std::move(reward)});
    }
    return made;
  }

 private:
  std::int64_t discount(std::int64_t base) const {
    return percent_of(base, std::get<PercentReward>(offer_.reward).bps);
  }
  // What a unit brings to a meal, in kParts.
  std::int64_t value(std::int64_t base) const { return (price_ ? base : discount(base)) * kParts; }
  std::int64_t taken(State state, std::size_t slot) const {
    return static_cast<std::int64_t>(state >> places_[slot].shift & places_[slot].mask);
  }
  // Of the discount, which is least in a meal of the cheapest units.
  std::int64_t least_off(std::size_t slot, std::int64_t base) const {
    const std::int64_t sum = least_ - places_[slot].dearest + base;
    if (sum <= *price_) return 0;
    return least_share(sum - *price_, base, sum);
  }
  std::int64_t full(std::size_t slot) const {
    return static_cast<std::int64_t>(places_[slot].mask);
  }
  Move move(State state, std::size_t slot, std::int64_t base) const {
    Move made{.set = static_cast<std::uint8_t>(slot)};
    if (slot == 0 && taken(state, 0) % places_[0].n == 0) made.starts = 1;
    state += State{1} << places_[slot].shift;
    bool complete = true;
    for (std::size_t i = 0; i < places_.size(); ++i) complete &= taken(state, i) >= places_[i].n;
    if (complete) {
      for (const Place& one : places_) state -= static_cast<State>(one.n) << one.shift;
    }
    if (price_) {
      made.gain = complete ? base - *price_ : base;
      made.discount = least_off(slot, base);
      made.known = false;
    } else {
      made.gain = made.discount = discount(base);
    }
    made.next = state;
    return made;
  }
  Shares shares(const std::vector<std::vector<UnitIndex>>& by_slot, std::size_t meal,
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
    // Where less may be wanted, one that does not pay can be among them: it is left out.
    if (price_ && sum <= *price_) return {};
    if (price_) return share_over(sum - *price_, units, problem);
    Shares made;
    for (const UnitIndex unit : units) made.push_back({unit, discount(problem.units[unit].base)});
    std::ranges::sort(made, {}, &Share::unit);
    return made;
  }
  // Where a slot's count stands in the state.
  struct Place {
    std::int64_t n;
    int shift;
    State mask;
    std::int64_t dearest = 0;  // of its n cheapest units
  };

  const MealDeal& offer_;
  std::optional<std::int64_t> price_;
  std::int64_t each_ = 0;   // of the price, in kParts
  std::int64_t least_ = 0;  // what a meal of the cheapest units costs
  std::vector<Place> places_;
  int bits_ = 0;
};

}  // namespace

std::unique_ptr<Rule> make_meal_rule(const MealDeal& offer, std::int64_t most) {
  return std::make_unique<MealRule>(offer, most);
}

}  // namespace cartwright::offers::search
