#include "offers/offers_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::book;
using examples::refusal;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kMilk = R"("set":{"products":["milk"]})";

// An offer called "a" with these keys.
std::string offer(const std::string& kind, const std::string& more) {
  return R"({"id":"a","kind":")" + kind + "\"," + more + "}";
}

std::string refused(const std::string& kind, const std::string& more) {
  return refusal([&] { book(offer(kind, more)); });
}

TEST(OffersFile, reads_every_kind) {
  const OfferBook all = book(
      R"({"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":1000},
         {"id":"b","kind":"amount_off","set":{"products":["milk"]},"amount_minor":20},
         {"id":"c","kind":"fixed_price","set":{"products":["milk"]},"price_minor":99},
         {"id":"d","kind":"cheapest_of","set":{"categories":["dairy"]},"n":3,"k":1,"bps":10000},
         {"id":"e","kind":"n_for_price","set":{"not_products":["wine"]},"n":2,"price_minor":200},
         {"id":"f","kind":"buy_get","buy":{"set":{"products":["milk"]},"n":2},
          "get":{"set":{"products":["bread"]},"m":1},"bps":5000,"consume":"reward","lesser":true},
         {"id":"g","kind":"meal_deal","slots":[{"set":{"products":["milk"]},"n":1},
          {"set":{"products":["bread"]},"n":1}],"price_minor":300},
         {"id":"h","kind":"tiers","set":{"products":["milk"]},"by":"quantity",
          "steps":[{"at":2,"bps":500},{"at":4,"amount_minor":100}]},
         {"id":"i","kind":"basket","threshold_minor":5000,"base":"net","order":2,"gift":"milk"})");
  ASSERT_EQ(all.offers().size(), 9u);
  EXPECT_EQ(all.currency().code, "EUR");
  EXPECT_EQ(std::get<AmountReward>(std::get<UnitOffer>(all.find("b")->shape).reward).off,
            Money(20));
  EXPECT_EQ(std::get<CheapestOf>(all.find("d")->shape).n, 3);
  EXPECT_EQ(std::get<BuyGet>(all.find("f")->shape).consume, Consume::reward);
  EXPECT_EQ(std::get<MealDeal>(all.find("g")->shape).slots.size(), 2u);
  EXPECT_EQ(std::get<Tiers>(all.find("h")->shape).steps[1].at, 4);
  EXPECT_EQ(std::get<BasketOffer>(all.find("i")->shape).base, ThresholdBase::net);
  EXPECT_EQ(all.find("j"), nullptr);
}

TEST(OffersFile, reads_what_every_offer_may_say) {
  const OfferBook one = book(offer(
      "percent_off",
      std::string(kMilk) +
          R"(,"bps":1000,"name":"Milk week","priority":-2,"exclusive":false,"group":"g","limit":3,
             "coupon":"C1","redeem":"ask","tax_base":"keep","funding":[{"funder":"acme","bps":6000}],
             "when":{"days":["sat","mon"]},"stores":["9521234000013"],"zones":["north"],
             "segments":["staff"],"member":true)"));
  const Offer& read = one.offers().front();
  EXPECT_EQ(read.priority, -2);
  EXPECT_FALSE(read.exclusive);
  EXPECT_EQ(read.limit, 3);
  EXPECT_EQ(read.redeem, Redeem::ask);
  EXPECT_EQ(read.tax_base, TaxBase::keep);
  EXPECT_EQ(read.funding[0].funder, "acme");
  EXPECT_THAT(read.when.days, testing::ElementsAre(0, 5));
  EXPECT_EQ(read.member, true);
}

TEST(OffersFile, names_file_offer_key_value_and_what_is_expected) {
  EXPECT_EQ(refused("percent_off", std::string(kMilk) + R"(,"bps":10001)"),
            "offers.json: offers[0] \"a\": bps: 10001 is not from 0 to 10000");
  EXPECT_THAT(refused("percent_of", kMilk),
              StartsWith("offers.json: offers[0] \"a\": kind: \"percent_of\" is none of"));
  EXPECT_THAT(refused("percent_of", kMilk), HasSubstr("did you mean \"percent_off\"?"));
  EXPECT_THAT(refused("percent_off", std::string(kMilk) + R"(,"bps":1,"limt":3)"),
              HasSubstr("unknown key \"limt\", did you mean \"limit\"?"));
  EXPECT_THAT(refused("percent_off", R"("bps":1)"), HasSubstr("set: is missing"));
  EXPECT_THAT(refused("percent_off", R"("bps":1,"set":{"product":["milk"]})"),
              HasSubstr("unknown key \"set.product\", did you mean \"products\"?"));
  EXPECT_THAT(refusal([] { OfferBook::parse(R"({"currency":"EUU","offers":[]})", "f"); }),
              StartsWith("f: currency: currency \"EUU\" is not known"));
  EXPECT_THAT(refusal([] { OfferBook::parse(R"({"currency":"EUR"})", "f"); }),
              HasSubstr("f: offers: is missing"));
}

TEST(OffersFile, refuses_what_can_not_be_meant) {
  EXPECT_THAT(refused("percent_off", R"("bps":1,"set":{})"),
              HasSubstr("set: names no products; write \"products\" or \"categories\""));
  EXPECT_THAT(refused("cheapest_of", std::string(kMilk) + R"(,"n":2,"k":3,"bps":1)"),
              HasSubstr("k: 3 is more than n, 2"));
  EXPECT_THAT(
      refused("cheapest_of", std::string(kMilk) + R"(,"n":2,"k":1,"bps":1,"mandatory":true)"),
      HasSubstr("a cheapest_of offer may not be mandatory; only percent_off"));
  EXPECT_THAT(refused("percent_off", std::string(kMilk) + R"(,"bps":1,"redeem":"ask")"),
              HasSubstr("goes with a coupon"));
  EXPECT_THAT(refused("percent_off", std::string(kMilk) +
                                         R"(,"bps":1,"funding":[{"funder":"a","bps":6000},
                                            {"funder":"b","bps":6000}])"),
              HasSubstr("together 12000 basis points"));
  EXPECT_THAT(refused("meal_deal", R"("slots":[],"bps":1)"), HasSubstr("0 slots"));
  EXPECT_THAT(refused("tiers", std::string(kMilk) +
                                   R"(,"by":"spend","steps":[{"at":5,"bps":1},{"at":5,"bps":2}])"),
              HasSubstr("steps[1].at: 5 does not come after 5"));
  EXPECT_THAT(refused("basket", R"("threshold_minor":1,"bps":1,"points":5)"),
              HasSubstr("stands beside bps"));
}

