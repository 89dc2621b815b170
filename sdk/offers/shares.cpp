#include "offers/shares.hpp"

#include <algorithm>
#include <tuple>

#include "offers/wide.hpp"

namespace cartwright::offers {

std::vector<Share> share_over(std::int64_t total, std::span<const UnitIndex> units,
                              const Problem& problem) {
  Wide sum = 0;
  for (const UnitIndex unit : units) sum += static_cast<Wide>(problem.units[unit].base);
  std::vector<Share> shares;
  struct Remainder {
    Wide rest;
    std::uint32_t rank;
    std::size_t at;
  };
  std::vector<Remainder> remainders;
  std::int64_t left = total;
  for (const UnitIndex unit : units) {
    const Wide product = static_cast<Wide>(total) * static_cast<Wide>(problem.units[unit].base);
    const auto whole = static_cast<std::int64_t>(sum == 0 ? 0 : product / sum);
    remainders.push_back({sum == 0 ? 0 : product % sum, problem.units[unit].rank, shares.size()});
    shares.push_back({unit, whole});
    left -= whole;
  }
  std::ranges::sort(remainders, [](const Remainder& a, const Remainder& b) {
    return std::tie(b.rest, a.rank, a.at) < std::tie(a.rest, b.rank, b.at);
  });
  for (std::size_t i = 0; left > 0 && i < remainders.size(); ++i, --left) {
    ++shares[remainders[i].at].discount;
  }
  std::ranges::sort(shares, {}, &Share::unit);
  return shares;
}

}  // namespace cartwright::offers
