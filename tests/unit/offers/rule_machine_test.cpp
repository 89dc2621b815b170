#include "offers/rule_machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

namespace cartwright::offers::search {
namespace {

using testing::ElementsAre;

// Stops of the given prices and counts, all of set 0, and what lies ahead of each.
class Stops {
 public:
  std::pmr::vector<Stop> of(std::initializer_list<std::pair<std::int64_t, std::int64_t>> units) {
    std::pmr::vector<Stop> stops;
    for (const auto& [base, count] : units) {
      stops.push_back({.at = static_cast<std::uint32_t>(stops.size()),
                       .mask = 1,
                       .base = base,
                       .count = count,
                       .upon = {},
                       .ahead = {}});
    }
    stops.emplace_back();
    std::int64_t ahead = 0;
    for (std::size_t at = stops.size(); at-- > 0;) {
      ahead += stops[at].count;
      counts_.push_back(ahead);
      stops[at].ahead = {.eligible = {&counts_.back(), 1}, .price = stops[at].base, .seen = 0};
    }
    return stops;
  }

 private:
  std::deque<std::int64_t> counts_;
};

const CheapestOf kThreeForTwo{
    .set = {}, .n = 3, .k = 1, .bps = 10'000, .cheapest = CheapestIn::per_application};

TEST(Machine, gains_without_rents_what_its_offer_does) {
  Stops stops;
  Machine machine(make_cheapest_rule(kThreeForTwo, 2), stops.of({{900, 1}, {700, 2}, {500, 3}}),
                  -1);
  machine.pay(std::vector<std::int64_t>{0, 0, 0});
  EXPECT_EQ(machine.profit(0, 0), (700 + 500) * kParts);
  EXPECT_EQ(machine.bits(), 2);
}

TEST(Machine, pays_the_rent_of_each_unit_that_it_takes) {
  Stops stops;
  Machine machine(make_cheapest_rule(kThreeForTwo, 2), stops.of({{900, 1}, {700, 2}, {500, 3}}),
                  -1);
  const std::vector<std::int64_t> rents{100 * kParts, 100 * kParts, 190 * kParts};
  machine.pay(rents);
  // The first run pays 300 for 700; another 570 for 500: it stays away.
  EXPECT_EQ(machine.profit(0, 0), 400 * kParts);
  std::vector<std::int64_t> demand{0, 0, 0};
  machine.add_demand(rents, demand);
  EXPECT_THAT(demand, ElementsAre(1, 2, 0));
}

TEST(Machine, passes_a_stop_only_with_what_can_be_completed) {
  Stops stops;
  Machine machine(make_cheapest_rule(kThreeForTwo, 1), stops.of({{900, 2}, {700, 1}}), -1);
  machine.pay(std::vector<std::int64_t>{0, 0});
  const Machine::Steps first = machine.steps(0, 0);
  ASSERT_EQ(first.to - first.from, 1U);
  const std::uint32_t one = machine.step(first.from).next;
  const std::uint32_t two = machine.step(machine.steps(0, one).from).next;
  EXPECT_TRUE(machine.passes(0, 0));
  EXPECT_FALSE(machine.passes(0, one));
  EXPECT_TRUE(machine.passes(0, two));
  EXPECT_FALSE(machine.passes(1, two));
  EXPECT_LT(machine.profit(1, one), Machine::kHopeless);
}

TEST(Machine, counts_the_applications_of_a_limit_in_its_states) {
  const UnitOffer half{.set = {}, .reward = PercentReward{5'000}};
  Stops stops;
  Machine free(make_unit_rule(half), stops.of({{900, 1}, {700, 2}}), -1);
  Machine limited(make_unit_rule(half), stops.of({{900, 1}, {700, 2}}), 2);
  const std::vector<std::int64_t> none{0, 0};
  free.pay(none);
  limited.pay(none);
  EXPECT_EQ(free.profit(0, 0), (450 + 350 + 350) * kParts);
  EXPECT_EQ(limited.profit(0, 0), (450 + 350) * kParts);
  EXPECT_EQ(free.bits(), 0);
  EXPECT_EQ(limited.bits(), 2);
}

TEST(Machine, leaves_room_for_what_stacks_upon_it) {
  const UnitOffer most{.set = {}, .reward = PercentReward{9'000}};
  Stops stops;
  std::pmr::vector<Stop> all = stops.of({{900, 1}, {700, 1}});
  const std::vector<std::int64_t> upon{100, 50};
  all[0].upon = upon;
  Machine machine(make_unit_rule(most), std::move(all), -1);
  machine.pay(std::vector<std::int64_t>{0, 0});
  // 90 are left of 900: of 100 and 50 only the 50 fit.
  EXPECT_EQ(machine.profit(0, 0), (810 - 100 + 630) * kParts);
}

// 300 rewards each of 600 units may wait for: too many states to be written out.
TEST(Machine, of_many_states_estimates_and_is_never_below) {
  const BuyGet offer{.buy = {},
                     .n = 1,
                     .get = {},
                     .m = 1,
                     .reward = PercentReward{10'000},
                     .consume = Consume::both,
                     .lesser = true};
  std::pmr::vector<Stop> stops;
  const std::vector<std::int64_t> ahead{600, 600, 300, 300, 0, 0};
  for (std::uint32_t at = 0; at < 3; ++at) {
    stops.push_back({.at = at,
                     .mask = 3,
                     .base = at == 0 ? 900 : 700,
                     .count = at < 2 ? 300 : 0,
                     .upon = {},
                     .ahead = {.eligible = {ahead.data() + at * 2, 2}, .price = 900, .seen = 0}});
  }
  Candidate candidate;
  Machine machine(make_buy_get_rule(offer, candidate, 300), std::move(stops), -1);
  machine.pay(std::vector<std::int64_t>{0, 0});
  EXPECT_GE(machine.profit(0, 0), 150 * (900 + 700) * kParts);
  const Machine::Steps steps = machine.steps(0, 0);
  ASSERT_EQ(steps.to - steps.from, 2U);
  EXPECT_EQ(machine.steps(0, 0).from, steps.from);  // made once
  EXPECT_GE(machine.bits(), 10);
}

}  // namespace
}  // namespace cartwright::offers::search
