// `cartwright catalog import` and `cartwright offers import` of Protobuf messages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cart.hpp"
#include "trip/message_bytes.hpp"
#include "trip/message_json.hpp"

#include "cartwright/v1/offers.pb.h"

namespace cartwright::conformance {
namespace {

using testing::HasSubstr;

constexpr const char* kMilk =
    R"({"product":"milk","gtins":["9521234543213"],"name":"Milk","sold_by":"piece","price_minor":129,"tax":"reduced"})";
constexpr const char* kApples =
    R"({"product":"apples","gtins":[],"name":"Apples","sold_by":"kg","price_minor":300,"tax":"reduced"})";
constexpr const char* kOffers =
    R"({"currency":"EUR","offers":[{"id":"three","kind":"cheapest_of","set":{"products":["milk"]},
        "n":3,"k":1,"bps":10000}]})";

v1::CatalogFile rows_of(const Strings& rows) {
  v1::CatalogFile file;
  for (const std::string& row : rows) trip::read_json(row, "row", *file.add_rows());
  return file;
}

class ImportForms : public testing::Test {
 protected:
  std::string write(const std::string& name, const google::protobuf::Message& message) const {
    return scratch_.write(name, trip::bytes_of(message));
  }
  Result import(const std::string& what, const std::string& file, const Strings& more = {}) const {
    Strings words = {what, "--json", "--dir", scratch_.file(what), "import", file};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  Scratch scratch_;
};

TEST_F(ImportForms, of_a_catalog_make_one_version) {
  const Result text = import(
      "catalog", scratch_.write("products.jsonl", std::string(kMilk) + "\n" + kApples + "\n"));
  ASSERT_EQ(text.code, 0) << text.errors;
  const Result bytes = import("catalog", write("products.binpb", rows_of({kApples, kMilk})));
  ASSERT_EQ(bytes.code, 0) << bytes.errors;
  EXPECT_EQ(Json::parse(bytes.output)["products"], 2);
  EXPECT_EQ(Json::parse(bytes.output)["digest"], Json::parse(text.output)["digest"]);
  EXPECT_EQ(Json::parse(bytes.output)["changed"], false);
}

TEST_F(ImportForms, are_told_by_the_format_where_the_name_does_not_say) {
  const std::string file = write("products", rows_of({kMilk}));
  EXPECT_EQ(import("catalog", file).code, 2);
  EXPECT_EQ(import("catalog", file, {"--format", "protobuf"}).code, 0);
}

TEST_F(ImportForms, refuse_a_bad_row_and_keep_the_version) {
  ASSERT_EQ(import("catalog", write("good.binpb", rows_of({kMilk}))).code, 0);
  const auto refused = [&](const v1::CatalogFile& rows) {
    const Result result = import("catalog", write("bad.binpb", rows));
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.output, "");
    return result.errors;
  };
  v1::CatalogFile unsold = rows_of({kMilk, kApples});
  unsold.mutable_rows(1)->set_sold_by("dozen");
  EXPECT_THAT(refused(unsold), HasSubstr("bad.binpb: rows[1] \"apples\": "));
  EXPECT_THAT(refused(rows_of({kApples, kMilk, kMilk})),
              HasSubstr("bad.binpb: rows[2]: product \"milk\" stands twice; first in rows[1]"));
  EXPECT_THAT(refused({}), HasSubstr("bad.binpb holds no products"));
  const Result list = run({"catalog", "--json", "--dir", scratch_.file("catalog"), "list"});
  ASSERT_EQ(Json::parse(list.output).size(), 1u);
  EXPECT_EQ(Json::parse(list.output)[0]["products"], 1);
}

TEST_F(ImportForms, of_offers_make_one_version) {
  const Result text = import("offers", scratch_.write("offers.json", kOffers));
  ASSERT_EQ(text.code, 0) << text.errors;
  v1::OfferFile message;
  trip::read_json(kOffers, "offers", message);
  const Result bytes = import("offers", write("offers.binpb", message));
  ASSERT_EQ(bytes.code, 0) << bytes.errors;
  EXPECT_EQ(Json::parse(bytes.output)["offers"], 1);
  EXPECT_EQ(Json::parse(bytes.output)["digest"], Json::parse(text.output)["digest"]);
  EXPECT_EQ(Json::parse(bytes.output)["changed"], false);

  message.mutable_offers(0)->set_kind("cheapest");
  const Result bad = import("offers", write("bad.binpb", message));
  EXPECT_EQ(bad.code, 2);
  EXPECT_THAT(bad.errors, HasSubstr("bad.binpb: offers[0] \"three\""));
}

}  // namespace
}  // namespace cartwright::conformance
