#include "offers/shares.hpp"

#include <algorithm>
#include <functional>
#include <ranges>
#include <tuple>

#include "offers/largest_remainder.hpp"

namespace cartwright::offers {

Shares share_over(std::int64_t total, std::span<const UnitIndex> units, const Problem& problem) {
  std::vector<UnitIndex> by_key(units.begin(), units.end());
  const auto rank = [&](UnitIndex unit) { return problem.units[unit].rank; };
  if (!std::ranges::is_sorted(by_key, {}, rank)) std::ranges::stable_sort(by_key, {}, rank);
  std::vector<std::int64_t> prices;
  prices.reserve(by_key.size());
  for (const UnitIndex unit : by_key) prices.push_back(problem.units[unit].base);
  const std::vector<std::int64_t> parts = split_by_largest_remainder(total, prices);
  Shares shares;
  shares.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) shares.push_back({by_key[i], parts[i]});
  std::ranges::sort(shares, {}, &Share::unit);
  return shares;
}

boost::container::small_vector<std::int64_t, 8> dearest_prices(std::span<const UnitIndex> units,
                                                               int n,
                                                               const std::vector<Unit>& all) {
  boost::container::small_vector<std::int64_t, 8> prices(static_cast<std::size_t>(n));
  const auto base = [&](UnitIndex unit) { return all[unit].base; };
  std::ranges::partial_sort_copy(units | std::views::transform(base), prices, std::greater<>());
  return prices;
}

std::int64_t discount_of(std::span<const Share> shares) {
  std::int64_t sum = 0;
  for (const Share& share : shares) sum += share.discount;
  return sum;
}

std::int64_t discount_of(std::span<const Application> applications) {
  std::int64_t sum = 0;
  for (const Application& one : applications) sum += discount_of(one.reward);
  return sum;
}

void sort_applications(std::vector<Application>& applications) {
  const auto first_unit = [](const Application& one) {
    UnitIndex first = ~UnitIndex{0};
    if (!one.qualify.empty()) first = one.qualify.front();
    if (!one.reward.empty()) first = std::min(first, one.reward.front().unit);
    return first;
  };
  struct Place {
    std::uint32_t candidate;
    UnitIndex unit;
    std::size_t at;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> order;
  order.reserve(applications.size());
  for (const Application& one : applications) {
    order.push_back({one.candidate, first_unit(one), order.size()});
  }
  std::ranges::sort(order);
  std::vector<Application> sorted;
  sorted.reserve(order.size());
  for (const Place& one : order) sorted.push_back(std::move(applications[one.at]));
  applications = std::move(sorted);
}

}  // namespace cartwright::offers
