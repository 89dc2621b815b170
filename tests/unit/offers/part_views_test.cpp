#include "offers/part_views.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::line;
using examples::SmallParts;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::SizeIs;

const std::string kPair = bundle("a", R"("milk","bread")", 2, 200);
const std::string kJuice = R"({"id":"0","kind":"amount_off","set":{"products":["juice"]},)"
                           R"("amount_minor":5})";

TEST(PartViews, list_units_class_by_class_and_how_their_keys_follow) {
  const SmallParts made(kPair, line("2", "bread", 1) + "," + line("1", "milk", 2));
  ASSERT_THAT(made.views.views(), SizeIs(1));
  // The bread, which is dearer, comes first though its key is the last.
  EXPECT_THAT(made.part().units, ElementsAre(2, 0, 1));
  EXPECT_THAT(made.part().order, ElementsAre(2U << 1U, 0U, 1U << 1U | 1U));
  EXPECT_THAT(made.part().candidates, ElementsAre(0));
}

TEST(PartViews, list_free_offers_once_and_in_their_order) {
  const SmallParts made(
      kPair + R"(,{"id":"0","kind":"percent_off","set":{"not_products":["wine"]},"bps":100})",
      line("1", "milk", 2) + "," + line("2", "bread", 1));
  ASSERT_THAT(made.views.views(), SizeIs(1));
  EXPECT_THAT(made.part().candidates, ElementsAre(0, 1));
}

TEST(PartViews, stand_in_the_order_of_the_components_and_hold_each_unit_once) {
  const SmallParts made(kPair + "," + kJuice, line("1", "milk", 1) + "," + line("2", "bread", 1) +
                                                  "," + line("3", "juice", 2));
  ASSERT_THAT(made.views.views(), SizeIs(made.partition.components().size()));
  std::vector<UnitIndex> all;
  for (std::size_t at = 0; at < made.views.views().size(); ++at) {
    const PartView& part = made.part(at);
    EXPECT_EQ(part.component, &made.component(at));
    EXPECT_THAT(part.order, SizeIs(part.units.size()));
    all.insert(all.end(), part.units.begin(), part.units.end());
  }
  EXPECT_THAT(all, testing::UnorderedElementsAre(0, 1, 2, 3));
}

// What another scan brings does not show in a part that it does not touch.
TEST(PartViews, tell_nothing_of_other_parts) {
  const std::string lines = line("2", "milk", 2) + "," + line("4", "bread", 1);
  const SmallParts before(kPair + "," + kJuice, lines);
  const SmallParts after(kPair + "," + kJuice, line("1", "juice", 1) + "," + lines);
  const auto part_of_pair = [](const SmallParts& made) -> const PartView& {
    for (const PartView& one : made.views.views()) {
      if (one.units.size() == 3) return one;
    }
    throw std::logic_error("no part of three units");
  };
  const PartView& one = part_of_pair(before);
  const PartView& same = part_of_pair(after);
  EXPECT_THAT(same.order, ElementsAreArray(one.order.begin(), one.order.end()));
  EXPECT_NE(same.units[0], one.units[0]);
}

}  // namespace
}  // namespace cartwright::offers::search
