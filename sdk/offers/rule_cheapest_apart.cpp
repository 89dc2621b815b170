#include <algorithm>

#include "offers/discount.hpp"
#include "offers/rule_cheapest.hpp"

namespace cartwright::offers::search {
namespace {

// cheapest_of where it matters which of equal units is rewarded. Units are taken to qualify or for
// the reward; rewards may come first as long as the price does not fall. State: the number of
// applications where it was chosen at the start (overall), units that qualify, and rewards; per
// application those of complete ones are taken off.
class CheapestApartRule final : public AnyCheapestRule {
 public:
  CheapestApartRule(const CheapestOf& offer, std::int64_t most)
      : AnyCheapestRule(offer),
        most_(most),
        overall_(offer.cheapest == CheapestIn::overall && most > 1),
        qualify_bits_(bits_for(most * qualifies())),
        reward_bits_(bits_for(most * offer.k)) {}

  int bits() const override {
    return qualify_bits_ + reward_bits_ + (overall_ ? bits_for(most_) : 0);
  }
  void moves(State state, std::int64_t base, std::uint32_t, Moves& out) const override {
    const Open open = unpack(state);
    if (!overall_) {
      take(open, base, most_, 0, out);
    } else if (open.count > 0) {
      take(open, base, open.count, 0, out);
    } else {
      for (std::int64_t count = 1; count <= most_; ++count) {
        take({.count = count}, base, count, static_cast<std::uint32_t>(count), out);
      }
    }
  }
  bool is_complete(State state) const override {
    const Open open = unpack(state);
    return open.qualify == open.count * qualifies() && open.reward == open.count * offer_.k;
  }
  bool watches_price() const override { return true; }
  bool may_fall(State state, const Ahead&) const override {
    const Open open = unpack(state);
    const std::int64_t runs =
        overall_ && open.reward > 0 ? open.count : (open.reward + offer_.k - 1) / offer_.k;
    return open.qualify >= runs * qualifies();
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    const Open open = unpack(state);
    return applications(open) * offer_.n - open.qualify - open.reward <= ahead.eligible[0];
  }
  std::int64_t credit(State state, const Ahead& ahead) const override {
    const Open open = unpack(state);
    const std::int64_t rewards = applications(open) * offer_.k - open.reward;
    const std::int64_t qualifying = applications(open) * qualifies() - open.qualify;
    const std::int64_t parts = rewards * qualifies() - qualifying * offer_.k;
    return parts <= 0 ? 0 : parts_up(percent_of(ahead.price, offer_.bps), parts, offer_.n);
  }

 private:
  struct Open {
    std::int64_t count = 0;  // overall: applications in all
    std::int64_t qualify = 0;
    std::int64_t reward = 0;
  };

  std::int64_t qualifies() const { return offer_.n - offer_.k; }
  std::int64_t applications(const Open& open) const {
    return overall_ ? open.count
                    : std::max((open.qualify + qualifies() - 1) / qualifies(),
                               (open.reward + offer_.k - 1) / offer_.k);
  }

  // A unit that qualifies, and a rewarded one.
  void take(const Open& before, std::int64_t base, std::int64_t most, std::uint32_t starts,
            Moves& out) const {
    const std::int64_t discount = percent_of(base, offer_.bps);
    if (before.qualify < most * qualifies()) {
      Open open = before;
      ++open.qualify;
      // Each run of qualifying units starts an application.
      const bool starts_run = !overall_ && before.qualify % qualifies() == 0;
      out.push_back(
          {.next = pack(open), .set = 0, .starts = overall_ ? starts : (starts_run ? 1U : 0U)});
    }
    if (before.reward < most * offer_.k) {
      Open open = before;
      ++open.reward;
      out.push_back({.next = pack(open),
                     .gain = discount,
                     .discount = discount,
                     .set = 1,
                     .starts = overall_ ? starts : 0U});
    }
  }

  Open unpack(State state) const {
    return {
        .count = overall_ ? static_cast<std::int64_t>(state >> (qualify_bits_ + reward_bits_)) : 0,
        .qualify = static_cast<std::int64_t>(state & ((State{1} << qualify_bits_) - 1)),
        .reward =
            static_cast<std::int64_t>(state >> qualify_bits_ & ((State{1} << reward_bits_) - 1))};
  }
  State pack(Open open) const {
    if (!overall_ && open.qualify >= qualifies() && open.reward >= offer_.k) {
      open.qualify -= qualifies();
      open.reward -= offer_.k;
    }
    const State count = overall_ ? static_cast<State>(open.count) : 0;
    return (count << reward_bits_ | static_cast<State>(open.reward)) << qualify_bits_ |
           static_cast<State>(open.qualify);
  }

  std::int64_t most_;
  bool overall_;
  int qualify_bits_;
  int reward_bits_;
};

}  // namespace

std::unique_ptr<Rule> make_cheapest_apart_rule(const CheapestOf& offer, std::int64_t most) {
  return std::make_unique<CheapestApartRule>(offer, most);
}

}  // namespace cartwright::offers::search
