#include "support/offers/arithmetic.hpp"

#include <algorithm>
#include <numeric>

namespace cartwright::judge {
namespace {

__extension__ using Wide = __int128;

}  // namespace

std::int64_t percent_half_up(std::int64_t amount, std::int64_t bps) {
  return static_cast<std::int64_t>((Wide{amount} * bps * 2 + 10'000) / 20'000);
}

std::vector<std::int64_t> largest_remainder(std::int64_t total,
                                            const std::vector<Weight>& weights) {
  Wide sum = 0;
  for (const Weight& weight : weights) sum += weight.weight;
  std::vector<std::int64_t> shares(weights.size(), 0);
  if (sum == 0) return shares;
  std::vector<Wide> remainders(weights.size(), 0);
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = Wide{total} * weights[i].weight;
    shares[i] = static_cast<std::int64_t>(product / sum);
    remainders[i] = product % sum;
    left -= shares[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (remainders[a] != remainders[b]) return remainders[a] > remainders[b];
    return weights[a].rank < weights[b].rank;
  });
  for (std::size_t i = 0; left > 0; ++i, --left) ++shares[order[i]];
  return shares;
}

}  // namespace cartwright::judge
