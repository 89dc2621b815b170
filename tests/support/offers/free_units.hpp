#pragma once

#include <optional>
#include <set>
#include <vector>

#include "offers/problem.hpp"
#include "support/offers/discounts.hpp"

namespace cartwright::judge {

// A selection that grows an application at a time and stays feasible: what is used, what is left.
class GrowingSelection {
 public:
  explicit GrowingSelection(const offers::Problem& problem);

  // The units of the set that the candidate may still use, dearest first, equal ones by key.
  UnitList free(std::uint32_t candidate, const UnitList& set, bool reward) const;
  // Whether the candidate's limit, coupon and group leave room for one more application.
  bool open(std::uint32_t candidate) const;
  // The application with these units, if its shape holds and no unit gives more than it has left.
  std::optional<offers::Application> application(std::uint32_t candidate, UnitList qualify,
                                                 UnitList reward) const;
  void add(offers::Application application);

  // The selection, with every basket offer that may apply, in their order.
  offers::Solution finish();

 private:
  const offers::Problem& problem_;
  offers::Solution solution_;
  std::vector<std::int64_t> left_;
  std::vector<bool> exclusive_;
  std::vector<std::vector<bool>> used_;  // by candidate
  std::vector<std::int64_t> uses_;
  std::vector<std::int64_t> coupons_;
  std::vector<const offers::Offer*> group_users_;
};

std::int64_t discount_of(const offers::Application& application);

}  // namespace cartwright::judge
