// What JSON says of catalogs, offers, baskets and results the messages say too, and back.

#include "trip/message_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "cartwright/v1/offers.pb.h"
#include "offers/basket_file.hpp"
#include "offers/priced_basket_json.hpp"
#include "trip/message_bytes.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kRow =
    R"({"product":"milk-1l","gtins":["09521234543213"],"name":"Milk 1 l","sold_by":"piece",
        "price_minor":129,"member_price_minor":119,"tax":"reduced","deposit_minor":0,
        "categories":["dairy"],"discountable":true,"min_age":0,"location":"A3-2"})";

constexpr const char* kEveryKind = R"({"currency":"EUR","offers":[
 {"id":"1","kind":"percent_off","set":{"products":["a"],"categories":["c"],"not_products":["b"]},
  "bps":1000,"name":"n","priority":-3,"exclusive":false,"group":"g","mandatory":true,"limit":2,
  "coupon":"C","redeem":"ask","tax_base":"keep","funding":[{"funder":"acme","bps":6000}],
  "when":{"from":"2026-01-01T00:00:00+01:00","days":["sat"],"hours":["08:00-12:00"]},
  "stores":["9521234000013"],"zones":["z"],"segments":["s"],"member":true},
 {"id":"2","kind":"cheapest_of","set":{"products":["a"]},"n":3,"k":1,"bps":10000,
  "cheapest":"overall"},
 {"id":"3","kind":"buy_get","buy":{"set":{"products":["a"]},"n":2},
  "get":{"set":{"products":["b"]},"m":1},"price_minor":0,"consume":"reward","lesser":true},
 {"id":"4","kind":"meal_deal","slots":[{"set":{"products":["a"]},"n":1}],"price_minor":100},
 {"id":"5","kind":"tiers","set":{"products":["a"]},"by":"spend",
  "steps":[{"at":100,"bps":500},{"at":200,"amount_minor":50}]},
 {"id":"6","kind":"basket","scope":{"categories":["c"]},"threshold_minor":400,"base":"net",
  "order":1,"gift":"a"},
 {"id":"7","kind":"basket","threshold_minor":400,"points":5}]})";

constexpr const char* kBasket =
    R"({"currency":"EUR","store":"9521234000013","lines":[
        {"key":"1","product":"milk-1l","units":3,"at":"2026-11-23T09:15:00+01:00"},
        {"key":"2","product":"apples","grams":512}],"member":false,"segments":["s"],
        "coupons":["C1","C1"],"overrides":[{"key":"1","price_minor":99,"by":"staff-7"}],
        "zones":["z"],"redeem":["C1"],"accepted":["a"],"refused":["r"]})";

// JSON to a message, its bytes, and back.
template <typename Of>
json there_and_back(const std::string& text) {
  Of message;
  read_json(text, "a.json", message);
  Of again;
  read_bytes(bytes_of(message), "a.binpb", again);
  return json::parse(json_of(again));
}

template <typename Of>
std::string refusal(const std::string& text) {
  try {
    Of message;
    read_json(text, "a.json", message);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "nothing was refused";
}

TEST(MessageJson, keeps_all_that_catalog_rows_offers_and_baskets_say) {
  EXPECT_EQ(there_and_back<v1::CatalogRow>(kRow), json::parse(kRow));
  EXPECT_EQ(there_and_back<v1::OfferFile>(kEveryKind), json::parse(kEveryKind));
  EXPECT_EQ(there_and_back<v1::BasketFile>(kBasket), json::parse(kBasket));
  const std::string empty = R"({"currency":"EUR","lines":[]})";
  EXPECT_EQ(there_and_back<v1::BasketFile>(empty), json::parse(empty));
}

TEST(MessageJson, gives_the_strict_readers_what_they_read) {
  v1::OfferFile message;
  read_json(kEveryKind, "a.json", message);
  EXPECT_EQ(offers::OfferBook::parse(json_of(message), "message").digest(),
            offers::OfferBook::parse(kEveryKind, "file").digest());
}

TEST(MessageJson, keeps_a_result_with_its_shares_and_funders) {
  testing::Store store;
  Trip trip(store.database(), store.clock());
  trip.start(testing::start_with_offers());
  trip.add_item(testing::milk(), testing::pieces(3));
  trip.add_item(testing::apples(), testing::grams(512));
  const offers::Currency& euro = offers::currency("EUR");
  const std::string result = offers::to_json(trip.state().priced(), euro);
  EXPECT_THAT(result, HasSubstr("\"dairy\""));
  EXPECT_EQ(there_and_back<v1::Result>(result), json::parse(result));
  const std::string empty = offers::to_json(offers::PricedBasket{}, euro);
  EXPECT_EQ(there_and_back<v1::Result>(empty), json::parse(empty));
}

TEST(MessageJson, names_what_it_refuses) {
  EXPECT_THAT(refusal<v1::BasketFile>(R"({"lines":[{"unit":1}]})"),
              HasSubstr("a.json: lines[0].unit: is no key of this object, did you mean \"units\""));
  EXPECT_THAT(refusal<v1::BasketFile>(R"({"lines":[{"units":1.5}]})"),
              HasSubstr("lines[0].units: is no whole number"));
  EXPECT_THAT(refusal<v1::BasketFile>(R"({"lines":[{"units":9223372036854775808}]})"),
              HasSubstr("no whole number of 64 bits"));
  EXPECT_THAT(refusal<v1::BasketFile>(R"({"lines":{}})"), HasSubstr("lines: is no list"));
  EXPECT_THAT(refusal<v1::BasketFile>(R"({"member":1})"), HasSubstr("neither true nor false"));
  EXPECT_THAT(refusal<v1::BasketFile>(R"({"store":1})"), HasSubstr("store: is no text"));
  EXPECT_THAT(refusal<v1::Result>(R"({"states":-1})"), HasSubstr("from 0"));
  EXPECT_THAT(refusal<v1::Result>("[]"), HasSubstr("is no object"));
}

}  // namespace
}  // namespace cartwright::trip
