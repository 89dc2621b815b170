#include "offers/bundle_room.hpp"

#include <gtest/gtest.h>

namespace cartwright::offers::search {
namespace {

// Three for 3.00, of units at 2.49 (one, with something upon it), 1.09 (two) and 0.79 (two).
struct Bundle {
  explicit Bundle(std::vector<std::int64_t> upon_first) : upon(std::move(upon_first)) {
    stops = {stop(249, 1), stop(109, 2), stop(79, 2)};
    stops.front().upon = upon;
  }
  static Stop stop(std::int64_t base, std::int64_t count) {
    return {.at = 0, .mask = 1, .base = base, .count = count, .upon = {}, .ahead = {}};
  }
  BundleRoom room(std::int64_t most = 1) const { return {offer, most, stops}; }

  NForPrice offer{.set = {}, .n = 3, .price = Money(300)};
  std::vector<std::int64_t> upon;
  std::vector<Stop> stops;
};

TEST(BundleRoom, caps_what_units_cost_where_something_fits_no_longer) {
  const BundleRoom room = Bundle({170}).room();
  ASSERT_EQ(room.caps(), 1U);
  EXPECT_EQ(room.cap(0), 442);
  EXPECT_EQ(room.least_sum(0), 0);
  EXPECT_EQ(room.least_sum(1), 443);
  EXPECT_EQ(room.applications(), 1U);
  // It fits at the cap, and no longer a cent above it.
  EXPECT_LE(least_share(442 - 300, 249, 442), 249 - 170);
  EXPECT_GT(least_share(443 - 300, 249, 443), 249 - 170);
}

TEST(BundleRoom, lists_the_sums_from_which_a_cap_can_be_kept) {
  const BundleRoom room = Bundle({170}).room();
  EXPECT_EQ(room.cheapest(2), 158);
  // 0.79, 1.09, 2.49; then all pairs, of which none comes above the cap with 0.79 more.
  EXPECT_EQ(room.partials(), 8U);
  for (std::size_t at = 0; at < room.partials(); ++at) {
    EXPECT_EQ(room.place_of(room.partial(at)), at);
  }
}

TEST(BundleRoom, is_empty_where_nothing_hangs_on_it) {
  EXPECT_TRUE(Bundle({}).room().empty());
  EXPECT_TRUE(Bundle({20}).room().empty());   // fits beside any two
  EXPECT_TRUE(Bundle({249}).room().empty());  // fits beside none
  EXPECT_TRUE(Bundle({170}).room(0).empty());
}

TEST(BundleRoom, is_empty_where_there_would_be_too_much_to_remember) {
  EXPECT_TRUE(Bundle({150, 151, 152, 153, 154, 155}).room().empty());
  EXPECT_FALSE(Bundle({155, 170}).room().empty());
}

}  // namespace
}  // namespace cartwright::offers::search
