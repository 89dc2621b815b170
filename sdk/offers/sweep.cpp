#include "offers/sweep.hpp"

#include <algorithm>
#include <limits>

#include "offers/sweep_layer.hpp"

namespace cartwright::offers::search {
namespace {

// The first pass keeps few states; what it finds lets the second give up early.
constexpr std::size_t kScoutWidth = 24;

class Sweep {
 public:
  Sweep(const Plan& plan, std::uint64_t budget, Bundles bundles, std::size_t width,
        std::int64_t known)
      : plan_(plan), budget_(budget), bundles_(bundles), width_(width), known_(known) {
    for (const PlannedClass& one : plan.classes) layers_left_ += one.facts->units.size() + 1;
  }

  Swept run() {
    if (!plan_.is_whole) lost_ = upper(Joint{}, 0, 0, 0);
    Layer layer(nodes_);
    layer.add({});
    for (std::size_t i = 0; i < plan_.classes.size(); ++i) layer = pass(i, std::move(layer));
    return result(layer);
  }

 private:
  struct Half {
    Node node;
    std::vector<Pick> picks;
    std::int64_t discount = 0;
    bool binds = false;  // something is remembered of it
  };

  // All units of a class: those for which something is remembered first, the rest by themselves.
  Layer pass(std::size_t at, Layer layer) {
    const std::size_t units = plan_.classes[at].facts->units.size();
    Layer after(nodes_);
    for (std::size_t used = 0; used <= units && !layer.empty(); ++used) {
      narrow(layer, at, used);
      Layer next(nodes_);
      for (const std::uint32_t index : layer.members()) {
        ++states_;
        close(at, index, units - used, after);
        if (used < units) extend(at, index, used, next);
      }
      layer = std::move(next);
    }
    return after;
  }

  // The units left in the class take what is best for them alone; then the price may fall.
  void close(std::size_t at, std::uint32_t index, std::size_t units, Layer& after) {
    const PlannedClass& one = plan_.classes[at];
    const bool is_last = at + 1 == plan_.classes.size();
    const bool falls = is_last || plan_.classes[at + 1].facts->base < one.facts->base;
    Node node = nodes_[index];
    node.parent = index;
    node.picks = node.picks_end = 0;
    node.closes = true;
    node.score += one.best.score * static_cast<std::int64_t>(units);
    for (const PlannedRule& rule : plan_.rules) {
      if (rule.first > at || rule.last < at) continue;
      const State state = rule.digit.get(node.joint);
      if (falls && !rule.rule->may_fall(state, rule.seen[at])) return;
      if (rule.last == at) {
        if (!rule.rule->is_complete(state)) return;
        rule.digit.set(node.joint, 0);
      } else if (!rule.rule->can_complete(state, rule.ahead[at + 1])) {
        return;
      }
    }
    for (const Counter& counter : plan_.counters) {
      if (counter.last == at) counter.digit.set(node.joint, 0);
    }
    for (const Choice& group : plan_.groups) {
      if (group.last == at) group.digit.set(node.joint, 0);
    }
    if (upper(node.joint, node.score.gain, at + 1, 0) < known_) return;
    after.add(node);
  }

  // One more unit of the class for something that is remembered.
  void extend(std::size_t at, std::uint32_t index, std::size_t used, Layer& next) {
    const PlannedClass& one = plan_.classes[at];
    halves_.clear();
    Half start;
    start.node = nodes_[index];
    start.node.parent = index;
    start.node.closes = false;
    if (!one.stackable.empty()) {
      for (const FreePick& alone : one.alone) {
        Half half = start;
        half.node.score += alone.score;
        half.discount = alone.discount;
        for (const std::uint32_t candidate : alone.candidates)
          half.picks.push_back({candidate, kFree});
        halves_.push_back(std::move(half));
      }
    }
    for (const auto& use : one.exclusive) take(start, use, one, halves_);
    for (const auto& use : one.stackable) {
      const std::size_t before = halves_.size();
      for (std::size_t i = 0; i < before; ++i) {
        const Half half = halves_[i];
        take(half, use, one, halves_);
      }
    }
    for (Half& half : halves_) {
      if (half.binds) emit(at, used, half, next);
    }
  }

  void take(const Half& before, const PlannedClass::Use& use, const PlannedClass& one,
            std::vector<Half>& out) {
    const PlannedRule& rule = plan_.rules[use.rule];
    if (!rule.is_placed) return;
    moves_.clear();
    rule.rule->moves(rule.digit.get(before.node.joint), one.facts->base, use.mask, moves_);
    for (const Move& move : moves_) {
      const std::int64_t discount =
          move.known || bundles_ == Bundles::stacked ? move.discount : one.facts->base;
      if (before.discount + discount > one.facts->base) continue;
      Half half = before;
      if (!count(rule, move.starts, half.node.joint)) continue;
      rule.digit.set(half.node.joint, move.next);
      half.node.score += rule.start * move.starts;
      half.node.score.gain += move.gain;
      half.discount += discount;
      half.picks.push_back({use.rule, move.set});
      half.binds = true;
      out.push_back(std::move(half));
    }
  }

  // False where limit, coupon or group forbid it.
  bool count(const PlannedRule& rule, std::uint32_t starts, Joint& joint) const {
    for (const std::uint32_t index : rule.counters) {
      const Counter& counter = plan_.counters[index];
      const std::uint64_t sum = counter.digit.get(joint) + starts;
      if (sum > counter.most) return false;
      counter.digit.set(joint, sum);
    }
    if (rule.group == 0) return true;
    const Choice& group = plan_.groups[rule.group - 1];
    const std::uint64_t chosen = group.digit.get(joint);
    if (!group.is_placed || (chosen != 0 && chosen != rule.member)) return false;
    group.digit.set(joint, rule.member);
    return true;
  }

