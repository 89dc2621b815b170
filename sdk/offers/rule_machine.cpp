#include "offers/rule_machine.hpp"

#include <algorithm>

namespace cartwright::offers::search {
namespace {

// Up to so many states, and states by units, a rule is written out.
constexpr std::size_t kMostStates = 512;
constexpr std::int64_t kMostPlaces = 1 << 14;
// What can not be completed. Sums of all gains and rents stay far above the half of it.
constexpr std::int64_t kNever = 2 * Machine::kHopeless;
constexpr std::size_t kMostSums = 5;
constexpr std::uint32_t kUnknown = ~std::uint32_t{0};

// What stackable offers can not take off a unit because a discount leaves them too little: of few
// of them by all their sums, of more only where they fit one by one.
std::int64_t no_room(const Stop& stop, std::int64_t discount) {
  const std::int64_t room = stop.base - discount;
  std::int64_t all = 0;
  for (const std::int64_t one : stop.upon) all += one;
  if (all <= room) return 0;
  std::int64_t most = 0;
  if (stop.upon.size() > kMostSums) {
    for (const std::int64_t one : stop.upon) most += one <= room ? one : 0;
    return all - std::min(most, room);
  }
  for (std::uint32_t some = 1; some < 1U << stop.upon.size(); ++some) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < stop.upon.size(); ++i) {
      if ((some >> i & 1) != 0) sum += stop.upon[i];
    }
    if (sum <= room) most = std::max(most, sum);
  }
  return all - most;
}

}  // namespace

Machine::Machine(std::unique_ptr<Rule> rule, std::pmr::vector<Stop> stops, std::int64_t limit)
    : rule_(std::move(rule)),
      stops_(std::move(stops)),
      limit_(limit),
      watches_price_(rule_->watches_price()),
      states_(stops_.get_allocator()),
      slots_(stops_.get_allocator()),
      steps_(stops_.get_allocator()),
      moves_(stops_.get_allocator()),
      places_(stops_.get_allocator()),
      starts_(stops_.get_allocator()),
      seen_(stops_.get_allocator()),
      at_(stops_.get_allocator()),
      profits_(stops_.get_allocator()),
      ways_(stops_.get_allocator()),
      met_(stops_.get_allocator()),
      slack_(stops_.get_allocator()) {
  rule_->look_at({stops_.data(), this->stops()});
  rule_bits_ = rule_->bits();
  number_of(0);
  if (bits() <= 64) write_out();
  if (!is_written_out_) met_.resize(this->stops());
}

int Machine::bits() const {
  if (is_written_out_) return bits_for(std::ssize(states_) - 1);
  return rule_bits_ + (limit_ < 0 ? 0 : bits_for(limit_));
}

std::uint32_t* Machine::slot_of(State key) {
  const std::size_t mask = slots_.size() - 1;
  const State hash = key * 0x9E3779B97F4A7C15;
  std::size_t at = (hash ^ hash >> 32) & mask;
  while (slots_[at] != 0 && states_[slots_[at] - 1] != key) at = (at + 1) & mask;
  return &slots_[at];
}

std::uint32_t Machine::number_of(State key) {
  if (2 * (states_.size() + 1) > slots_.size()) {
    slots_.assign(std::max<std::size_t>(16, 2 * slots_.size()), 0);
    for (std::uint32_t i = 0; i < states_.size(); ++i) *slot_of(states_[i]) = i + 1;
  }
  std::uint32_t& slot = *slot_of(key);
  if (slot == 0) {
    states_.push_back(key);
    slot = static_cast<std::uint32_t>(states_.size());
  }
  return slot - 1;
}

// With a limit the applications begun stand above the rule's own state; where that takes all bits
// no state but the first is met.
State Machine::own_of(std::uint32_t state) const {
  const State key = states_[state];
  return limit_ < 0 || rule_bits_ >= 64 ? key : key & ((State{1} << rule_bits_) - 1);
}

Machine::Steps Machine::make_steps(std::size_t stop, std::uint32_t state) {
  const State begun = limit_ < 0 ? 0 : states_[state] >> rule_bits_;
  moves_.clear();
  rule_->moves(own_of(state), stops_[stop].base, stops_[stop].mask, moves_);
  Steps made{.from = static_cast<std::uint32_t>(steps_.size()), .to = 0};
  for (const Move& move : moves_) {
    State next = move.next;
    if (limit_ >= 0) {
      const State count = begun + move.starts;
      if (count > static_cast<State>(limit_)) continue;
      next |= count << rule_bits_;
    }
    steps_.push_back(
        {move, number_of(next), (move.gain - no_room(stops_[stop], move.discount)) * kParts});
  }
  made.to = static_cast<std::uint32_t>(steps_.size());
  return made;
}

Machine::Steps Machine::steps(std::size_t stop, std::uint32_t state) {
  if (is_written_out_) return at_[stop * states_.size() + state].steps;
  std::pmr::vector<Steps>& met = met_[stop];
  if (met.size() <= state) met.resize(states_.size(), {kUnknown, 0});
  if (met[state].from == kUnknown) met[state] = make_steps(stop, state);
  return met[state];
}

bool Machine::passes(std::size_t stop, std::uint32_t state) const {
  if (is_written_out_) {
    return at_[stop * states_.size() + state].passes && profit(stop + 1, state) > kHopeless;
  }
  const State own = own_of(state);
  const Ahead& after = stops_[stop + 1].ahead;
  const bool last = stop + 1 == stops();
  if (last ? !rule_->is_complete(own) : !rule_->can_complete(own, after)) return false;
  const bool falls = last || stops_[stop + 1].base < stops_[stop].base;
  return !falls || !watches_price_ || rule_->may_fall(own, after);
}

