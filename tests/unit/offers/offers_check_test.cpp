#include "offers/offers_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
      found(R"({"id":"a","kind":"percent_off","set":{"products":["milk","mlik"]},"bps":1})", true),
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

TEST(OffersCheck, finds_buy_get_whose_sets_overlap) {
  const auto buy_get = [](const char* lesser) {
    return std::string(R"({"id":"a","kind":"buy_get","bps":5000,"lesser":)") + lesser +
           R"(,"buy":{"set":{"products":["milk","bread"]},"n":1},
              "get":{"set":{"products":["milk"]},"m":1}})";
  };
  EXPECT_THAT(found(buy_get("false")), ElementsAre("overlaps a"));
  EXPECT_THAT(found(buy_get("true")), IsEmpty());
}

TEST(OffersCheck, finds_what_always_loses) {
  EXPECT_THAT(found(milk("a", R"("kind":"percent_off","bps":1000)") + "," +
                    milk("b", R"("kind":"percent_off","bps":2000)")),
              ElementsAre("always_loses a"));
}

}  // namespace
}  // namespace cartwright::offers
