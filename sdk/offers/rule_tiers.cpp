#include <algorithm>
#include <optional>

#include "offers/discount.hpp"
#include "offers/search_rule.hpp"
#include "offers/shares.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers::search {
namespace {

// One application a trip; its step is chosen with the first unit, and what is taken must reach
// that step, and no higher one that could give less. State: step + 1, then units and list price
// taken, each as far as it matters.
class TiersRule final : public Rule {
 public:
  explicit TiersRule(const Tiers& offer) : offer_(offer), rises_(rises(offer)) {
    for (std::size_t i = 0; i < offer.steps.size(); ++i) {
      const TierStep& step = offer.steps[i];
      const bool last = rises_ || i + 1 == offer.steps.size();
      Limits limits;
      std::int64_t& counted = offer.by == TierBy::quantity ? limits.units : limits.spend;
      // Beyond the last step nothing more is to be known.
      counted = last ? step.at : offer.steps[i + 1].at;
      if (const auto* amount = std::get_if<Money>(&step.reward)) {
        limits.spend = std::max(limits.spend, amount->minor());
      }
      unit_bits_ = std::max(unit_bits_, bits_for(limits.units));
      spend_bits_ = std::max(spend_bits_, bits_for(limits.spend));
      limits_.push_back(limits);
    }
  }

  void look_at(std::span<const Stop> stops) override {
    for (const Stop& one : stops) all_ += one.base * one.count;
  }
  int bits() const override {
    return bits_for(static_cast<std::int64_t>(limits_.size())) + unit_bits_ + spend_bits_;
  }
  void moves(State state, std::int64_t base, std::uint32_t, Moves& out) const override {
    const Open open = unpack(state);
    if (open.step) {
      take(open, *open.step, base, out);
      return;
    }
    for (std::size_t step = 0; step < limits_.size(); ++step) {
      const std::size_t before = out.size();
      take(open, step, base, out);
      if (out.size() > before) out.back().starts = 1;
    }
  }
  bool is_complete(State state) const override {
    const Open open = unpack(state);
    return !open.step || counted(open) >= offer_.steps[*open.step].at;
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    const Open open = unpack(state);
    if (!open.step) return true;
    const std::int64_t missing = offer_.steps[*open.step].at - counted(open);
    if (missing <= 0) return true;
    if (offer_.by == TierBy::quantity) return missing <= ahead.eligible[0];
    return static_cast<Wide>(ahead.eligible[0]) * ahead.price >= missing;
  }
  // An amount counts for each unit, or each minor unit spent, on the way to its step.
  std::int64_t worth(std::int64_t base, std::uint32_t) const override {
    std::int64_t most = 0;
    for (const TierStep& step : offer_.steps) {
      if (const auto* percent = std::get_if<PercentReward>(&step.reward)) {
        most = std::max(most, percent_of(base, percent->bps) * kParts);
      } else {
        const std::int64_t part = offer_.by == TierBy::quantity ? 1 : std::min(base, step.at);
        most = std::max(most, parts_up(std::get<Money>(step.reward).minor(), part, step.at));
      }
    }
    return most;
  }
  std::int64_t credit(State state, const Ahead&) const override {
    const Open open = unpack(state);
    if (!open.step) return 0;
    const TierStep& step = offer_.steps[*open.step];
    const auto* amount = std::get_if<Money>(&step.reward);
    if (amount == nullptr) return 0;
    if (counted(open) >= step.at) return (amount->minor() - amount_of(open)) * kParts;
    return parts_up(amount->minor(), counted(open), step.at);
  }
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    if (taken.empty()) return {};
    std::vector<UnitIndex> units;
    std::int64_t spend = 0;
    for (const Taken& one : taken) {
      units.push_back(one.unit);
      spend += problem.units[one.unit].base;
    }
    const auto count = static_cast<std::int64_t>(units.size());
    const TierStep& step = reached(offer_.by == TierBy::quantity ? count : spend);
    if (const auto* amount = std::get_if<Money>(&step.reward)) {
      return {
          {.qualify = {}, .reward = share_over(std::min(amount->minor(), spend), units, problem)}};
    }
    Application made;
    for (const UnitIndex unit : units) {
      const std::int64_t bps = std::get<PercentReward>(step.reward).bps;
      made.reward.push_back({unit, percent_of(problem.units[unit].base, bps)});
    }
    std::ranges::sort(made.reward, {}, &Share::unit);
    return {made};
  }

