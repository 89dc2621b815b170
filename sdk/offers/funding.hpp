#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "offers/offer.hpp"

namespace cartwright::offers {

// What one of those who pay for an offer bears.
struct FunderShare {
  std::string funder;
  std::int64_t minor = 0;
};

// Mostly the retailer alone.
using FunderShares = boost::container::small_vector<FunderShare, 1>;

// Who bears the discounts that an offer gave, each of them split: all that a funder bears together
// is its rate of the sum, by largest remainder, and the parts of each discount add up to it. Those
// who bear nothing of a discount are left out. In the order of the offer's funding, the retailer
// last.
std::vector<FunderShares> split_funding(const Offer& offer,
                                        std::span<const std::int64_t> discounts);

}  // namespace cartwright::offers
