#include "offers/funding.hpp"

#include <cstddef>
#include <numeric>

#include "offers/largest_remainder.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kWhole = 10'000;  // basis points

std::vector<FunderShares> all_by_retailer(std::span<const std::int64_t> discounts) {
  std::vector<FunderShares> result(discounts.size());
  for (std::size_t i = 0; i < discounts.size(); ++i) {
    if (discounts[i] > 0) result[i].push_back({kRetailer, discounts[i]});
  }
  return result;
}

}  // namespace

std::vector<FunderShares> split_funding(const Offer& offer,
                                        std::span<const std::int64_t> discounts) {
  if (offer.funding.empty()) return all_by_retailer(discounts);
  std::vector<std::string> names;
  std::vector<std::int64_t> rates;
  for (const Funding& funding : offer.funding) {
    names.push_back(funding.funder);
    rates.push_back(funding.bps);
  }
  names.emplace_back(kRetailer);
  rates.push_back(kWhole - std::accumulate(rates.begin(), rates.end(), std::int64_t{0}));

  const std::int64_t sum = std::accumulate(discounts.begin(), discounts.end(), std::int64_t{0});
  // What each still has to bear: shared in proportion, no part goes above it, so that the last
  // discount takes exactly what is left.
  std::vector<std::int64_t> open = split_by_largest_remainder(sum, rates);
  std::vector<FunderShares> result;
  for (const std::int64_t discount : discounts) {
    const std::vector<std::int64_t> parts = split_by_largest_remainder(discount, open);
    FunderShares& shares = result.emplace_back();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      open[i] -= parts[i];
      if (parts[i] > 0) shares.push_back({names[i], parts[i]});
    }
  }
  return result;
}

}  // namespace cartwright::offers
