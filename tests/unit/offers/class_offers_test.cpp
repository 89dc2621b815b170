#include "offers/class_offers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace cartwright::offers::search {
namespace {

// Offers that each take an amount off two units of 5.00 by themselves.
struct Free {
  std::vector<Offer> offers;
  Problem problem;
  std::vector<std::int64_t> most;
  std::pmr::monotonic_buffer_resource memory;
  Outside outside;

  explicit Free(const std::vector<std::int64_t>& amounts) : offers(amounts.size()) {
    problem.units = {{.line = 0, .rank = 0, .product = 0, .base = 500},
                     {.line = 0, .rank = 0, .product = 0, .base = 500}};
    for (std::size_t i = 0; i < offers.size(); ++i) {
      offers[i].shape = UnitOffer{.set = {}, .reward = AmountReward{Money(amounts[i])}};
      problem.items.push_back({.offer = &offers[i], .sets = {{0, 1}}, .group = {}, .coupon = {}});
    }
  }

  // By candidate: what is free, and what are rules.
  struct Listed {
    std::vector<std::uint32_t> free;
    std::vector<std::uint32_t> rules;
  };
  Listed list() {
    most = most_applications(problem);
    const std::vector<std::uint32_t> marks(2, 1);
    const Partition partition(problem, most, marks);
    const ClassOffers made(problem, partition.components().front(), outside, &memory);
    Listed listed;
    for (const Eligible& one : made.free(0)) listed.free.push_back(one.candidate);
    for (const Eligible& one : made.rules(0)) listed.rules.push_back(one.candidate);
    std::vector<std::uint32_t> all = listed.free;
    all.insert(all.end(), listed.rules.begin(), listed.rules.end());
    std::ranges::sort(all);
    EXPECT_TRUE(std::ranges::equal(made.candidates(), all));
    return listed;
  }
  Listed list_apart(std::int64_t window) {
    outside.marks = {0};
    outside.window = window;
    return list();
  }
};

using Candidates = std::vector<std::uint32_t>;

TEST(ClassOffers, are_the_best_alone_where_nothing_stacks) {
  Free three({40, 70, 70});
  EXPECT_EQ(three.list().free, (Candidates{1}));
  EXPECT_TRUE(three.list().rules.empty());
  three.offers[0].exclusive = false;
  EXPECT_EQ(three.list().free, (Candidates{0, 1, 2}));
}

TEST(ClassOffers, kept_apart_are_rules_within_the_window_one_for_each_discount) {
  Free five({40, 70, 70, 68, 66});
  EXPECT_EQ(five.list_apart(3).rules, (Candidates{1, 3}));
  EXPECT_TRUE(five.list_apart(3).free.empty());
  EXPECT_EQ(five.list_apart(30).rules, (Candidates{0, 1, 3, 4}));
  five.offers[1].priority = 1;
  EXPECT_EQ(five.list_apart(3).rules, (Candidates{2, 3}));
}

TEST(ClassOffers, kept_apart_leave_the_one_free_that_can_not_be_declined) {
  Free two({40, 70});
  EXPECT_EQ(two.list_apart(29).free, (Candidates{1}));
  EXPECT_TRUE(two.list_apart(29).rules.empty());
  // To take nothing off gains 5 less, which is in the window.
  Free small({5});
  EXPECT_EQ(small.list_apart(5).rules, (Candidates{0}));
  EXPECT_EQ(small.list_apart(4).free, (Candidates{0}));
}

TEST(ClassOffers, kept_apart_are_all_rules_where_something_stacks) {
  Free three({40, 70, 70});
  three.offers[0].exclusive = false;
  EXPECT_EQ(three.list_apart(0).rules, (Candidates{0, 1, 2}));
}

}  // namespace
}  // namespace cartwright::offers::search
