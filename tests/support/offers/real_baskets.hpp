#pragma once

#include <filesystem>
#include <string>

#include "support/offers/shop.hpp"

namespace cartwright::judge {

// Real baskets with offers derived from the data's own coupons and discounts: the "Complete
// Journey" data of 2017 (CC0), as xz files of one folder. Not part of the tree.
struct RealData {
  std::filesystem::path folder;
  std::size_t most_offers = 5'000;
  // Lines of a household's purchases that are joined to one basket, oldest first; 1: baskets as
  // they were. The data is a sample of lines, so that a basket as it was is small.
  std::size_t least_lines = 1;
  std::size_t most_baskets = 1'000;
};

// Whether the folder holds what is needed.
bool present(const RealData& data);

// The shop with its baskets. The same data gives the same shop on every machine: which kind of
// offer a coupon becomes is decided by where it stands in the data. Throws std::runtime_error with
// file and line where the data is not as described.
//
// Products: those bought; a price is the shelf price of the last purchase. Offers: each coupon of a
// campaign on the products that it names (of targeted campaigns it must be presented; a basket
// presents those that its household redeemed); a fixed price for products sold below the shelf
// price; a rate for categories with such discounts; bundles of types that are bought in twos and
// meal deals of categories that are bought most; two thresholds on the whole basket.
Shop real_shop(const RealData& data);

}  // namespace cartwright::judge
