// `cartwright price` with catalog, offers, baskets and results as Protobuf messages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cart.hpp"
#include "trip/message_bytes.hpp"
#include "trip/message_json.hpp"

#include "cartwright/v1/offers.pb.h"

namespace cartwright::conformance {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kMilk =
    R"({"product":"milk","gtins":[],"name":"Milk","sold_by":"piece","price_minor":129,"tax":"reduced"})";
constexpr const char* kBread =
    R"({"product":"bread","gtins":[],"name":"Bread","sold_by":"piece","price_minor":250,"tax":"reduced"})";
constexpr const char* kOffers =
    R"({"currency":"EUR","offers":[{"id":"three","kind":"cheapest_of","set":{"products":["milk"]},
        "n":3,"k":1,"bps":10000,"funding":[{"funder":"board","bps":6000}]}]})";
constexpr const char* kThree =
    R"({"currency":"EUR","lines":[{"key":"1","product":"milk","units":3}]})";
constexpr const char* kUnknown =
    R"({"currency":"EUR","lines":[{"key":"1","product":"mlik","units":1}]})";

template <typename Message>
Message message_of(const std::string& json) {
  Message message;
  trip::read_json(json, "json", message);
  return message;
}

class PriceForms : public testing::Test {
 protected:
  PriceForms()
      : catalog_(scratch_.write("products.jsonl", std::string(kMilk) + "\n" + kBread + "\n")),
        offers_(scratch_.write("offers.json", kOffers)) {
    v1::CatalogFile rows;
    *rows.add_rows() = message_of<v1::CatalogRow>(kMilk);
    *rows.add_rows() = message_of<v1::CatalogRow>(kBread);
    catalog_bytes_ = write("products.binpb", rows);
    offers_bytes_ = write("offers.binpb", message_of<v1::OfferFile>(kOffers));
  }

  std::string write(const std::string& name, const google::protobuf::Message& message) const {
    return scratch_.write(name, trip::bytes_of(message));
  }
  Result priced(const Strings& more) const {
    Strings words = {"price", "--catalog", catalog_bytes_, "--offers", offers_bytes_};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  // What a run refuses, with nothing printed.
  static std::string refused(const Result& result) {
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.output, "");
    return result.errors;
  }

  Scratch scratch_;
  std::string catalog_;
  std::string offers_;
  std::string catalog_bytes_;
  std::string offers_bytes_;
};

TEST_F(PriceForms, answer_alike) {
  const std::string basket = scratch_.write("basket.json", kThree);
  const Result text =
      run({"price", "--catalog", catalog_, "--offers", offers_, "--basket", basket});
  EXPECT_EQ(text.code, 0);
  const Result bytes =
      priced({"--basket", write("basket.binpb", message_of<v1::BasketFile>(kThree))});
  EXPECT_EQ(bytes.code, 0) << bytes.errors;
  EXPECT_EQ(bytes.output, text.output);
  // Each file may have the form it likes.
  EXPECT_EQ(priced({"--basket", basket}).output, text.output);

  const Result message = priced({"--basket", basket, "--format", "protobuf"});
  EXPECT_EQ(message.code, 0);
  v1::Result result;
  trip::read_bytes(message.output, "result", result);
  EXPECT_EQ(Json::parse(trip::json_of(result)), Json::parse(text.output));
}

TEST_F(PriceForms, price_many_in_order_and_go_on_after_a_bad_one) {
  v1::BasketList baskets;
  *baskets.add_baskets() = message_of<v1::BasketFile>(kThree);
  *baskets.add_baskets() = message_of<v1::BasketFile>(kUnknown);
  *baskets.add_baskets() = message_of<v1::BasketFile>(kThree);
  std::string bytes = trip::bytes_of(baskets);
  bytes += std::string("\x0A\x02\x78\x01", 4);  // a basket with a field 15
  const std::string file = scratch_.write("baskets.binpb", bytes);

  const Result result = priced({"--baskets", file, "--format", "protobuf"});
  EXPECT_EQ(result.code, 1);
  v1::ResultList list;
  trip::read_bytes(result.output, "results", list);
  ASSERT_EQ(list.results_size(), 4);
  EXPECT_EQ(list.results(0).result().goods_minor(), 258);
  EXPECT_THAT(
      list.results(1).error(),
      AllOf(HasSubstr("baskets.binpb: baskets[1]: lines[0] \"1\": product"), HasSubstr("mlik")));
  EXPECT_EQ(list.results(2).result().goods_minor(), 258);
  EXPECT_THAT(list.results(3).error(), HasSubstr("baskets[3]: byte 0: BasketFile has no field 15"));
  EXPECT_THAT(result.errors, AllOf(HasSubstr("baskets[1]"), HasSubstr("baskets[3]")));

  const Strings lines = lines_of(priced({"--baskets", file}).output);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(Json::parse(lines[1])["error"], list.results(1).error());
}

TEST_F(PriceForms, with_bad_bytes_name_file_and_place) {
  const std::string basket = scratch_.write("basket.json", kThree);
  // JSON under the name of a message.
  EXPECT_THAT(refused(priced({"--basket", scratch_.write("basket.binpb", kThree)})),
              HasSubstr("basket.binpb: byte 0: "));
  v1::BasketFile unknown = message_of<v1::BasketFile>(kUnknown);
  EXPECT_THAT(refused(priced({"--basket", write("basket.binpb", unknown)})),
              HasSubstr("basket.binpb: lines[0] \"1\": product: \"mlik\" is not in the catalog"));

  v1::CatalogFile rows;
  *rows.add_rows() = message_of<v1::CatalogRow>(kMilk);
  rows.add_rows()->set_product("bread");
  write("products.binpb", rows);
  EXPECT_THAT(refused(priced({"--basket", basket})),
              AllOf(HasSubstr("products.binpb: rows[1] \"bread\": "),
                    HasSubstr("key \"name\" is missing")));
  *rows.mutable_rows(1) = rows.rows(0);
  write("products.binpb", rows);
  EXPECT_THAT(refused(priced({"--basket", basket})),
              HasSubstr("products.binpb: product \"milk\" stands twice"));
  scratch_.write("products.binpb", "");
  EXPECT_THAT(refused(priced({"--basket", basket})), HasSubstr("products.binpb holds no products"));
  EXPECT_THAT(refused(priced({"--basket", basket, "--format", "xml"})), HasSubstr("--format"));
}

TEST_F(PriceForms, are_checked_alike) {
  const Result text = run({"offers", "check", offers_, "--catalog", catalog_, "--json"});
  const Result bytes =
      run({"offers", "check", offers_bytes_, "--catalog", catalog_bytes_, "--json"});
  EXPECT_EQ(text.code, 0);
  EXPECT_EQ(bytes.code, 0);
  EXPECT_EQ(bytes.output, text.output);
}

}  // namespace
}  // namespace cartwright::conformance
