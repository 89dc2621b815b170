#include <algorithm>

#include "offers/discount.hpp"
#include "offers/rule_cheapest.hpp"
#include "offers/shares.hpp"

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

// n_for_price. The sum of discounts is the same however the units taken are grouped; in runs, the
// one that could cost less than the price is the last, and it never pays.
class BundleRule final : public Rule {
 public:
  explicit BundleRule(const NForPrice& offer) : offer_(offer) {}

  void look_at(std::span<const Stop> stops) override {
    std::int64_t wanted = offer_.n - 1;
    for (std::size_t i = stops.size(); i-- > 0 && wanted > 0;) {
      const std::int64_t count = std::min(wanted, stops[i].count);
      others_ += count * stops[i].base;
      wanted -= count;
    }
  }
  int bits() const override { return bits_for(offer_.n - 1); }
  void moves(State state, std::int64_t base, std::uint32_t, Moves& out) const override {
    const bool last = to_i64(state) + 1 == offer_.n;
    const std::int64_t price = offer_.price.minor();
    out.push_back({.next = last ? 0 : state + 1,
                   .gain = last ? base - price : base,
                   .discount = least_off(base),
                   .known = false,
                   .starts = state == 0 ? 1U : 0U});
  }
  bool can_complete(State state, const Ahead& ahead) const override {
    return state == 0 || offer_.n - to_i64(state) <= ahead.eligible[0];
  }
  std::int64_t worth(std::int64_t base, std::uint32_t) const override {
    return std::max<std::int64_t>(0, base * kParts - each());
  }
  // What was counted for the units so far, less their part of the price to come.
  std::int64_t credit(State state, const Ahead&) const override {
    return state == 0 ? 0 : (offer_.n - to_i64(state)) * each() - offer_.price.minor() * kParts;
  }
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<Application> made;
    const auto n = static_cast<std::size_t>(offer_.n);
    for (std::size_t from = 0; from < taken.size(); from += n) {
      std::vector<UnitIndex> units;
      std::int64_t sum = -offer_.price.minor();
      for (std::size_t i = 0; i < n; ++i) {
        units.push_back(taken[from + i].unit);
        sum += problem.units[units.back()].base;
      }
      // Where less may be wanted, one that does not pay can be among them: it is left out.
      if (sum > 0) made.push_back({.qualify = {}, .reward = share_over(sum, units, problem)});
    }
    return made;
  }

 private:
  std::int64_t each() const { return offer_.price.minor() * kParts / offer_.n; }
  // Of the discount, which is least beside the cheapest units that there are.
  std::int64_t least_off(std::int64_t base) const {
    const std::int64_t sum = base + others_;
    if (sum <= offer_.price.minor()) return 0;
    return least_share(sum - offer_.price.minor(), base, sum);
  }

  const NForPrice& offer_;
  std::int64_t others_ = 0;  // what the n - 1 cheapest units cost
};

}  // namespace

std::unique_ptr<Rule> make_cheapest_rule(const CheapestOf& offer, std::int64_t most) {
  if (offer.cheapest == CheapestIn::overall && offer.k < offer.n && most > 1) {
    return std::make_unique<CheapestOverallRule>(offer, most);
  }
  return std::make_unique<CheapestRule>(offer);
}

std::unique_ptr<Rule> make_bundle_rule(const NForPrice& offer) {
  return std::make_unique<BundleRule>(offer);
}

}  // namespace cartwright::offers::search
