#include "offers/share_ledger.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace cartwright::offers {

// The application's share on the line: begun here, or begun with the unit before.
ShareLedger::LineUse& ShareLedger::share_on(std::uint32_t line, Role role) {
  const auto use = static_cast<std::uint32_t>(uses_.size() - 1);
  const std::int64_t application = uses_.back().applications;
  if (!shares_.empty()) {
    LineUse& last = shares_.back();
    if (last.line == line && last.use == use && last.application == application &&
        last.role == role) {
      return last;
    }
  }
  return shares_.emplace_back(LineUse{.line = line,
                                      .use = use,
                                      .application = application,
                                      .role = role,
                                      .units = 0,
                                      .amount = {}});
}

void ShareLedger::add(const Offer& offer, std::span<const UnitIndex> qualify,
                      std::span<const Share> reward) {
  if (uses_.empty() || uses_.back().offer != &offer) {
    uses_.push_back({&offer, 0, {}, shares_.size()});
  }
  Use& use = uses_.back();
  ++use.applications;
  for (const UnitIndex unit : qualify) ++share_on(units_[unit].line, Role::qualify).units;
  for (const Share& each : reward) {
    LineUse& share = share_on(units_[each.unit].line, Role::reward);
    ++share.units;
    share.amount += Money(each.discount);
    use.discount += Money(each.discount);
  }
}

std::span<const ShareLedger::LineUse> ShareLedger::shares_of(std::size_t use) const {
  const std::size_t first = uses_[use].first_share;
  const std::size_t last = use + 1 < uses_.size() ? uses_[use + 1].first_share : shares_.size();
  return std::span(shares_).subspan(first, last - first);
}

// Where the places of each line begin in by_line(), and where the last one's end.
std::vector<std::uint32_t> ShareLedger::starts(std::size_t lines) const {
  std::vector<std::uint32_t> starts(lines + 1, 0);
  for (const LineUse& share : shares_) ++starts[share.line + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  return starts;
}

// Places of shares, those of a line in the order in which they were added.
std::vector<std::uint32_t> ShareLedger::by_line(std::vector<std::uint32_t> starts) const {
  std::vector<std::uint32_t> places(shares_.size());
  for (std::uint32_t place = 0; place < shares_.size(); ++place) {
    places[starts[shares_[place].line]++] = place;
  }
  return places;
}

// A book's offers lie in the order of their ids.
std::vector<const ShareLedger::Use*> ShareLedger::by_id() const {
  std::vector<const Use*> uses;
  uses.reserve(uses_.size());
  for (const Use& use : uses_) uses.push_back(&use);
  std::sort(uses.begin(), uses.end(),
            [](const Use* a, const Use* b) { return std::less<>()(a->offer, b->offer); });
  return uses;
}

std::vector<std::vector<LineShare>> ShareLedger::lines(std::size_t count) const {
  std::vector<FunderShares> funders(shares_.size());
  std::vector<std::int64_t> discounts;
  for (std::size_t use = 0; use < uses_.size(); ++use) {
    if (uses_[use].offer->funding.empty()) continue;
    discounts.clear();
    for (const LineUse& share : shares_of(use)) discounts.push_back(share.amount.minor());
    std::vector<FunderShares> split = split_funding(*uses_[use].offer, discounts);
    std::move(split.begin(), split.end(),
              funders.begin() + static_cast<std::ptrdiff_t>(uses_[use].first_share));
  }
  std::vector<std::vector<LineShare>> lines(count);
  const std::vector<std::uint32_t> starts = this->starts(count);
  for (std::size_t line = 0; line < count; ++line)
    lines[line].reserve(starts[line + 1] - starts[line]);
  for (const std::uint32_t place : by_line(starts)) {
    const LineUse& share = shares_[place];
    lines[share.line].push_back({.offer = uses_[share.use].offer->id,
                                 .application = share.application,
                                 .role = share.role,
                                 .units = share.units,
                                 .amount = share.amount,
                                 .funders = std::move(funders[place])});
    if (share.amount > Money(0) && uses_[share.use].offer->funding.empty()) {
      lines[share.line].back().funders.push_back({kRetailer, share.amount.minor()});
    }
  }
  return lines;
}

std::vector<Discount> ShareLedger::discounts(const Basket& basket) const {
  std::vector<Discount> discounts;
  discounts.reserve(shares_.size());
  for (const std::uint32_t place : by_line(starts(basket.lines().size()))) {
    const LineUse& share = shares_[place];
    if (share.amount == Money(0)) continue;
    const Offer& offer = *uses_[share.use].offer;
    discounts.push_back({.key = basket.lines()[share.line].key,
                         .offer = offer.id,
                         .amount = share.amount,
                         .keeps_tax_base = offer.tax_base == TaxBase::keep});
  }
  return discounts;
}

std::vector<AppliedOffer> ShareLedger::applied() const {
  std::vector<AppliedOffer> applied;
  applied.reserve(uses_.size());
  for (const Use* use : by_id()) {
    applied.push_back({.offer = use->offer->id,
                       .name = use->offer->name,
                       .applications = use->applications,
                       .discount = use->discount,
                       .points = 0});
  }
  return applied;
}

std::vector<const Offer*> ShareLedger::offers() const {
  std::vector<const Offer*> offers;
  offers.reserve(uses_.size());
  for (const Use* use : by_id()) offers.push_back(use->offer);
  return offers;
}

}  // namespace cartwright::offers