  void emit(std::size_t at, std::size_t used, Half& half, Layer& next) {
    const PlannedClass& one = plan_.classes[at];
    if (!one.stacked.empty()) {
      const FreePick more = one.beside(one.facts->base - half.discount);
      half.node.score += more.score;
      for (const std::uint32_t candidate : more.candidates)
        half.picks.push_back({candidate, kFree});
    }
    const std::size_t units = one.facts->units.size() - used - 1;
    if (upper(half.node.joint, half.node.score.gain, at, units) < known_) return;
    half.node.picks = static_cast<std::uint32_t>(picks_.size());
    picks_.insert(picks_.end(), half.picks.begin(), half.picks.end());
    half.node.picks_end = static_cast<std::uint32_t>(picks_.size());
    next.add(half.node);
  }

  // In kParts: what can be reached from here at most, with `units` left in class `at`.
  std::int64_t upper(const Joint& joint, std::int64_t gain, std::size_t at,
                     std::size_t units) const {
    std::int64_t sum = gain * kParts;
    if (at == plan_.classes.size()) return sum;
    if (joint != Joint{}) {
      for (const PlannedRule& rule : plan_.rules) {
        if (rule.first > at || rule.last < at) continue;
        const State state = rule.digit.get(joint);
        if (state != 0) sum += rule.rule->credit(state, rule.ahead[at]);
      }
    }
    return sum + plan_.classes[at].worth * static_cast<std::int64_t>(units) + plan_.worth_after[at];
  }

  // Gives up the states of the least bound where there are too many; never the one with nothing
  // open, from which everything can be completed.
  void narrow(Layer& layer, std::size_t at, std::size_t used) {
    const std::uint64_t left = budget_ > states_ ? budget_ - states_ : 0;
    const std::uint64_t share = 4 * left / std::max<std::uint64_t>(layers_left_, 4);
    --layers_left_;
    const auto width = static_cast<std::size_t>(
        std::clamp<std::uint64_t>(share, 1, static_cast<std::uint64_t>(width_)));
    if (layer.size() <= width) return;
    const std::size_t units = plan_.classes[at].facts->units.size() - used;
    const std::int64_t lost = layer.keep(
        width, [&](const Node& node) { return upper(node.joint, node.score.gain, at, units); });
    lost_ = std::max(lost_, lost);
  }

  // Nothing where all that could come near what is known was given up.
  Swept result(const Layer& layer) const {
    Swept swept;
    swept.taken.resize(plan_.rules.size());
    swept.states = states_;
    swept.bound = lost_ / kParts;
    if (layer.empty()) return swept;
    std::uint32_t best = layer.members().front();
    for (const std::uint32_t index : layer.members()) {
      if (nodes_[index].score.is_better_than(nodes_[best].score)) best = index;
    }
    swept.score = nodes_[best].score;
    swept.bound = std::max(swept.score.gain, lost_ / kParts);
    std::vector<std::uint32_t> path;
    for (std::uint32_t i = best; i != 0; i = nodes_[i].parent) path.push_back(i);
    std::size_t at = 0;
    std::size_t used = 0;
    for (std::size_t i = path.size(); i-- > 0;) {
      const Node& node = nodes_[path[i]];
      const PlannedClass& one = plan_.classes[at];
      if (node.closes) {
        for (; used < one.facts->units.size(); ++used) {
          for (const std::uint32_t candidate : one.best.candidates) {
            swept.free.emplace_back(candidate, one.facts->units[used]);
          }
        }
        ++at;
        used = 0;
        continue;
      }
      for (std::uint32_t j = node.picks; j < node.picks_end; ++j) {
        const Pick& pick = picks_[j];
        if (pick.set == kFree) {
          swept.free.emplace_back(pick.what, one.facts->units[used]);
        } else {
          swept.taken[pick.what].push_back({one.facts->units[used], pick.set});
        }
      }
      ++used;
    }
    return swept;
  }

  const Plan& plan_;
  std::uint64_t budget_;
  Bundles bundles_;
  std::size_t width_;
  std::int64_t known_;  // in kParts: this much can be had
  std::uint64_t layers_left_ = 0;
  std::uint64_t states_ = 0;
  std::int64_t lost_ = std::numeric_limits<std::int64_t>::min();
  std::vector<Node> nodes_;
  std::vector<Pick> picks_;
  std::vector<Move> moves_;
  std::vector<Half> halves_;
};

}  // namespace

Swept sweep(const Plan& plan, std::uint64_t budget, Bundles bundles) {
  const std::uint64_t scouting = budget / 8;
  Swept scouted =
      Sweep(plan, scouting, bundles, kScoutWidth, std::numeric_limits<std::int64_t>::min()).run();
  if (scouted.bound == scouted.score.gain && plan.is_whole && scouted.states < scouting)
    return scouted;
  Swept found = Sweep(plan, budget - std::min(budget, scouted.states), bundles,
                      std::numeric_limits<std::size_t>::max(), scouted.score.gain * kParts)
                    .run();
  // What was not looked at is below what the scout found, or counted in a bound.
  const std::int64_t bound = std::max(std::min(found.bound, scouted.bound), scouted.score.gain);
  const std::uint64_t states = found.states + scouted.states;
  Swept& best = scouted.score.is_better_than(found.score) ? scouted : found;
  best.bound = std::max(bound, best.score.gain);
  best.states = states;
  return std::move(best);
}

}  // namespace cartwright::offers::search
