#include "offers/funding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <numeric>

#include "offers/largest_remainder.hpp"

namespace cartwright::offers {
namespace {

Offer funded(std::vector<Funding> funding) {
  Offer offer;
  offer.funding = std::move(funding);
  return offer;
}

TEST(Funding, is_the_retailers_where_nobody_funds) {
  const std::vector<std::int64_t> discounts = {129, 0};
  const auto split = split_funding(funded({}), discounts);
  ASSERT_EQ(split[0].size(), 1u);
  EXPECT_EQ(split[0][0].funder, "retailer");
  EXPECT_EQ(split[0][0].minor, 129);
  EXPECT_TRUE(split[1].empty());
}

TEST(Funding, of_many_small_discounts_is_the_rate_of_their_sum) {
  const std::vector<std::int64_t> discounts = {1, 1, 1, 1, 1};
  std::map<std::string, std::int64_t> bears;
  for (const auto& parts : split_funding(funded({{"acme", 6000}}), discounts)) {
    ASSERT_EQ(parts.size(), 1u);
    bears[parts[0].funder] += parts[0].minor;
  }
  EXPECT_EQ(bears["acme"], 3);
  EXPECT_EQ(bears["retailer"], 2);
}

RC_GTEST_PROP(Funding, adds_up_on_each_side, ()) {
  const auto discounts =
      *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1000));
  const std::int64_t acme = *rc::gen::inRange<std::int64_t>(0, 5001);
  const std::int64_t bolt = *rc::gen::inRange<std::int64_t>(0, 5001);
  const auto split = split_funding(funded({{"acme", acme}, {"bolt", bolt}}), discounts);
  std::map<std::string, std::int64_t> bears;
  for (std::size_t i = 0; i < discounts.size(); ++i) {
    std::int64_t sum = 0;
    for (const FunderShare& part : split[i]) {
      RC_ASSERT(part.minor > 0);
      sum += part.minor;
      bears[part.funder] += part.minor;
    }
    RC_ASSERT(sum == discounts[i]);
  }
  const std::vector<std::int64_t> rates = {acme, bolt, 10'000 - acme - bolt};
  const auto whole = split_by_largest_remainder(
      std::accumulate(discounts.begin(), discounts.end(), std::int64_t{0}), rates);
  RC_ASSERT(bears["acme"] == whole[0]);
  RC_ASSERT(bears["bolt"] == whole[1]);
  RC_ASSERT(bears["retailer"] == whole[2]);
}

}  // namespace
}  // namespace cartwright::offers
