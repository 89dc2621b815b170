#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// Discount and units of some applications.
struct RankedValue {
  std::int64_t discount = 0;
  std::int64_t units = 0;

  // Whether it takes off more a unit.
  bool is_above(const RankedValue& other) const;
};

RankedValue value_of(std::span<const Application> applications);

// What a ranking has chosen so far, and what each offer could do next with what that leaves: the
// dearest units that are free. The problem must outlive it.
class RankedChoice {
 public:
  explicit RankedChoice(const Problem& problem);

  // The next application of a candidate, or, of the cheapest of all, all of them; or none.
  std::vector<Application> next(std::uint32_t candidate);
  void take(std::vector<Application> applications);

  const std::vector<Application>& items() const { return items_; }
  // By unit: what is left of its price.
  const std::vector<std::int64_t>& left() const { return left_; }
  // By group: whether an item offer used it.
  std::vector<bool> groups() const;
  // What is left of each coupon.
  const std::vector<std::int64_t>& coupons() const { return coupons_; }

 private:
  using Units = UnitSet;

  UnitLists dearest_first(UnitLists sets) const;
  bool is_open() const;
  Units free(std::size_t set, bool reward = true) const;
  std::int64_t base(UnitIndex unit) const { return problem_.units[unit].base; }
  std::int64_t sum(const Units& units) const;
  Application application(Units qualify, Shares reward) const;
  std::vector<Application> bundle(const Units& units, std::int64_t price) const;
  Shares at_rate(std::span<const UnitIndex> units, std::int64_t bps) const;
  std::vector<Application> of(const UnitOffer& offer) const;
  std::vector<Application> of(const CheapestOf& offer) const;
  std::vector<Application> of(const NForPrice& offer) const;
  std::vector<Application> of(const BuyGet& offer) const;
  std::vector<Application> of(const MealDeal& offer) const;
  std::vector<Application> of(const Tiers& offer) const;
  std::vector<Application> of(const BasketOffer&) const { return {}; }

  const Problem& problem_;
  std::vector<UnitLists> sets_;  // by candidate, the dearest units first; once asked for
  std::vector<Application> items_;
  std::vector<std::int64_t> coupons_;
  std::vector<const Offer*> groups_;
  std::vector<std::int64_t> uses_;
  std::vector<bool> is_used_;
  std::vector<std::int64_t> left_;
  std::vector<Units> own_;  // by candidate: units that it uses
  std::uint32_t at_ = 0;
  const Candidate* facts_ = nullptr;
};

}  // namespace cartwright::offers::search
