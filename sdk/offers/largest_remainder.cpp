#include "offers/largest_remainder.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "base/error.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kSmall = std::int64_t{1} << 31;

}  // namespace

std::vector<std::int64_t> split_by_largest_remainder(std::int64_t amount,
                                                     std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts(weights.size(), 0);
  if (amount == 0) return parts;
  const Wide together = std::accumulate(weights.begin(), weights.end(), Wide{0});
  if (amount < 0 || together <= 0) {
    throw Error(ErrorKind::internal, "an amount is shared among nothing");
  }
  std::vector<Wide> remainders;
  remainders.reserve(weights.size());
  std::int64_t left = amount;
  // Mostly the products have room in 64 bits, whose division is several times as fast.
  const bool is_small = together < kSmall && amount < kSmall;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (is_small) {
      const std::int64_t product = amount * weights[i];
      const auto whole = static_cast<std::int64_t>(together);
      parts[i] = product / whole;
      remainders.push_back(product % whole);
      left -= parts[i];
      continue;
    }
    const Wide product = Wide{amount} * weights[i];
    parts[i] = static_cast<std::int64_t>(product / together);
    remainders.push_back(product % together);
    left -= parts[i];
  }
  if (left == 0) return parts;
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::partial_sort(order.begin(), order.begin() + left, order.end(),
                    [&](std::size_t a, std::size_t b) {
                      return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
                    });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
  return parts;
}

}  // namespace cartwright::offers
