#pragma once

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
  // Must outlive the ledger.
  explicit ShareLedger(const std::vector<Unit>& units) : units_(units) {
    uses_.reserve(units.size());
    shares_.reserve(units.size());
  }

  // One more application of the offer. The offers are those of one book; applications of one offer
  // come one after the other.
  void add(const Offer& offer, std::span<const UnitIndex> qualify, std::span<const Share> reward);

  std::vector<Discount> discounts(const Basket& basket) const;  // by line
  std::vector<AppliedOffer> applied() const;                    // by id
  std::vector<const Offer*> offers() const;                     // the same, by id
  // By line of the basket, each discount split among its funders.
  std::vector<std::vector<LineShare>> lines(std::size_t count) const;

 private:
  struct Use {
    const Offer* offer = nullptr;
    std::int64_t applications = 0;
    Money discount;
    std::size_t first_share = 0;
  };
  struct LineUse {
    std::uint32_t line = 0;
    std::uint32_t use = 0;
    std::int64_t application = 0;
    Role role = Role::reward;
    std::int64_t units = 0;
    Money amount;
  };
  LineUse& share_on(std::uint32_t line, Role role);
  std::span<const LineUse> shares_of(std::size_t use) const;
  std::vector<std::uint32_t> starts(std::size_t lines) const;
  std::vector<std::uint32_t> by_line(std::vector<std::uint32_t> starts) const;
  std::vector<const Use*> by_id() const;

  const std::vector<Unit>& units_;
  std::vector<Use> uses_;
  std::vector<LineUse> shares_;  // those of a use together
};

}  // namespace cartwright::offers
