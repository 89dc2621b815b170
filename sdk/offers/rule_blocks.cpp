#include <algorithm>

#include "offers/discount.hpp"
#include "offers/rule_cheapest.hpp"

namespace cartwright::offers::search {
namespace {

std::int64_t to_i64(State state) {
  return static_cast<std::int64_t>(state);
}

// cheapest_of per application. Among the units that it takes, dearest first, each run of n is an
// application: any other grouping rewards units that are no dearer.
class CheapestRule final : public AnyCheapestRule {
 public:
  explicit CheapestRule(const CheapestOf& offer) : AnyCheapestRule(offer) {}

  int bits() const override { return bits_for(offer_.n - 1); }
  void moves(State state, std::int64_t base, std::uint32_t, Moves& out) const override {
    const std::int64_t place = to_i64(state);
    const std::int64_t discount =
        place >= offer_.n - offer_.k ? percent_of(base, offer_.bps) : std::int64_t{0};
    out.push_back({.next = place + 1 == offer_.n ? 0 : state + 1,
                   .gain = discount,
                   .discount = discount,
                   .set = static_cast<std::uint8_t>(place >= offer_.n - offer_.k ? 1 : 0),
                   .starts = place == 0 ? 1U : 0U});
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    return state == 0 || offer_.n - to_i64(state) <= ahead.eligible[0];
  }
  std::int64_t credit(State state, const Ahead& ahead) const override {
    const std::int64_t place = to_i64(state);
    const std::int64_t most = percent_of(ahead.price, offer_.bps);
    return place <= offer_.n - offer_.k
               ? parts_up(most, offer_.k * place, offer_.n)
               : parts_up(most, (offer_.n - place) * (offer_.n - offer_.k), offer_.n);
  }
};

// cheapest_of overall: the number of applications is chosen with the first unit; by then it is
// known which of the units taken are the cheapest of all. State: that number, then units taken.
class CheapestOverallRule final : public AnyCheapestRule {
 public:
  CheapestOverallRule(const CheapestOf& offer, std::int64_t most)
      : AnyCheapestRule(offer), most_(most), taken_bits_(bits_for(most * offer.n)) {}

  int bits() const override { return taken_bits_ + bits_for(most_); }
  void moves(State state, std::int64_t base, std::uint32_t, Moves& out) const override {
    if (state == 0) {
      for (std::int64_t count = 1; count <= most_; ++count) {
        out.push_back(move(count, 0, base));
        out.back().starts = static_cast<std::uint32_t>(count);
      }
    } else if (!is_complete(state)) {
      out.push_back(move(count_of(state), taken_of(state), base));
    }
  }
  bool is_complete(State state) const override {
    return taken_of(state) == count_of(state) * offer_.n;
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    return count_of(state) * offer_.n - taken_of(state) <= ahead.eligible[0];
  }
  std::int64_t credit(State state, const Ahead& ahead) const override {
    const std::int64_t n = count_of(state) * offer_.n;
    const std::int64_t k = count_of(state) * offer_.k;
    const std::int64_t place = taken_of(state);
    if (n == place) return 0;
    const std::int64_t most = percent_of(ahead.price, offer_.bps);
    return place <= n - k ? parts_up(most, k * place, n) : parts_up(most, (n - place) * (n - k), n);
  }

 private:
  std::int64_t taken_of(State state) const {
    return to_i64(state & ((State{1} << taken_bits_) - 1));
  }
  std::int64_t count_of(State state) const { return to_i64(state >> taken_bits_); }
  Move move(std::int64_t count, std::int64_t taken, std::int64_t base) const {
    const std::int64_t discount =
        taken >= count * (offer_.n - offer_.k) ? percent_of(base, offer_.bps) : 0;
    return {.next = static_cast<State>(count) << taken_bits_ | static_cast<State>(taken + 1),
            .gain = discount,
            .discount = discount,
            .set = static_cast<std::uint8_t>(taken >= count * (offer_.n - offer_.k) ? 1 : 0)};
  }

  std::int64_t most_;
  int taken_bits_;
};

}  // namespace

std::unique_ptr<Rule> make_cheapest_rule(const CheapestOf& offer, std::int64_t most) {
  if (offer.cheapest == CheapestIn::overall && offer.k < offer.n && most > 1) {
    return std::make_unique<CheapestOverallRule>(offer, most);
  }
  return std::make_unique<CheapestRule>(offer);
}

}  // namespace cartwright::offers::search
