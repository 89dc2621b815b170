#include "offers/part_search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::line;
using examples::SmallParts;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::uint64_t kBudget = 1'000;

// The pair is the offer and the part of the last numbers.
const std::string kOffers =
    R"({"id":"0","kind":"amount_off","set":{"products":["juice"]},"amount_minor":5},)" +
    bundle("a", R"("milk","bread")", 2, 200);
const std::string kLines =
    line("1", "juice", 1) + "," + line("2", "milk", 1) + "," + line("3", "bread", 1);

const PartView& pair_of(const SmallParts& made) {
  for (const PartView& one : made.views.views()) {
    if (one.units.size() == 2) return one;
  }
  throw std::logic_error("no part of two units");
}

TEST(PartSearch, finds_what_the_search_of_the_component_does) {
  const SmallParts made(kOffers, kLines);
  const PartView& part = pair_of(made);
  const Searched searched = search_part(part, {}, kBudget, Effects::yes);
  const Found found = search_component(made.problem(), *part.component, made.most, {}, kBudget);
  EXPECT_EQ(searched.found.bound, found.bound);
  EXPECT_EQ(searched.found.states, found.states);
  ASSERT_THAT(searched.effects, SizeIs(searched.found.ways.size()));
  EXPECT_EQ(searched.effects[0].gain, 179);
}

TEST(PartSearch, says_it_in_numbers_from_0) {
  const SmallParts made(kOffers, kLines);
  const PartView& part = pair_of(made);
  const Searched searched = search_part(part, {}, kBudget, Effects::yes);
  const std::vector<Application>& own = searched.effects[0].applications;
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own[0].candidate, 0U);
  ASSERT_THAT(own[0].reward, SizeIs(2));
  EXPECT_EQ(own[0].reward[0].unit + own[0].reward[1].unit, 0U + 1U);
  for (const Placed& one : searched.found.ways[0].placed) EXPECT_EQ(one.candidate, 0U);
}

TEST(PartSearch, comes_back_into_the_numbers_of_the_problem) {
  const SmallParts made(kOffers, kLines);
  const PartView& part = pair_of(made);
  const Searched searched = search_part(part, {}, kBudget, Effects::yes);
  std::vector<Application> all;
  append(part, searched.effects[0].applications, all);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(made.problem().items[all[0].candidate].offer->id, "a");
  std::vector<UnitIndex> units;
  for (const Share& share : all[0].reward) units.push_back(share.unit);
  EXPECT_THAT(units, testing::UnorderedElementsAre(1, 2));
  const Effect effect =
      effect_of(made.problem(), *part.component, made.most, way_of(part, searched.found.ways[0]));
  EXPECT_EQ(effect.gain, 179);
}

TEST(PartSearch, works_out_effects_only_where_they_are_asked_for) {
  const SmallParts made(kOffers, kLines);
  EXPECT_THAT(search_part(pair_of(made), {}, kBudget, Effects::no).effects, SizeIs(0));
}

TEST(PartSearch, keeps_choices_apart_by_what_is_asked) {
  const SmallParts made(bundle("a", R"("milk","bread")", 2, 200, R"(,"group":"g")"),
                        line("2", "milk", 1) + "," + line("3", "bread", 1));
  const Outside group{.groups = {0}, .coupons = {}, .marks = {}, .window = 1'000};
  const Searched searched = search_part(made.part(), group, kBudget, Effects::no);
  ASSERT_THAT(searched.found.ways, SizeIs(2));
  EXPECT_EQ(searched.found.ways[0].score.gain, 179);
  EXPECT_THAT(searched.found.ways[0].outside, ElementsAre(1));
  EXPECT_THAT(searched.found.ways[1].outside, ElementsAre(0));
}

}  // namespace
}  // namespace cartwright::offers::search
