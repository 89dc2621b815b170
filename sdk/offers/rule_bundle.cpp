#include <algorithm>

#include "offers/bundle_room.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

// n_for_price. The sum of discounts is the same however the units taken are grouped; in runs, the
// one that could cost less than the price is the last, and it never pays.
//
// Where something stacks upon its units that fits only while they cost little together, it matters
// which units an application has. Some applications then promise with their first unit to keep to
// a cap, and are told apart; the others are runs. State: units of the run; then of each application
// that keeps to a cap 0, kDone, or its cap and its units so far.
class BundleRule final : public Rule {
 public:
  BundleRule(const NForPrice& offer, std::int64_t most)
      : offer_(offer), most_(most), run_bits_(bits_for(offer.n - 1)) {}

  void look_at(std::span<const Stop> stops) override {
    std::int64_t wanted = offer_.n - 1;
    for (std::size_t i = stops.size(); i-- > 0 && wanted > 0;) {
      const std::int64_t count = std::min(wanted, stops[i].count);
      others_ += count * stops[i].base;
      wanted -= count;
    }
    room_ = BundleRoom(offer_, most_, stops);
    if (room_.empty()) return;
    kept_bits_ = bits_for(static_cast<std::int64_t>(kDone + room_.caps() * room_.partials()));
    kept_ = static_cast<int>(room_.applications());
  }
  int bits() const override { return run_bits_ + kept_ * kept_bits_; }

  void moves(State state, std::int64_t base, std::uint32_t, Moves& out) const override {
    const std::int64_t units = run_of(state);
    const bool last = units + 1 == offer_.n;
    out.push_back({.next = last ? state - static_cast<State>(units) : state + 1,
                   .gain = last ? base - offer_.price.minor() : base,
                   .discount = least_off(base, std::max(base + others_, room_.least_sum(caps()))),
                   .known = false,
                   .starts = units == 0 ? 1U : 0U});
    for (int at = 0; at < kept_; ++at) {
      const State kept = kept_of(state, at);
      if (kept == kDone) continue;
      if (kept != 0) {
        join(state, at, open_of(kept), base, out);
        continue;
      }
      for (std::size_t cap = 0; cap < caps(); ++cap) join(state, at, {cap, {}}, base, out);
      break;  // the next one begins after it
    }
  }
  bool is_complete(State state) const override { return wanted(state) == 0; }
  bool can_complete(State state, const Ahead& ahead) const override {
    return wanted(state) <= ahead.eligible[0];
  }
  std::int64_t worth(std::int64_t base, std::uint32_t) const override {
    return std::max<std::int64_t>(0, base * kParts - each());
  }
  // What was counted for the units so far, less their part of the price to come.
  std::int64_t credit(State state, const Ahead&) const override {
    std::int64_t credit = 0;
    each_open(state, [&](std::int64_t units) {
      credit += (offer_.n - units) * each() - offer_.price.minor() * kParts;
    });
    return credit;
  }
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<Application> made;
    std::vector<std::vector<UnitIndex>> open;  // by set: 0 the run
    for (const Taken& one : taken) {
      if (open.size() <= one.set) open.resize(one.set + std::size_t{1});
      std::vector<UnitIndex>& units = open[one.set];
      units.push_back(one.unit);
      if (std::ssize(units) < offer_.n) continue;
      std::int64_t sum = -offer_.price.minor();
      for (const UnitIndex unit : units) sum += problem.units[unit].base;
      // Where less may be wanted, one that does not pay can be among them: it is left out.
      if (sum > 0) made.push_back({.qualify = {}, .reward = share_over(sum, units, problem)});
      units.clear();
    }
    return made;
  }

 private:
  static constexpr State kDone = 1;

  // An application that keeps to a cap.
  struct Open {
    std::size_t cap = 0;
    BundleRoom::Partial units;
  };

  std::size_t caps() const { return room_.caps(); }
  std::int64_t run_of(State state) const {
    return static_cast<std::int64_t>(state & ((State{1} << run_bits_) - 1));
  }
  State kept_of(State state, int at) const {
    return state >> (run_bits_ + at * kept_bits_) & ((State{1} << kept_bits_) - 1);
  }
  Open open_of(State kept) const {
    const auto at = static_cast<std::size_t>(kept - kDone - 1);
    return {at / room_.partials(), room_.partial(at % room_.partials())};
  }

  // Calls with the units of each application that is open.
  template <typename Call>
  void each_open(State state, const Call& call) const {
    if (run_of(state) > 0) call(run_of(state));
    for (int at = 0; at < kept_; ++at) {
      const State kept = kept_of(state, at);
      if (kept > kDone) call(open_of(kept).units.units);
    }
  }
  // Units without which something stays open.
  std::int64_t wanted(State state) const {
    std::int64_t sum = 0;
    each_open(state, [&](std::int64_t units) { sum += offer_.n - units; });
    return sum;
  }

  // One more unit for an application that keeps to a cap, where it can.
  void join(State state, int at, const Open& open, std::int64_t base, Moves& out) const {
    const BundleRoom::Partial more{open.units.units + 1, open.units.sum + base};
    const std::int64_t left = offer_.n - more.units;
    const std::int64_t sum = more.sum + room_.cheapest(left);
    if (sum > room_.cap(open.cap)) return;
    const State kept =
        left == 0 ? kDone : kDone + 1 + open.cap * room_.partials() + room_.place_of(more);
    const int shift = run_bits_ + at * kept_bits_;
    out.push_back({.next = state + ((kept - kept_of(state, at)) << shift),
                   .gain = left == 0 ? base - offer_.price.minor() : base,
                   .discount = least_off(base, std::max(sum, room_.least_sum(open.cap))),
                   .known = false,
                   .set = static_cast<std::uint8_t>(at + 1),
                   .starts = open.units.units == 0 ? 1U : 0U});
  }

  std::int64_t each() const { return offer_.price.minor() * kParts / offer_.n; }
  // Of the discount, where its units cost at least so much.
  std::int64_t least_off(std::int64_t base, std::int64_t sum) const {
    if (sum <= offer_.price.minor()) return 0;
    return least_share(sum - offer_.price.minor(), base, sum);
  }

  const NForPrice& offer_;
  std::int64_t most_;
  int run_bits_;
  int kept_bits_ = 0;
  int kept_ = 0;             // applications that may keep to a cap
  std::int64_t others_ = 0;  // what the n - 1 cheapest units cost
  BundleRoom room_;
};

}  // namespace

std::unique_ptr<Rule> make_bundle_rule(const NForPrice& offer, std::int64_t most) {
  return std::make_unique<BundleRule>(offer, most);
}

}  // namespace cartwright::offers::search