void Machine::write_out() {
  std::pmr::vector<std::uint32_t> here({0}, stops_.get_allocator());
  starts_.push_back(0);
  for (std::size_t stop = 0; stop < stops(); ++stop) {
    if (!write_out(stop, here)) return;
    starts_.push_back(static_cast<std::uint32_t>(places_.size()));
  }
  is_written_out_ = true;
  profits_.assign(stops_.size() * states_.size(), kNever);
  for (const std::uint32_t state : here) profits_[stops() * states_.size() + state] = 0;
  at_.assign(stops() * states_.size(), {});
  for (std::size_t stop = 0; stop < stops(); ++stop) {
    for (const Place& one : places(stop)) at_[stop * states_.size() + one.state] = one;
  }
}

bool Machine::is_new(std::uint32_t state) {
  if (seen_.size() < states_.size()) seen_.resize(states_.size(), false);
  if (seen_[state]) return false;
  seen_[state] = true;
  return true;
}

// `here`: the states that come to the stop; then those that pass it.
bool Machine::write_out(std::size_t stop, std::pmr::vector<std::uint32_t>& here) {
  const std::size_t first = places_.size();
  seen_.assign(states_.size(), false);
  for (const std::uint32_t state : here) {
    if (is_new(state)) places_.push_back({.state = state, .steps = {}});
  }
  std::size_t from = first;
  for (std::int64_t unit = 0; unit < stops_[stop].count && from < places_.size(); ++unit) {
    const std::size_t to = places_.size();
    for (; from < to; ++from) {
      const Steps made = make_steps(stop, places_[from].state);
      places_[from].steps = made;
      if (states_.size() > kMostStates) return false;
      for (std::uint32_t i = made.from; i < made.to; ++i) {
        const std::uint32_t next = steps_[i].next;
        if (is_new(next)) places_.push_back({.state = next, .steps = {}});
      }
    }
  }
  const auto begin = places_.begin() + static_cast<std::ptrdiff_t>(first);
  if ((places_.end() - begin) * stops_[stop].count > kMostPlaces) return false;
  here.clear();
  for (auto one = begin; one != places_.end(); ++one) {
    one->passes = passes(stop, one->state);
    if (one->passes) here.push_back(one->state);
  }
  return true;
}

void Machine::pay(std::span<const std::int64_t> rents) {
  if (is_written_out_) {
    for (std::size_t stop = stops(); stop-- > 0;) {
      const std::int64_t* last = fill(stop, rents[stops_[stop].at]);
      std::int64_t* row = profits_.data() + stop * states_.size();
      for (const Place& one : places(stop)) row[one.state] = last[one.state];
    }
    return;
  }
  slack_.assign(stops_.size(), 0);
  for (std::size_t stop = stops(); stop-- > 0;) {
    const Stop& one = stops_[stop];
    const std::int64_t over = rule_->worth(one.base, one.mask) - rents[one.at];
    slack_[stop] = slack_[stop + 1] + std::max<std::int64_t>(0, over) * one.count;
  }
}

// What can be gained from each state of a stop with 0, 1, ... of its units left; returns that with
// all of them.
const std::int64_t* Machine::fill(std::size_t stop, std::int64_t rent) {
  const std::size_t states = states_.size();
  const auto count = static_cast<std::size_t>(stops_[stop].count);
  ways_.resize(std::max(ways_.size(), (count + 1) * states));
  const std::int64_t* after = profits_.data() + (stop + 1) * states;
  const std::span<const Place> all = places(stop);
  for (const Place& one : all) ways_[one.state] = one.passes ? after[one.state] : kNever;
  for (std::size_t left = 1; left <= count; ++left) {
    const std::int64_t* fewer = ways_.data() + (left - 1) * states;
    std::int64_t* here = ways_.data() + left * states;
    for (const Place& one : all) {
      std::int64_t best = fewer[one.state];
      for (std::uint32_t i = one.steps.from; i < one.steps.to; ++i) {
        const Step& step = steps_[i];
        best = std::max(best, fewer[step.next] + step.profit - rent);
      }
      here[one.state] = std::max(best, kNever);
    }
  }
  return ways_.data() + count * states;
}

void Machine::add_demand(std::span<const std::int64_t> rents, std::span<std::int64_t> demand) {
  if (!is_written_out_ || profit(0, 0) <= 0) return;
  std::uint32_t state = 0;
  for (std::size_t stop = 0; stop < stops(); ++stop) {
    const std::int64_t rent = rents[stops_[stop].at];
    fill(stop, rent);
    for (auto left = static_cast<std::size_t>(stops_[stop].count); left > 0; --left) {
      const std::int64_t* fewer = ways_.data() + (left - 1) * states_.size();
      const std::int64_t best = ways_[left * states_.size() + state];
      if (fewer[state] == best) continue;
      const Steps ways = steps(stop, state);
      for (std::uint32_t i = ways.from; i < ways.to; ++i) {
        const Step& step = steps_[i];
        if (fewer[step.next] + step.profit - rent != best) continue;
        state = step.next;
        ++demand[stops_[stop].at];
        break;
      }
    }
  }
}

// The rule's own: what it gains beyond its worth of units to come, and what these are worth above
// their rents.
std::int64_t Machine::estimate(std::size_t stop, std::uint32_t state) const {
  return slack_[stop] + (stop == stops() ? 0 : rule_->credit(own_of(state), stops_[stop].ahead));
}

}  // namespace cartwright::offers::search
