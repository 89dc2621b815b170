#include "offers/sweep.hpp"

#include <algorithm>

#include "offers/sweep_layer.hpp"
#include "offers/sweep_ways.hpp"

namespace cartwright::offers::search {
namespace {

template <std::size_t Words>
class SweepOf final : public Sweep {
 public:
  SweepOf(Plan& plan, std::pmr::memory_resource* memory, Bundles bundles, std::int64_t window,
          const SweepLimits& limits)
      : plan_(plan),
        bundles_(bundles),
        limits_(limits),
        least_((limits.known - window) * kParts),
        ways_(plan, memory),
        taken_(memory) {
    for (const PlannedClass& one : plan.classes) layers_left_ += one.facts->units.size() + 1;
    for (const Digit& one : plan.outside) {
      if (one.bits > 0) asked_[one.word] |= one.mask() << one.shift;
    }
    apart_.window = window;
    for (const Tally& one : plan.tallies) {
      if (one.is_placed) apart_.bits[one.digit.word] |= one.digit.mask() << one.digit.shift;
    }
    run();
  }

  std::vector<Placed> trace(const Label& label) const override { return ways_.trace(label.end); }

 private:
  using NodeOf = Node<Words>;
  using LayerOf = Layer<Words>;

  bool add(std::size_t at, const NodeOf& node, LayerOf& layer) {
    return layer.add(node, [&](const NodeOf& one, const NodeOf& other) {
      return ways_.is_lower(at, one, other);
    });
  }

  void run() {
    LayerOf layer(ways_.nodes, apart_);
    LayerOf next(ways_.nodes, apart_);
    LayerOf after(ways_.nodes, apart_);
    NodeOf start;
    start.credit = plan_.credit;
    add(0, start, layer);
    if (!plan_.is_whole) give_up(upper(ways_.nodes[0], worth(0)));
    next_ = &next;
    after_ = &after;
    for (std::size_t at = 0; at < plan_.classes.size(); ++at) {
      pass(at, layer);
      std::swap(layer, after);
    }
    finish(layer);
  }

  // All units of a class: those for which something is remembered first, the rest by themselves.
  void pass(std::size_t at, LayerOf& layer) {
    const std::size_t units = plan_.classes[at].facts->units.size();
    after_->clear();
    for (std::size_t used = 0; used <= units; ++used) {
      narrow(layer, at, used);
      if (layer.empty()) continue;
      next_->clear();
      for (const std::uint32_t index : layer.members()) {
        ++states_;
        NodeOf node = ways_.nodes[index];
        node.parent = index;
        node.count = 0;
        node.closes = false;
        close(at, node, units - used);
        if (used < units) extend(at, node, units - used - 1);
      }
      std::swap(layer, *next_);
    }
  }

  // The units left in the class take what is best for them alone; then the next class comes. False
  // where that leads nowhere.
  bool close(std::size_t at, NodeOf node, std::size_t units) {
    const PlannedClass& one = plan_.classes[at];
    node.closes = true;
    const Score rest = one.rest.best(units);
    node.score += rest;
    if (!tally(one.tallies, rest.gain, node)) return false;
    if (!pass_uses(one.exclusive, at, node) || !pass_uses(one.stackable, at, node)) return false;
    for (const Counter& counter : plan_.counters) {
      if (counter.last == at) counter.digit.set(node.joint.data(), 0);
    }
    for (const Choice& group : plan_.groups) {
      const bool is_open = group.digit.get(node.joint.data()) == 0;
      if (is_open) node.credit += group.idle[at + 1] - group.idle[at];
      if (group.last == at) group.digit.set(node.joint.data(), 0);
    }
    return upper(node, worth(at + 1)) >= least_ && add(at, node, *after_);
  }

  // From what the class offered to each rule to what those after it do.
  bool pass_uses(std::span<const Use> uses, std::size_t at, NodeOf& node) const {
    for (const Use& use : uses) {
      const PlannedRule& rule = plan_.rules[use.rule];
      const auto state = static_cast<std::uint32_t>(rule.digit.get(node.joint.data()));
      const Machine& machine = rule.machine;
      if (!machine.passes(use.stop, state)) return false;
      if (rule.group == 0 || chosen_of(rule, node) == rule.member) {
        node.credit += machine.profit(use.stop + 1, state) - machine.profit(use.stop, state);
      }
      if (rule.last == at) rule.digit.set(node.joint.data(), 0);
    }
    return true;
  }

  // The rule of its group that was chosen, or 0.
  std::uint64_t chosen_of(const PlannedRule& rule, const NodeOf& node) const {
    return plan_.groups[rule.group - 1].digit.get(node.joint.data());
  }

