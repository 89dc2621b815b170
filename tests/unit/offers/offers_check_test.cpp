#include "offers/offers_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "kind offer" for each finding.
std::vector<std::string> found(const std::string& offers, bool with_catalog = false) {
  const ProductTable catalog = examples::shelf();
  std::vector<std::string> texts;
  for (const Finding& each :
       check_offers(examples::book(offers), with_catalog ? &catalog : nullptr)) {
    EXPECT_FALSE(each.text.empty());
    texts.push_back(std::string(name(each.kind)) + " " + each.offer);
  }
  return texts;
}

std::string milk(const std::string& id, const std::string& more) {
  return R"({"id":")" + id + R"(","set":{"products":["milk"]},)" + more + "}";
}

TEST(OffersCheck, finds_nothing_where_nothing_is_wrong) {
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":1000)"), true), IsEmpty());
}

TEST(OffersCheck, finds_what_can_never_apply) {
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":0)")), ElementsAre("never_applies a"));
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":1,"when":
                      {"from":"2026-02-01T00:00:00Z","to":"2026-01-01T00:00:00Z"})")),
              ElementsAre("never_applies a"));
  EXPECT_THAT(found(R"({"id":"a","kind":"percent_off","bps":1,
                        "set":{"products":["x"],"not_products":["x"]}})"),
              ElementsAre("never_applies a"));
  EXPECT_THAT(found(R"({"id":"a","kind":"basket","threshold_minor":1,"amount_minor":0})"),
              ElementsAre("never_applies a"));
}

TEST(OffersCheck, judges_by_the_catalog_where_it_has_one) {
  EXPECT_THAT(found(R"({"id":"a","kind":"percent_off","set":{"products":["wine"]},"bps":1})", true),
              ElementsAre("never_applies a"));
  EXPECT_THAT(
      found(R"({"id":"a","kind":"percent_off","set":{"products":["milk","mlik"]},"bps":100})",
            true),
      ElementsAre("unknown_product a"));
  const std::string fixed = milk("a", R"("kind":"fixed_price","price_minor":129)");
  EXPECT_THAT(found(fixed, true), ElementsAre("never_applies a"));
  EXPECT_THAT(found(fixed), IsEmpty());
  EXPECT_THAT(found(milk("a", R"("kind":"n_for_price","n":2,"price_minor":258)"), true),
              ElementsAre("never_applies a"));
  EXPECT_THAT(found(R"({"id":"a","kind":"basket","threshold_minor":1,"gift":"cake"})", true),
              ElementsAre("never_applies a"));
}

TEST(OffersCheck, finds_mandatory_offers_that_contradict) {
  const std::string one = milk("a", R"("kind":"percent_off","bps":1000,"mandatory":true)");
  const std::string other = milk("b", R"("kind":"fixed_price","price_minor":99,"mandatory":true)");
  EXPECT_THAT(found(one + "," + other), ElementsAre("contradicts b"));
  EXPECT_THAT(found(one + "," + milk("b", R"("kind":"fixed_price","price_minor":99,
                                              "mandatory":true,"priority":1)")),
              IsEmpty());
}

TEST(OffersCheck, sees_no_contradiction_where_two_offers_never_meet) {
  const auto on = [](const char* id, const char* when) {
    return milk(id,
                std::string(R"("kind":"percent_off","bps":1000,"mandatory":true,"when":)") + when);
  };
  EXPECT_THAT(found(on("a", R"({"days":["sat"]})") + "," + on("b", R"({"days":["sun"]})")),
              IsEmpty());
  EXPECT_THAT(found(on("a", R"({"hours":["08:00-12:00"]})") + "," +
                    on("b", R"({"hours":["12:00-18:00"]})")),
              IsEmpty());
  EXPECT_THAT(found(on("a", R"({"hours":["08:00-12:00"]})") + "," +
                    on("b", R"({"hours":["11:59-18:00"]})")),
              ElementsAre("contradicts b"));
  EXPECT_THAT(found(on("a", R"({"to":"2026-11-23T00:00:00Z"})") + "," +
                    on("b", R"({"from":"2026-11-23T00:00:00Z"})")),
              IsEmpty());
}

TEST(OffersCheck, finds_a_mandatory_offer_that_waits_for_a_command) {
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":1000,"mandatory":true,"coupon":"C",
                                 "redeem":"ask")")),
              ElementsAre("contradicts a"));
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":1000,"mandatory":true,"coupon":"C")")),
              IsEmpty());
}

TEST(OffersCheck, finds_times_that_never_come_in_the_stores_zone) {
  // Clocks in Berlin go from 02:00 to 03:00 on this Sunday.
  const std::string night = milk("a", R"("kind":"percent_off","bps":1000,"when":
      {"from":"2026-03-28T23:00:00Z","to":"2026-03-29T22:00:00Z","hours":["02:00-03:00"]})");
  const TimeZone berlin = TimeZone::load("Europe/Berlin");
  const OfferBook book = examples::book(night);
  ASSERT_EQ(check_offers(book, nullptr, &berlin).size(), 1U);
  EXPECT_EQ(check_offers(book, nullptr, &berlin)[0].kind, FindingKind::never_applies);
  EXPECT_THAT(found(night), IsEmpty());
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":1000,"when":
      {"from":"2026-11-23T12:00:00Z","to":"2026-11-24T09:00:00Z","days":["sat"]})")),
              ElementsAre("never_applies a"));
}

