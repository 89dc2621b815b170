#include "offers/sweep_layer.hpp"

#include <gtest/gtest.h>

namespace cartwright::offers::search {
namespace {

// The low byte of a state goes on, the second is what is kept apart.
struct Layered {
  explicit Layered(std::int64_t window, std::uint64_t apart_bits = 0xFF00)
      : apart({{apart_bits}, window}), layer(nodes, apart) {}

  bool add(std::uint64_t joint, std::int64_t gain) {
    Node<1> node;
    node.joint = {joint};
    node.score.gain = gain;
    node.uses = nodes.size();
    return layer.add(node, [](const Node<1>&, const Node<1>&) { return false; });
  }
  std::vector<std::int64_t> gains() const {
    std::vector<std::int64_t> gains;
    for (const std::uint32_t index : layer.members()) gains.push_back(nodes[index].score.gain);
    return gains;
  }

  std::pmr::vector<Node<1>> nodes;
  KeptApart<1> apart;
  Layer<1> layer;
};

using Gains = std::vector<std::int64_t>;

TEST(SweepLayer, keeps_the_best_way_to_each_state_few_or_many) {
  Layered few(0, 0);
  for (const std::uint64_t states : {4U, 100U}) {
    few.layer.clear();
    for (const std::int64_t gain : {10, 30, 20}) {
      for (std::uint64_t state = 0; state < states; ++state) {
        EXPECT_EQ(few.add(state, gain), gain != 20);
      }
    }
    EXPECT_EQ(few.gains(), Gains(states, 30));
  }
}

TEST(SweepLayer, leaves_out_what_one_that_goes_on_alike_has_outdone) {
  Layered layered(3);
  EXPECT_TRUE(layered.add(0x0001, 10));
  EXPECT_TRUE(layered.add(0x0101, 14));   // the first is outdone
  EXPECT_FALSE(layered.add(0x0201, 10));  // so would this be
  EXPECT_TRUE(layered.add(0x0201, 11));
  EXPECT_TRUE(layered.add(0x0002, 1));  // goes on otherwise
  layered.layer.drop_outdone();
  EXPECT_EQ(layered.gains(), (Gains{14, 11, 1}));
}

TEST(SweepLayer, keeps_those_of_the_largest_bound_and_one_that_may_stay) {
  Layered layered(0, 0);
  for (std::uint64_t state = 0; state < 20; ++state) {
    layered.add(state, static_cast<std::int64_t>(state * 7 % 20));
  }
  const auto bound = [](const Node<1>& node) { return node.score.gain; };
  const auto may_stay = [](const Node<1>& node) { return node.score.gain < 10; };
  EXPECT_EQ(layered.layer.keep(3, bound, may_stay), 16);
  EXPECT_EQ(layered.gains(), (Gains{19, 18, 17, 9}));
}

}  // namespace
}  // namespace cartwright::offers::search