  // One more unit of the class for something that is remembered; `units` are left then.
  void extend(std::size_t at, const NodeOf& node, std::size_t units) {
    const PlannedClass& one = plan_.classes[at];
    const Partial start{.node = node, .discount = 0, .units = units, .binds = false};
    taken_.clear();
    for (const FreePick& alone : one.alone) {
      Partial half = start;
      half.node.score += alone.score;
      half.discount = alone.discount;
      if (!tally(one.tallies, alone.discount, half.node)) continue;
      for (const std::uint32_t candidate : alone.candidates) taken_.push_back({candidate, kFree});
      stack(at, 0, half);
      taken_.clear();
    }
    for (const Use& use : one.exclusive) {
      take(at, use, start, [&](const Partial& half) { stack(at, 0, half); });
    }
  }

  // A unit with what was taken for it so far; the uses stand in taken_.
  struct Partial {
    NodeOf node;
    std::int64_t discount = 0;
    std::size_t units = 0;  // left in the class
    bool binds = false;     // something is remembered of it
  };

  // Each stackable rule from `from` on takes the unit or not.
  void stack(std::size_t at, std::size_t from, const Partial& half) {
    const PlannedClass& one = plan_.classes[at];
    if (from == one.stackable.size()) {
      if (half.binds) emit(at, half);
      return;
    }
    stack(at, from + 1, half);
    take(at, one.stackable[from], half, [&](const Partial& more) { stack(at, from + 1, more); });
  }

  template <typename Then>
  void take(std::size_t at, const Use& use, const Partial& before, const Then& then) {
    PlannedRule& rule = plan_.rules[use.rule];
    if (!rule.is_placed) return;
    const PlannedClass& one = plan_.classes[at];
    Machine& machine = rule.machine;
    const auto state = static_cast<std::uint32_t>(rule.digit.get(before.node.joint.data()));
    const bool opens = rule.group != 0 && chosen_of(rule, before.node) == 0;
    const std::int64_t profit =
        opens ? plan_.groups[rule.group - 1].idle[at] : machine.profit(use.stop, state);
    const Machine::Steps steps = machine.steps(use.stop, state);
    for (std::uint32_t i = steps.from; i < steps.to; ++i) {
      const Machine::Step step = machine.step(i);
      const Move& move = step.move;
      const std::int64_t discount =
          move.known || bundles_ == Bundles::stacked ? move.discount : one.facts->base;
      const std::int64_t after = machine.profit(use.stop, step.next);
      if (after < Machine::kHopeless || before.discount + discount > one.facts->base) continue;
      // What else lies upon the unit and comes after it can not make up for more.
      const std::int64_t most = (move.gain + one.upon) * kParts + after - profit;
      if (upper(before.node, one.worth[before.units]) + most < least_) continue;
      Partial half = before;
      if (!count(rule, move.starts, half.node)) continue;
      rule.digit.set(half.node.joint.data(), step.next);
      if (move.starts > 0) half.node.score += rule.start * move.starts;
      half.node.score.gain += move.gain;
      if (!tally(move.known ? one.tallies : rule.whole, move.gain, half.node)) continue;
      half.node.credit += after - profit;
      half.discount += discount;
      half.binds = true;
      taken_.push_back({use.rule, move.set});
      then(half);
      taken_.pop_back();
    }
  }

  // False where limit, coupon or group forbid it.
  bool count(const PlannedRule& rule, std::uint32_t starts, NodeOf& node) const {
    std::uint64_t* joint = node.joint.data();
    for (const std::uint32_t index : rule.counters) {
      const Counter& counter = plan_.counters[index];
      const std::uint64_t sum = counter.digit.get(joint) + starts;
      if (sum > counter.most) return false;
      counter.digit.set(joint, sum);
    }
    if (rule.group == 0) return true;
    const Choice& group = plan_.groups[rule.group - 1];
    const std::uint64_t chosen = chosen_of(rule, node);
    if (!group.is_placed || (chosen != 0 && chosen != rule.member)) return false;
    group.digit.set(joint, rule.member);
    return true;
  }

  // False where a sum would be below zero: a bundle that costs more than its units.
  bool tally(std::uint32_t which, std::int64_t gain, NodeOf& node) const {
    if (which == 0 || gain == 0) return true;
    for (std::size_t i = 0; i < plan_.tallies.size(); ++i) {
      const Tally& one = plan_.tallies[i];
      if ((which >> i & 1) == 0 || !one.is_placed) continue;
      const auto sum = static_cast<std::int64_t>(one.digit.get(node.joint.data())) + gain;
      if (sum < 0 || sum > static_cast<std::int64_t>(one.digit.mask())) return false;
      one.digit.set(node.joint.data(), static_cast<std::uint64_t>(sum));
    }
    return true;
  }

