#include "offers/touched_offers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What touches the basket, with all that it points at.
struct Touched {
  Touched(const std::string& list, const std::string& lines, const std::string& more = {})
      : offers(examples::book(list)),
        file(examples::basket(lines, more)),
        units(units_of(file.basket, nullptr)),
        touched(touched_offers(offers, units, file.basket.member, file.facts, reasons)) {}

  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const TouchedOffer& each : touched.offers) ids.push_back(each.offer->id);
    return ids;
  }
  // The units of a set of the offer at this place.
  std::vector<UnitIndex> set(std::size_t offer, std::size_t number) const {
    const auto found = touched.offers.at(offer).sets[number];
    return {found.begin(), found.end()};
  }
  std::string why(const char* id) const { return examples::why(reasons, id, file.facts); }

  OfferBook offers;
  BasketFile file;
  BasketUnits units;
  Reasons reasons;
  TouchedOffers touched;
};

std::string percent(const std::string& id, const std::string& set, const std::string& more = {}) {
  return R"({"id":")" + id + R"(","kind":"percent_off","bps":1000,"set":)" + set + more + "}";
}

constexpr const char* kMilkAndBread = R"({"key":"1","product":"milk","units":2},
                                         {"key":"2","product":"bread","units":1})";

TEST(TouchedOffers, are_those_of_which_a_set_holds_a_unit_by_id) {
  const Touched t(percent("c", R"({"products":["milk"]})") + "," +
                      percent("a", R"({"categories":["bakery"]})") + "," +
                      percent("b", R"({"products":["juice"]})"),
                  kMilkAndBread);
  EXPECT_THAT(t.ids(), ElementsAre("a", "c"));
  EXPECT_THAT(t.touched.numbers, ElementsAre(0, 2));
  EXPECT_THAT(t.set(0, 0), ElementsAre(2));
  EXPECT_THAT(t.set(1, 0), ElementsAre(0, 1));
  EXPECT_THAT(t.reasons, IsEmpty());
}

TEST(TouchedOffers, hold_a_unit_once_where_product_and_category_name_it) {
  const Touched t(percent("a", R"({"products":["milk"],"categories":["dairy"]})"), kMilkAndBread);
  EXPECT_THAT(t.set(0, 0), ElementsAre(0, 1));
}

TEST(TouchedOffers, have_a_list_for_each_set_in_its_order) {
  const Touched t(R"({"id":"a","kind":"buy_get","buy":{"set":{"products":["bread"]},"n":1},
                      "get":{"set":{"not_products":["bread"]},"m":1},"bps":5000},
                     {"id":"b","kind":"basket","threshold_minor":1,"bps":100})",
                  kMilkAndBread);
  ASSERT_THAT(t.ids(), ElementsAre("a", "b"));
  EXPECT_THAT(t.set(0, 0), ElementsAre(2));
  EXPECT_THAT(t.set(0, 1), ElementsAre(0, 1));
  EXPECT_THAT(t.set(1, 0), ElementsAre(0, 1, 2));
}

TEST(TouchedOffers, are_touched_where_only_one_of_their_sets_is) {
  const Touched t(R"({"id":"a","kind":"buy_get","buy":{"set":{"products":["juice"]},"n":1},
                      "get":{"set":{"products":["milk"]},"m":1},"bps":5000})",
                  kMilkAndBread);
  ASSERT_THAT(t.ids(), ElementsAre("a"));
  EXPECT_THAT(t.set(0, 0), IsEmpty());
}

TEST(TouchedOffers, do_not_hold_what_may_not_be_discounted) {
  const Touched t(percent("a", R"({"products":["wine"]})"),
                  R"({"key":"1","product":"wine","units":1})");
  EXPECT_THAT(t.ids(), IsEmpty());
  EXPECT_THAT(t.reasons, IsEmpty());
}

TEST(TouchedOffers, that_the_facts_keep_out_are_given_a_reason) {
  const Touched t(percent("a", R"({"products":["milk"]})", R"(,"member":true)") + "," +
                      percent("b", R"({"products":["milk"]})", R"(,"coupon":"C")"),
                  kMilkAndBread);
  EXPECT_THAT(t.ids(), IsEmpty());
  EXPECT_EQ(t.reasons.size(), 2U);
  EXPECT_THAT(t.touched.numbers, ElementsAre(0, 1));
  EXPECT_THAT(t.why("b"), HasSubstr("coupon"));
}

TEST(TouchedOffers, see_only_the_lines_within_their_times) {
  const std::string lines = R"({"key":"1","product":"milk","units":1,"at":"2026-11-23T08:59:59Z"},
                               {"key":"2","product":"milk","units":1,"at":"2026-11-23T09:00:00Z"},
                               {"key":"3","product":"milk","units":1})";
  const Touched late(
      percent("a", R"({"products":["milk"]})", R"(,"when":{"from":"2026-11-23T09:00:00Z"})"),
      lines);
  ASSERT_THAT(late.ids(), ElementsAre("a"));
  EXPECT_THAT(late.set(0, 0), ElementsAre(1));
  const Touched never(
      percent("a", R"({"products":["milk"]})", R"(,"when":{"from":"2026-11-24T09:00:00Z"})"),
      lines);
  EXPECT_THAT(never.ids(), IsEmpty());
  EXPECT_EQ(never.why("a"), "none of its products was added within its times");
}

}  // namespace
}  // namespace cartwright::offers
