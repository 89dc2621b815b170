#include "offers/discount.hpp"
#include "offers/search_rule.hpp"

namespace cartwright::offers::search {
namespace {

// percent_off, amount_off, fixed_price.
class UnitRule final : public Rule {
 public:
  explicit UnitRule(const UnitOffer& offer) : offer_(offer) {}

  int bits() const override { return 0; }
  void moves(State, std::int64_t base, std::uint32_t, Moves& out) const override {
    const std::int64_t discount = discount_of(offer_.reward, base);
    if (discount > 0) out.push_back({.gain = discount, .discount = discount, .starts = 1});
  }
  bool can_complete(State, const Ahead&) const override { return true; }
  std::int64_t worth(std::int64_t base, std::uint32_t) const override {
    return discount_of(offer_.reward, base) * kParts;
  }
  std::int64_t credit(State, const Ahead&) const override { return 0; }

  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const override {
    std::vector<Application> made;
    made.reserve(taken.size());
    for (const Taken& one : taken) made.push_back(use_of(offer_, one.unit, problem));
    return made;
  }

 private:
  const UnitOffer& offer_;
};

}  // namespace

Application use_of(const UnitOffer& offer, UnitIndex unit, const Problem& problem) {
  return {.qualify = {}, .reward = {{unit, discount_of(offer.reward, problem.units[unit].base)}}};
}

std::unique_ptr<Rule> make_unit_rule(const UnitOffer& offer) {
  return std::make_unique<UnitRule>(offer);
}

}  // namespace cartwright::offers::search
