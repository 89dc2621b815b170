#include "offers/product_terms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

using testing::HasSubstr;

Product product_of(const std::string& row) {
  Product product;
  read_terms(nlohmann::json::parse(row), "key", product);
  return product;
}

std::string refusal_of(const std::string& row) {
  try {
    product_of(row);
    return "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
}

std::string written(const Product& product) {
  nlohmann::ordered_json row = nlohmann::ordered_json::object();
  write_terms(product, row);
  return row.dump();
}

TEST(ProductTerms, of_a_product_without_any_are_nothing) {
  EXPECT_EQ(product_of("{}"), Product());
  EXPECT_EQ(written(Product()), "{}");
  EXPECT_EQ(written(product_of(R"({"recalls":[],"best_before":{"past":"warn"}})")), "{}");
}

TEST(ProductTerms, are_written_as_they_were_read) {
  for (
      const char* row : {
          R"({"recalls":[{"id":"R1"}]})",
          R"({"recalls":[{"id":"R1","reason":"glass","batches":["A","B"]},{"id":"R2","untold":"sell"}]})",
          R"({"recalls":[{"id":"R1","serials":{"from":"10","to":"99"}}]})",
          R"({"recalls":[{"id":"R1","best_before":{"from":"2026-01-01","to":"2026-01-31"}}]})",
          R"({"best_before":{"past":"refuse"}})",
          R"({"best_before":{"past":"sell","markdown_days":0,"markdown_bps":3000}})",
          R"({"best_before":{"past":"warn","markdown_days":2,"markdown_bps":10000}})",
      }) {
    EXPECT_EQ(written(product_of(row)), row);
  }
}

TEST(ProductTerms, are_refused_with_the_place_and_what_is_expected) {
  EXPECT_THAT(refusal_of(R"({"recalls":{"id":"R1"}})"), HasSubstr("is no list of objects"));
  EXPECT_THAT(refusal_of(R"({"recalls":[{}]})"), HasSubstr("key: recalls[0].id: is missing"));
  EXPECT_THAT(refusal_of(R"({"recalls":[{"id":"a","batch":["b"]}]})"),
              HasSubstr("did you mean \"batches\""));
  EXPECT_THAT(refusal_of(R"({"recalls":[{"id":"a","serials":{"from":"1"}}]})"),
              HasSubstr("recalls[0].serials.to: is missing"));
  EXPECT_THAT(
      refusal_of(
          R"({"recalls":[{"id":"a","best_before":{"from":"2026-02-30","to":"2026-03-01"}}]})"),
      HasSubstr("\"2026-02-30\" is no day"));
  EXPECT_THAT(
      refusal_of(
          R"({"recalls":[{"id":"a","best_before":{"from":"2026-02-02","to":"2026-02-01"}}]})"),
      HasSubstr("end before they begin"));
  EXPECT_THAT(refusal_of(R"({"recalls":[{"id":"a","untold":"yes"}]})"), HasSubstr("is none of"));
  EXPECT_THAT(refusal_of(R"({"best_before":{"past":"refused"}})"),
              HasSubstr("did you mean \"refuse\""));
  EXPECT_THAT(refusal_of(R"({"best_before":{"markdown_bps":10001}})"),
              HasSubstr("10001 is not from 1 to 10000"));
  EXPECT_THAT(refusal_of(R"({"best_before":{"markdown_days":2}})"),
              HasSubstr("without markdown_bps"));
}

TEST(ProductTerms, of_packs_prices_and_content_are_written_as_they_were_read) {
  for (const char* row : {
           R"({"packs":[{"gtin":"14006381333938","units":6}]})",
           R"({"prices":[{"from":"2026-03-01T05:00:00Z","price_minor":129}]})",
           R"({"prices":[{"from":"2026-03-01T05:00:00Z","price_minor":129},)"
           R"({"store":"9521234000013","from":"2026-01-01T00:00:00Z","price_minor":99,)"
           R"("member_price_minor":89}]})",
           R"({"lowest_30_days_minor":99})",
           R"({"content":{"amount":750,"unit":"ml"}})",
       }) {
    EXPECT_EQ(written(product_of(row)), row);
  }
  EXPECT_EQ(
      written(product_of(R"({"prices":[{"from":"2026-03-01T06:00:00+01:00","price_minor":1}]})")),
      R"({"prices":[{"from":"2026-03-01T05:00:00Z","price_minor":1}]})");
}

TEST(ProductTerms, of_packs_prices_and_content_are_refused_with_what_is_expected) {
  EXPECT_THAT(refusal_of(R"({"packs":[{"gtin":"14006381333939","units":6}]})"),
              HasSubstr("key: packs[0].gtin: \"14006381333939\" is no GTIN"));
  EXPECT_THAT(refusal_of(R"({"packs":[{"gtin":"14006381333938","units":1}]})"),
              HasSubstr("1 is not from 2 to 10000"));
  EXPECT_THAT(refusal_of(R"({"prices":[{"from":"2026-03-01","price_minor":1}]})"),
              HasSubstr("\"2026-03-01\" is no time with offset"));
  EXPECT_THAT(refusal_of(R"({"prices":[{"from":"2026-03-01T06:00:00+01:00","price_minor":1},)"
                         R"({"from":"2026-03-01T05:00:00Z","price_minor":2}]})"),
              HasSubstr("two prices begin at 2026-03-01T05:00:00Z"));
  EXPECT_THAT(refusal_of(R"({"content":{"amount":1}})"), HasSubstr("content.unit: is missing"));
  EXPECT_THAT(refusal_of(R"({"content":{"amount":1,"unit":"kg"}})"), HasSubstr("is none of"));
  Product apples;
  apples.sold_by = SoldBy::kg;
  EXPECT_THROW(
      read_terms(nlohmann::json::parse(R"({"packs":[{"gtin":"14006381333938","units":6}]})"), "key",
                 apples),
      Error);
}

}  // namespace
}  // namespace cartwright::offers
