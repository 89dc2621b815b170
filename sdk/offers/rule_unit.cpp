#include <algorithm>

#include "offers/discount.hpp"
#include "offers/search_rule.hpp"

namespace cartwright::offers::search {
namespace {

// percent_off, amount_off, fixed_price.
class UnitRule final : public Rule {
 public:
  UnitRule(const UnitOffer& offer, std::int64_t most) : offer_(offer), most_(most) {}

  int bits() const override { return 0; }
  void moves(State, std::int64_t base, std::uint32_t, std::vector<Move>& out) const override {
    const std::int64_t discount = discount_of(offer_.reward, base);
    if (discount > 0) out.push_back({.gain = discount, .discount = discount, .starts = 1});
  }
  bool can_complete(State, const Ahead&) const override { return true; }
  void tune(std::span<const Supply> supplies) override {
    rent_ = Surplus(supplies, [&](std::int64_t base, std::uint32_t) {
              return discount_of(offer_.reward, base) * kParts;
            }).at(most_);
  }
  std::int64_t worth(std::int64_t base, std::uint32_t) const override {
    return std::max<std::int64_t>(0, discount_of(offer_.reward, base) * kParts - rent_);
  }
  std::int64_t credit(State, const Ahead& ahead) const override {
    return rent_ * std::min(most_, ahead.eligible[0]);
  }

  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<Application> made;
    for (const Taken& one : taken) {
      made.push_back(
          {.qualify = {},
           .reward = {{one.unit, discount_of(offer_.reward, problem.units[one.unit].base)}}});
    }
    return made;
  }

 private:
  const UnitOffer& offer_;
  std::int64_t most_;
  std::int64_t rent_ = 0;
};

}  // namespace

std::unique_ptr<Rule> make_unit_rule(const UnitOffer& offer, std::int64_t most) {
  return std::make_unique<UnitRule>(offer, most);
}

}  // namespace cartwright::offers::search
