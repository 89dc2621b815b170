#include "offers/offer_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/strict_json.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::refusal;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kTen = R"("kind":"percent_off","set":{"products":["milk"]},"bps":1000)";

Offer read(const std::string& more) {
  const nlohmann::json value =
      parse_strict_json(R"({"id":"a",)" + std::string(kTen) + more + "}", "file");
  JsonObject object(value, "file");
  return read_offer(object);
}

std::string refused(const std::string& more) {
  return refusal([&] { read(more); });
}

TEST(OfferReader, has_defaults_for_all_that_is_not_said) {
  const Offer offer = read("");
  EXPECT_EQ(offer.id, "a");
  EXPECT_EQ(offer.kind, "percent_off");
  EXPECT_EQ(offer.priority, 0);
  EXPECT_TRUE(offer.exclusive);
  EXPECT_FALSE(offer.mandatory);
  EXPECT_EQ(offer.redeem, Redeem::automatic);
  EXPECT_EQ(offer.tax_base, TaxBase::reduce);
  EXPECT_FALSE(offer.limit || offer.member || offer.when.from || offer.when.to);
  EXPECT_TRUE(offer.group.empty() && offer.coupon.empty() && offer.name.empty());
  EXPECT_THAT(offer.funding, IsEmpty());
  EXPECT_THAT(offer.stores, IsEmpty());
}

TEST(OfferReader, takes_all_that_every_offer_may_say) {
  const Offer offer = read(R"(,"name":"Milk week","priority":-3,"exclusive":false,"group":"g",
      "mandatory":true,"limit":2,"coupon":"C","redeem":"ask","tax_base":"keep",
      "funding":[{"funder":"acme","bps":6000},{"funder":"bolt","bps":4000}],
      "when":{"days":["sun","sat","sun"]},"stores":["9521234000013"],"zones":["north"],
      "segments":["staff"],"member":false)");
  EXPECT_EQ(offer.name, "Milk week");
  EXPECT_EQ(offer.priority, -3);
  EXPECT_FALSE(offer.exclusive);
  EXPECT_TRUE(offer.mandatory);
  EXPECT_EQ(offer.limit, 2);
  EXPECT_EQ(offer.redeem, Redeem::ask);
  EXPECT_EQ(offer.tax_base, TaxBase::keep);
  ASSERT_EQ(offer.funding.size(), 2U);
  EXPECT_EQ(offer.funding[1].funder, "bolt");
  EXPECT_THAT(offer.when.days, ElementsAre(5, 6));
  EXPECT_EQ(offer.member, false);
}

TEST(OfferReader, bounds_numbers) {
  EXPECT_EQ(refused(R"(,"limit":1000000,"priority":1000000000)"), "");
  EXPECT_EQ(refused(R"(,"limit":0)"), "file: limit: 0 is not from 1 to 1000000");
  EXPECT_THAT(refused(R"(,"limit":1000001)"), HasSubstr("limit: 1000001 is not from"));
  EXPECT_THAT(refused(R"(,"limit":9223372036854775808)"), HasSubstr("limit: 9223372036854775808"));
  EXPECT_THAT(refused(R"(,"priority":-1000000001)"), HasSubstr("priority: -1000000001"));
  EXPECT_THAT(refused(R"(,"priority":1.0)"), HasSubstr("priority: 1.0 is no whole number"));
}

TEST(OfferReader, lets_funders_bear_all_and_not_more) {
  const auto two = [](int a, int b) {
    return R"(,"funding":[{"funder":"acme","bps":)" + std::to_string(a) +
           R"(},{"funder":"bolt","bps":)" + std::to_string(b) + "}]";
  };
  EXPECT_EQ(refused(two(6000, 4000)), "");
  EXPECT_EQ(refused(two(6000, 4001)),
            "file: funding: the rates are together 10001 basis points; at most 10000");
  EXPECT_THAT(refused(R"(,"funding":[{"funder":"a","bps":1},{"funder":"a","bps":2}])"),
              HasSubstr("funding[1].funder: \"a\" stands twice"));
  EXPECT_THAT(refused(R"(,"funding":[{"funder":"retailer","bps":1}])"),
              HasSubstr("bears what the others leave"));
}

TEST(OfferReader, wants_a_coupon_for_a_command) {
  EXPECT_THAT(refused(R"(,"redeem":"ask")"), HasSubstr("redeem: \"ask\" goes with a coupon"));
  EXPECT_THAT(refused(R"(,"coupon":"C","redeem":"aks")"), HasSubstr("did you mean \"ask\"?"));
}

TEST(OfferReader, refuses_what_no_offer_says) {
  EXPECT_THAT(refused(R"(,"limits":3)"), HasSubstr("unknown key \"limits\", did you mean"));
  EXPECT_THAT(refused(R"(,"n":3)"), HasSubstr("unknown key \"n\""));
  EXPECT_THAT(refused(R"(,"group":"")"), HasSubstr("group: is empty"));
}

}  // namespace
}  // namespace cartwright::offers
