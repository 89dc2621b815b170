#include "offers/shares.hpp"

#include <algorithm>

#include "offers/largest_remainder.hpp"

namespace cartwright::offers {

std::vector<Share> share_over(std::int64_t total, std::span<const UnitIndex> units,
                              const Problem& problem) {
  std::vector<UnitIndex> by_key(units.begin(), units.end());
  std::ranges::stable_sort(by_key, {}, [&](UnitIndex unit) { return problem.units[unit].rank; });
  std::vector<std::int64_t> prices;
  for (const UnitIndex unit : by_key) prices.push_back(problem.units[unit].base);
  const std::vector<std::int64_t> parts = split_by_largest_remainder(total, prices);
  std::vector<Share> shares;
  for (std::size_t i = 0; i < parts.size(); ++i) shares.push_back({by_key[i], parts[i]});
  std::ranges::sort(shares, {}, &Share::unit);
  return shares;
}

}  // namespace cartwright::offers
