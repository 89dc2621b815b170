#include "offers/share_ledger.hpp"

#include <utility>

namespace cartwright::offers {

// The application's share on the line: begun here, or begun with an earlier unit.
LineShare& ShareLedger::share_of(Use& use, std::uint32_t line, Role role) {
  std::vector<LineShare>& shares = lines_[line];
  if (!shares.empty() && shares.back().offer == use.offer->id &&
      shares.back().application == use.applications && shares.back().role == role) {
    return shares.back();
  }
  use.shares.emplace_back(line, shares.size());
  return shares.emplace_back(LineShare{.offer = use.offer->id,
                                       .application = use.applications,
                                       .role = role,
                                       .units = 0,
                                       .amount = {},
                                       .funders = {}});
}

void ShareLedger::add(const Offer& offer, std::span<const UnitIndex> qualify,
                      std::span<const Share> reward) {
  Use& use = uses_[offer.id];
  use.offer = &offer;
  ++use.applications;
  for (const UnitIndex unit : qualify) ++share_of(use, units_[unit].line, Role::qualify).units;
  for (const Share& each : reward) {
    LineShare& share = share_of(use, units_[each.unit].line, Role::reward);
    ++share.units;
    share.amount += Money(each.discount);
    use.discount += Money(each.discount);
  }
}

void ShareLedger::fund() {
  for (auto& [id, use] : uses_) {
    std::vector<std::int64_t> discounts;
    for (const auto& [line, at] : use.shares) discounts.push_back(lines_[line][at].amount.minor());
    std::vector<std::vector<FunderShare>> split = split_funding(*use.offer, discounts);
    for (std::size_t i = 0; i < split.size(); ++i) {
      const auto& [line, at] = use.shares[i];
      lines_[line][at].funders = std::move(split[i]);
    }
  }
}

std::vector<Discount> ShareLedger::discounts(const Basket& basket) const {
  std::vector<Discount> discounts;
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    std::map<std::string_view, Money> by_offer;
    for (const LineShare& share : lines_[line]) by_offer[share.offer] += share.amount;
    for (const auto& [offer, amount] : by_offer) {
      if (amount == Money(0)) continue;
      const TaxBase base = uses_.find(offer)->second.offer->tax_base;
      discounts.push_back({.key = basket.lines()[line].key,
                           .offer = std::string(offer),
                           .amount = amount,
                           .keeps_tax_base = base == TaxBase::keep});
    }
  }
  return discounts;
}

std::vector<AppliedOffer> ShareLedger::applied() const {
  std::vector<AppliedOffer> applied;
  for (const auto& [id, use] : uses_) {
    applied.push_back(
        {.offer = id, .applications = use.applications, .discount = use.discount, .points = 0});
  }
  return applied;
}

}  // namespace cartwright::offers