TEST(OffersFile, lets_single_units_and_baskets_be_mandatory) {
  const std::string mandatory = R"(,"mandatory":true)";
  EXPECT_EQ(refused("fixed_price", std::string(kMilk) + R"(,"price_minor":1)" + mandatory), "");
  EXPECT_EQ(refused("basket", R"("threshold_minor":1,"bps":1)" + mandatory), "");
}

TEST(OffersFile, refuses_two_offers_of_one_id) {
  const std::string one = offer("percent_off", std::string(kMilk) + R"(,"bps":1)");
  EXPECT_THAT(refusal([&] { book(one + "," + one); }),
              StartsWith("offers.json: offers[1] \"a\": id: offers[0] has the same"));
}

TEST(OffersFile, leniently_tells_of_all_bad_offers_and_keeps_the_good) {
  std::vector<RefusedOffer> refused;
  const OfferBook kept = OfferBook::parse_lenient(
      R"({"currency":"EUR","offers":[{"id":"x"},
         {"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":1},7,
         {"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":2},
         {"id":"must","kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":3,
          "mandatory":true},
         {"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":3}]})",
      "f", refused);
  ASSERT_EQ(kept.offers().size(), 1u);
  EXPECT_EQ(std::get<PercentReward>(std::get<UnitOffer>(kept.find("a")->shape).reward).bps, 1);
  ASSERT_EQ(refused.size(), 5u);
  EXPECT_EQ(refused[0].id, "x");
  EXPECT_THAT(refused[0].text, StartsWith("f: offers[0] \"x\": kind"));
  EXPECT_EQ(refused[1].id, "");
  EXPECT_THAT(refused[1].text, StartsWith("f: offers[2]: 7 is no object"));
  EXPECT_EQ(refused[2].id, "must");
  EXPECT_TRUE(refused[2].may_not_be_mandatory);
  EXPECT_FALSE(refused[0].may_not_be_mandatory || refused[3].may_not_be_mandatory);
  EXPECT_THAT(refused[3].text, StartsWith("f: offers[3] \"a\": id: offers[1] has the same"));
  EXPECT_THAT(refused[4].text, StartsWith("f: offers[5] \"a\": id: offers[1] has the same"));
}

TEST(OffersFile, has_one_digest_for_one_content) {
  const std::string a = R"({"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":1})";
  const std::string b = R"({"bps":1, "id":"b", "kind":"percent_off","set":{"products":["milk"]}})";
  EXPECT_EQ(book(a + "," + b).digest(), book(b + "," + a).digest());
  EXPECT_NE(book(a).digest(), book(b).digest());
  EXPECT_EQ(book(a).digest().size(), 64u);
}

TEST(OffersFile, takes_a_set_of_fifty_thousand_products) {
  std::string products;
  for (int i = 0; i < 50'000; ++i) products += (i == 0 ? "\"p" : ",\"p") + std::to_string(i) + "\"";
  const OfferBook large =
      book(offer("percent_off", R"("bps":1,"set":{"products":[)" + products + "]}"));
  std::vector<OfferSet> found;
  large.index().find(examples::piece("p49999", 1), found);
  EXPECT_EQ(found.size(), 1u);
}

}  // namespace
}  // namespace cartwright::offers