TEST(OffersCheck, finds_what_is_beyond_every_basket) {
  // 100,000 bottles of milk cost 129,000.00.
  const auto basket = [](const char* threshold) {
    return std::string(R"({"id":"a","kind":"basket","scope":{"products":["milk"]},"amount_minor":5,
                           "threshold_minor":)") +
           threshold + "}";
  };
  EXPECT_THAT(found(basket("12900000"), true), IsEmpty());
  EXPECT_THAT(found(basket("12900001"), true), ElementsAre("never_applies a"));
  EXPECT_THAT(
      found(R"({"id":"a","kind":"basket","amount_minor":5,"threshold_minor":900000000})", true),
      IsEmpty());  // there are goods by weight
  const auto tiers = [](const char* steps) {
    return std::string(R"({"id":"a","kind":"tiers","set":{"products":["milk"]},"by":"spend",
                           "steps":[)") +
           steps + "]}";
  };
  EXPECT_THAT(found(tiers(R"({"at":12900001,"bps":100})"), true), ElementsAre("never_applies a"));
  EXPECT_THAT(found(tiers(R"({"at":500,"bps":100},{"at":12900001,"bps":200})"), true),
              ElementsAre("idle_step a"));
}

TEST(OffersCheck, finds_steps_that_give_no_more_than_the_one_below) {
  const auto tiers = [](const char* steps) {
    return milk("a", std::string(R"("kind":"tiers","by":"quantity","steps":[)") + steps + "]");
  };
  EXPECT_THAT(found(tiers(R"({"at":2,"bps":1000},{"at":4,"bps":2000})")), IsEmpty());
  EXPECT_THAT(found(tiers(R"({"at":2,"bps":1000},{"at":4,"bps":1000})")),
              ElementsAre("idle_step a"));
  EXPECT_THAT(found(tiers(R"({"at":2,"amount_minor":90},{"at":4,"amount_minor":80})")),
              ElementsAre("idle_step a"));
  EXPECT_THAT(found(tiers(R"({"at":2,"bps":1000},{"at":4,"bps":0},{"at":6,"bps":3000})")),
              ElementsAre("idle_step a"));
  EXPECT_THAT(found(tiers(R"({"at":2,"bps":1000},{"at":4,"amount_minor":100})")), IsEmpty());
}

TEST(OffersCheck, finds_prices_above_those_of_the_shelf) {
  const auto three = [](int price) {
    return R"({"id":"a","kind":"n_for_price","n":3,"price_minor":)" + std::to_string(price) +
           R"(,"set":{"products":["milk","bread"]}})";
  };
  EXPECT_THAT(found(three(387), true), ElementsAre("dearer a"));
  EXPECT_THAT(found(three(386), true), IsEmpty());
  EXPECT_THAT(found(three(750), true), ElementsAre("never_applies a"));
  EXPECT_THAT(found(R"({"id":"a","kind":"fixed_price","price_minor":200,
                        "set":{"products":["milk","bread"]}})",
                    true),
              ElementsAre("dearer a"));
}

TEST(OffersCheck, finds_rates_that_come_to_nothing_when_rounded) {
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":38)"), true),
              ElementsAre("never_applies a"));
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":39)"), true), IsEmpty());
}

TEST(OffersCheck, finds_buy_get_whose_sets_overlap) {
  const auto buy_get = [](const char* lesser) {
    return std::string(R"({"id":"a","kind":"buy_get","bps":5000,"lesser":)") + lesser +
           R"(,"buy":{"set":{"products":["milk","bread"]},"n":1},
              "get":{"set":{"products":["milk"]},"m":1}})";
  };
  EXPECT_THAT(found(buy_get("false")), ElementsAre("overlaps a"));
  EXPECT_THAT(found(buy_get("true")), IsEmpty());
}

TEST(OffersCheck, tells_refused_offers_from_those_that_may_not_be_mandatory) {
  const auto findings = findings_of({{"a", "f: offers[0]", false}, {"b", "f: offers[1]", true}});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].kind, FindingKind::refused);
  EXPECT_EQ(findings[0].offer, "a");
  EXPECT_EQ(findings[1].kind, FindingKind::may_not_be_mandatory);
  EXPECT_EQ(findings[1].text, "f: offers[1]");
}

TEST(OffersCheck, names_each_kind_of_finding_differently) {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(FindingKind::unknown_product); ++kind) {
    names.insert(name(static_cast<FindingKind>(kind)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(FindingKind::unknown_product) + 1);
  EXPECT_FALSE(names.contains(""));
}

TEST(OffersCheck, finds_what_always_loses) {
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":1000)") + "," +
                    milk("b", R"("kind":"percent_off","bps":2000)")),
              ElementsAre("always_loses a"));
}

}  // namespace
}  // namespace cartwright::offers
