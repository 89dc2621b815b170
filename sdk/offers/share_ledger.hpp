#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "offers/priced_basket.hpp"
#include "offers/problem_builder.hpp"

namespace cartwright::offers {

// Writes down which offer does what on which line, and tells it by line, by offer, and as discounts
// for the totals.
class ShareLedger {
 public:
  // Both must outlive the ledger.
  ShareLedger(const std::vector<Unit>& units, std::size_t lines) : units_(units), lines_(lines) {}

  // One more application of the offer.
  void add(const Offer& offer, std::span<const UnitIndex> qualify, std::span<const Share> reward);

  // Splits each discount among its funders; after the last add().
  void fund();
  std::vector<Discount> discounts(const Basket& basket) const;
  std::vector<AppliedOffer> applied() const;  // by id
  const std::vector<std::vector<LineShare>>& lines() const { return lines_; }

 private:
  struct Use {
    const Offer* offer = nullptr;
    std::int64_t applications = 0;
    Money discount;
    std::vector<std::pair<std::size_t, std::size_t>> shares;  // line, place among its shares
  };
  LineShare& share_of(Use& use, std::uint32_t line, Role role);

  const std::vector<Unit>& units_;
  std::vector<std::vector<LineShare>> lines_;
  std::map<std::string, Use, std::less<>> uses_;
};

}  // namespace cartwright::offers