  // Of what lies upon a unit of that class: another one for everything else, in all likelihood.
  std::uint64_t code_of_taken(std::size_t at) const {
    constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
    std::uint64_t sum = at + 1;
    for (const Pick& one : taken_) {
      const std::uint64_t code = (std::uint64_t{one.what} << 1 | (one.set == kFree ? 1U : 0U)) + 1;
      sum += (code * kOdd) ^ (code << 32);
    }
    sum = (sum ^ sum >> 31) * kOdd;
    return sum ^ sum >> 29;
  }

  void emit(std::size_t at, const Partial& half) {
    const PlannedClass& one = plan_.classes[at];
    NodeOf node = half.node;
    const std::size_t before = taken_.size();
    if (!one.stacked.empty()) {
      const FreePick& more = one.stacked.within(one.facts->base - half.discount);
      node.score += more.score;
      if (!tally(one.tallies, more.discount, node)) return;
      for (const std::uint32_t candidate : more.candidates) taken_.push_back({candidate, kFree});
    }
    node.picks = static_cast<std::uint32_t>(ways_.picks.size());
    node.count = static_cast<std::uint16_t>(taken_.size());
    node.uses += code_of_taken(at);
    ways_.picks.insert(ways_.picks.end(), taken_.begin(), taken_.end());
    const bool added = half.units == 0
                           ? close(at, node, 0)
                           : upper(node, one.worth[half.units]) >= least_ && add(at, node, *next_);
    if (!added) ways_.picks.resize(node.picks);
    taken_.resize(before);
  }

  // In kParts: what can be reached at most from a state, with what the units ahead are worth.
  static std::int64_t upper(const NodeOf& node, std::int64_t worth) {
    return node.score.gain * kParts + node.credit + worth;
  }
  // Of all units from a class on.
  std::int64_t worth(std::size_t at) const {
    return at < plan_.classes.size() ? plan_.classes[at].worth.back() : 0;
  }

  // Gives up the states of the least bound where there are too many; never all with nothing open,
  // from which everything can be completed.
  void narrow(LayerOf& layer, std::size_t at, std::size_t used) {
    layer.drop_outdone();
    const std::size_t units = plan_.classes[at].facts->units.size() - used;
    std::uint64_t width = limits_.width;
    if (states_ + layer.size() > limits_.budget / 2) {
      const std::uint64_t left = limits_.budget > states_ ? limits_.budget - states_ : 0;
      width =
          std::clamp<std::uint64_t>(2 * left / std::max<std::uint64_t>(layers_left_, 2), 1, width);
    }
    --layers_left_;
    if (layer.size() <= width) return;
    give_up(layer.keep(
        width, [&](const NodeOf& node) { return upper(node, plan_.classes[at].worth[units]); },
        [&](const NodeOf& node) { return is_closed(node); }));
  }

  bool is_closed(const NodeOf& node) const {
    for (std::size_t i = 0; i < Words; ++i) {
      if ((node.joint[i] & ~asked_[i]) != 0) return false;
    }
    return true;
  }

  void give_up(std::int64_t bound) {
    lost_ = std::max(lost_, bound);
    is_whole_ = false;
  }

  void finish(LayerOf& layer) {
    layer.drop_outdone();
    for (const std::uint32_t index : layer.members()) {
      Label& label = labels_.emplace_back();
      label.score = ways_.nodes[index].score;
      label.end = index;
      for (const Digit& one : plan_.outside) {
        label.outside.push_back(
            static_cast<std::int64_t>(one.get(ways_.nodes[index].joint.data())));
      }
    }
    std::ranges::stable_sort(
        labels_, [](const Label& a, const Label& b) { return a.score.is_better_than(b.score); });
    bound_ =
        labels_.empty() ? lost_ / kParts : std::max(labels_.front().score.gain, lost_ / kParts);
  }

  Plan& plan_;
  Bundles bundles_;
  SweepLimits limits_;
  std::int64_t least_;  // in kParts: what stays below does not matter
  std::int64_t lost_ = std::numeric_limits<std::int64_t>::min() / 2;
  std::uint64_t layers_left_ = 0;
  std::array<std::uint64_t, Words> asked_{};  // bits of what was asked from outside
  KeptApart<Words> apart_;
  SweepWays<Words> ways_;
  std::pmr::vector<Pick> taken_;
  LayerOf* next_ = nullptr;   // states after one more unit of the class
  LayerOf* after_ = nullptr;  // states after the class
};

}  // namespace

std::unique_ptr<Sweep> sweep(Plan& plan, std::pmr::memory_resource* memory, Bundles bundles,
                             std::int64_t window, const SweepLimits& limits) {
  if (plan.words <= 1) return std::make_unique<SweepOf<1>>(plan, memory, bundles, window, limits);
  if (plan.words <= 4) return std::make_unique<SweepOf<4>>(plan, memory, bundles, window, limits);
  return std::make_unique<SweepOf<kMostWords>>(plan, memory, bundles, window, limits);
}

}  // namespace cartwright::offers::search