 private:
  struct Limits {
    std::int64_t units = 0;
    std::int64_t spend = 0;
  };
  struct Open {
    std::optional<std::size_t> step;
    std::int64_t units = 0;
    std::int64_t spend = 0;
  };

  std::int64_t counted(const Open& open) const {
    return offer_.by == TierBy::quantity ? open.units : open.spend;
  }
  const TierStep& reached(std::int64_t count) const {
    const TierStep* found = &offer_.steps.front();
    for (const TierStep& step : offer_.steps) {
      if (step.at <= count) found = &step;
    }
    return *found;
  }
  // What the amount of its step has given so far.
  std::int64_t amount_of(const Open& open) const {
    if (!open.step || counted(open) < offer_.steps[*open.step].at) return 0;
    const auto* amount = std::get_if<Money>(&offer_.steps[*open.step].reward);
    return amount == nullptr ? 0 : std::min(amount->minor(), open.spend);
  }
  void take(const Open& before, std::size_t step, std::int64_t base, Moves& out) const {
    const Limits& limits = limits_[step];
    Open open{.step = step, .units = before.units + 1, .spend = before.spend + base};
    const bool is_last = rises_ || step + 1 == offer_.steps.size();
    if (!is_last && counted(open) >= offer_.steps[step + 1].at) return;
    open.units = std::min(open.units, limits.units);
    open.spend = std::min(open.spend, limits.spend);
    Move move{.next = pack(open)};
    if (const auto* percent = std::get_if<PercentReward>(&offer_.steps[step].reward)) {
      move.gain = move.discount = percent_of(base, percent->bps);
    } else {
      const auto amount = std::get<Money>(offer_.steps[step].reward).minor();
      move.gain = amount_of(open) - amount_of(before);
      move.discount = least_off(amount, base);
      move.known = false;
    }
    out.push_back(move);
  }
  // Of the amount, where every unit that there is shares it.
  std::int64_t least_off(std::int64_t amount, std::int64_t base) const {
    if (all_ <= 0) return 0;
    return least_share(std::min(amount, all_), base, all_);
  }
  Open unpack(State state) const {
    const State step = state >> (unit_bits_ + spend_bits_);
    if (step == 0) return {};
    return {
        .step = static_cast<std::size_t>(step - 1),
        .units = static_cast<std::int64_t>(state & ((State{1} << unit_bits_) - 1)),
        .spend = static_cast<std::int64_t>(state >> unit_bits_ & ((State{1} << spend_bits_) - 1))};
  }
  State pack(const Open& open) const {
    return (static_cast<State>(*open.step + 1) << spend_bits_ | static_cast<State>(open.spend))
               << unit_bits_ |
           static_cast<State>(open.units);
  }

  // Whether no step gives less than the one before: then it does no harm to reach a higher one.
  static bool rises(const Tiers& offer) {
    for (std::size_t i = 1; i < offer.steps.size(); ++i) {
      const auto& before = offer.steps[i - 1].reward;
      const auto& after = offer.steps[i].reward;
      if (before.index() != after.index()) return false;
      if (const auto* amount = std::get_if<Money>(&before)) {
        if (std::get<Money>(after) < *amount) return false;
      } else if (std::get<PercentReward>(after).bps < std::get<PercentReward>(before).bps) {
        return false;
      }
    }
    return true;
  }

  const Tiers& offer_;
  bool rises_;
  std::vector<Limits> limits_;
  std::int64_t all_ = 0;  // what all units cost
  int unit_bits_ = 0;
  int spend_bits_ = 0;
};

}  // namespace

std::unique_ptr<Rule> make_tiers_rule(const Tiers& offer) {
  return std::make_unique<TiersRule>(offer);
}

}  // namespace cartwright::offers::search
