#include "offers/rest_uses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace cartwright::offers::search {
namespace {

using ::testing::ElementsAre;

// Five equal units; three of them for 200, or each at 10 off.
class RestUses : public ::testing::Test {
 protected:
  RestUses() {
    offers_[0].shape = NForPrice{.set = {}, .n = 3, .price = Money(200)};
    offers_[1].shape = UnitOffer{.set = {}, .reward = AmountReward{Money(10)}};
    for (const Offer& offer : offers_) {
      problem_.items.push_back(
          {.offer = &offer, .sets = {{0, 1, 2, 3, 4}}, .group = {}, .coupon = {}});
    }
    for (std::uint32_t i = 0; i < 5; ++i) {
      problem_.units.push_back({.line = i, .rank = i, .product = 0, .base = 100});
    }
    most_ = most_applications(problem_);
  }

  // By position: the candidates that take the units from `used` on.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> uses_from(std::uint32_t used) {
    const Partition partition(problem_, most_, {});
    std::pmr::monotonic_buffer_resource memory;
    const Plan plan = make_plan(problem_, partition.components().front(), most_, {}, &memory);
    EXPECT_TRUE(plan.rules.empty());
    std::vector<Placed> way;
    append_rest(plan.classes[0], 0, used, way);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> uses;
    for (const Placed& one : way) uses.emplace_back(one.position, one.candidate);
    return uses;
  }

  std::array<Offer, 2> offers_;
  Problem problem_;
  std::vector<std::int64_t> most_;
};

TEST_F(RestUses, are_packs_first_and_then_single_units) {
  EXPECT_THAT(uses_from(0), ElementsAre(std::pair(0, 0), std::pair(1, 0), std::pair(2, 0),
                                        std::pair(3, 1), std::pair(4, 1)));
}

TEST_F(RestUses, begin_after_what_is_used) {
  EXPECT_THAT(uses_from(2), ElementsAre(std::pair(2, 0), std::pair(3, 0), std::pair(4, 0)));
  EXPECT_THAT(uses_from(3), ElementsAre(std::pair(3, 1), std::pair(4, 1)));
  EXPECT_THAT(uses_from(5), ElementsAre());
}

TEST_F(RestUses, leave_alone_what_nothing_takes) {
  offers_[1].shape = UnitOffer{.set = {}, .reward = AmountReward{Money(0)}};
  EXPECT_THAT(uses_from(0), ElementsAre(std::pair(0, 0), std::pair(1, 0), std::pair(2, 0)));
}

}  // namespace
}  // namespace cartwright::offers::search
