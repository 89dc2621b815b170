#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cart.hpp"

namespace cartwright::conformance {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kProducts =
    R"({"product":"milk","gtins":[],"name":"Milk","sold_by":"piece","price_minor":129,"tax":"reduced"})"
    "\n"
    R"({"product":"bread","gtins":[],"name":"Bread","sold_by":"piece","price_minor":250,"tax":"reduced"})"
    "\n";
constexpr const char* kOffers =
    R"({"currency":"EUR","offers":[{"id":"three","kind":"cheapest_of","set":{"products":["milk"]},
        "n":3,"k":1,"bps":10000},{"id":"sat","kind":"percent_off","set":{"products":["bread"]},
        "bps":1000,"when":{"days":["sat"]}}]})";
constexpr const char* kBasket =
    R"({"currency":"EUR","lines":[{"key":"1","product":"milk","units":3}]})";

// A folder with a catalog and offers.
class Pricing : public testing::Test {
 protected:
  Pricing()
      : catalog_(scratch_.write("products.jsonl", kProducts)),
        offers_(scratch_.write("offers.json", kOffers)) {}

  Result price(Strings more) const {
    Strings words = {"price", "--catalog", catalog_, "--offers", offers_};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Result priced(const std::string& basket, Strings more = {}) const {
    more.insert(more.begin(), {"--basket", scratch_.write("basket.json", basket)});
    return price(more);
  }

  Scratch scratch_;
  std::string catalog_;
  std::string offers_;
};

TEST_F(Pricing, prints_the_result_as_one_line) {
  const Result result = priced(kBasket);
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(result.output.find('\n'), result.output.size() - 1);
  const Json json = Json::parse(result.output);
  EXPECT_EQ(json["goods_minor"], 258);
  EXPECT_EQ(json["bound_minor"], 258);
  EXPECT_EQ(json["proven_best"], true);
  EXPECT_EQ(json["tax_minor"], 0);
  EXPECT_EQ(json["applied"][0]["offer"], "three");
  EXPECT_EQ(json["declined"], Json::array());
}

TEST_F(Pricing, explains_every_offer_when_asked) {
  const Json json = Json::parse(priced(kBasket, {"--explain"}).output);
  ASSERT_EQ(json["declined"].size(), 1u);
  EXPECT_EQ(json["declined"][0]["offer"], "sat");
}

TEST_F(Pricing, takes_taxes_from_a_file) {
  const std::string rules =
      scratch_.write("rules.json", R"({"taxes":{"reduced":700},"prices_without_tax":true})");
  const Json json = Json::parse(priced(kBasket, {"--rules", rules}).output);
  EXPECT_EQ(json["tax_minor"], 18);
  EXPECT_EQ(json["total_minor"], 276);
}

TEST_F(Pricing, judges_times_in_the_stores_zone) {
  // A Saturday's last minutes in London are Sunday in Berlin.
  const std::string basket =
      R"({"currency":"EUR","lines":[{"key":"1","product":"bread","units":1,
          "at":"2026-11-21T23:30:00Z"}]})";
  const auto goods = [&](const Strings& more) {
    return Json::parse(priced(basket, more).output)["goods_minor"].get<int>();
  };
  EXPECT_EQ(goods({}), 225);
  EXPECT_EQ(goods({"--zone", "Europe/Berlin"}), 250);
  EXPECT_EQ(priced(basket, {"--zone", "Europe/Berlim"}).code, 2);
}

TEST_F(Pricing, prices_many_in_order_and_goes_on_after_a_bad_one) {
  const std::string baskets = scratch_.write(
      "baskets.jsonl",
      std::string(kBasket) + "\n" +
          R"({"currency":"EUR","lines":[{"key":"1","product":"mlik","units":1}]})" + "\n\n" +
          R"({"currency":"EUR","lines":[{"key":"1","product":"bread","units":1}]})" + "\n");
  const Result result = price({"--baskets", baskets});
  EXPECT_EQ(result.code, 1);
  const Strings lines = lines_of(result.output);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(Json::parse(lines[0])["goods_minor"], 258);
  EXPECT_THAT(Json::parse(lines[1])["error"].get<std::string>(), HasSubstr("baskets.jsonl:2: "));
  EXPECT_EQ(Json::parse(lines[2])["goods_minor"], 250);
  EXPECT_THAT(result.errors, AllOf(HasSubstr("baskets.jsonl:2: "), HasSubstr("mlik")));
}

TEST_F(Pricing, with_bad_input_names_it_and_prints_nothing) {
  const auto refused = [](const Result& result) {
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.output, "");
    return result.errors;
  };
  EXPECT_THAT(refused(priced("{")), HasSubstr("basket.json: not valid JSON"));
  EXPECT_THAT(refused(priced(R"({"currency":"SEK","lines":[]})")), HasSubstr("SEK"));
  EXPECT_THAT(refused(price({})), HasSubstr("--basket"));
  EXPECT_THAT(refused(price({"--basket", scratch_.file("none.json")})), HasSubstr("none.json"));
  scratch_.write("offers.json", R"({"currency":"EUR","offers":[{"id":"x","kind":"tears"}]})");
  EXPECT_THAT(refused(priced(kBasket)),
              AllOf(HasSubstr("offers[0] \"x\": kind"), HasSubstr("did you mean \"tiers\"?")));
}

TEST_F(Pricing, checks_offers) {
  const Result well = run({"offers", "check", offers_, "--catalog", catalog_});
  EXPECT_EQ(well.code, 0);
  EXPECT_EQ(well.output, "2 offers, nothing found\n");
  const std::string bad = scratch_.write("bad.json",
                                         R"({"currency":"EUR","offers":[
          {"id":"never","kind":"percent_off","set":{"products":["milk"]},"bps":0},
          {"id":"must","kind":"tiers","set":{"products":["milk"]},"by":"quantity",
           "steps":[{"at":2,"bps":100}],"mandatory":true}]})");
  const Result table = run({"offers", "check", bad});
  EXPECT_EQ(table.code, 1);
  EXPECT_THAT(table.output, AllOf(HasSubstr("OFFER"), HasSubstr("never_applies"),
                                  HasSubstr("may not be mandatory")));
  const Result json = run({"offers", "check", "--json", bad});
  EXPECT_EQ(json.code, 1);
  const Json read = Json::parse(json.output);
  EXPECT_EQ(read["offers"], 2);
  ASSERT_EQ(read["findings"].size(), 2u);
  EXPECT_EQ(read["findings"][0]["finding"], "may_not_be_mandatory");
  EXPECT_EQ(read["findings"][0]["offer"], "must");
  EXPECT_EQ(read["findings"][1]["offer"], "never");
  EXPECT_EQ(run({"offers", "check", scratch_.file("none.json")}).code, 2);
}

}  // namespace
}  // namespace cartwright::conformance
