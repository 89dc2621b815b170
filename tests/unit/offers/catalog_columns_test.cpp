#include "offers/catalog_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "offers/catalog_row.hpp"

namespace cartwright::offers {
namespace {

using testing::HasSubstr;

TEST(CsvColumns, give_the_same_product_as_json) {
  const CsvColumns columns({"price_minor", "product", "gtins", "name", "sold_by", "tax",
                            "categories", "discountable", "min_age", "location",
                            "member_price_minor", "deposit_minor"});
  const Product product =
      columns.product_of({"129", "milk-1l", "9521234543213", "Milk 1 l", "piece", "reduced",
                          "dairy;a", "FALSE", "16", "A3-2", "119", "25"});
  EXPECT_EQ(
      product,
      product_of_json(
          R"({"product":"milk-1l","gtins":["9521234543213"],"name":"Milk 1 l","sold_by":"piece",)"
          R"("price_minor":129,"member_price_minor":119,"tax":"reduced","deposit_minor":25,)"
          R"("categories":["dairy","a"],"discountable":false,"min_age":16,"location":"A3-2"})"));
}

std::string refusal_of_csv(const std::vector<std::string>& fields) {
  try {
    CsvColumns({"product", "gtins", "name", "sold_by", "price_minor", "tax", "discountable"})
        .product_of(fields);
    return "accepted";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(CsvColumns, name_the_column_that_is_wrong) {
  EXPECT_EQ(refusal_of_csv({"a", "", "A", "kg", "5", "t", ""}), "accepted");
  EXPECT_THAT(refusal_of_csv({"a", "", "A", "kg", "5.0", "t", ""}),
              HasSubstr("column \"price_minor\": \"5.0\" is no whole number"));
  EXPECT_THAT(refusal_of_csv({"a", "", "A", "kg", "", "t", ""}),
              HasSubstr("column \"price_minor\" is missing"));
  EXPECT_THAT(refusal_of_csv({"a", "1;", "A", "kg", "5", "t", ""}), HasSubstr("\"gtins\""));
  EXPECT_THAT(refusal_of_csv({"a", "", "A", "kg", "5", "t", "yes"}),
              HasSubstr("\"yes\" is neither true nor false"));
  EXPECT_THAT(refusal_of_csv({"a", "", "A", "kg"}), HasSubstr("has 4 fields"));
}

TEST(CsvColumns, refuse_a_header_with_a_typo_a_gap_or_a_column_twice) {
  const auto refusal = [](const std::vector<std::string>& header) -> std::string {
    try {
      const CsvColumns columns(header);
      return "accepted";
    } catch (const Error& error) {
      return error.what();
    }
  };
  EXPECT_THAT(refusal({"product", "gtin"}), HasSubstr("did you mean \"gtins\""));
  EXPECT_THAT(refusal({"product", "product"}), HasSubstr("stands twice"));
  EXPECT_THAT(refusal({"product", "gtins", "name", "sold_by", "price_minor"}),
              HasSubstr("column \"tax\" is missing"));
}

TEST(CsvColumns, hold_terms_as_json) {
  const CsvColumns columns(
      {"product", "gtins", "name", "sold_by", "price_minor", "tax", "recalls"});
  const auto row = [&](const std::string& recalls) {
    return columns.product_of({"a", "", "A", "piece", "5", "t", recalls});
  };
  EXPECT_TRUE(row("").recalls.empty());
  ASSERT_EQ(row(R"([{"id":"R1"}])").recalls.size(), 1U);
  const auto refusal = [&](const std::string& recalls) -> std::string {
    try {
      row(recalls);
      return "accepted";
    } catch (const Error& error) {
      return error.what();
    }
  };
  EXPECT_THAT(refusal("R1"), HasSubstr("column \"recalls\""));
  EXPECT_THAT(refusal(R"([{"id":"R1","id":"R2"}])"), HasSubstr("twice"));
  EXPECT_THAT(refusal(R"([{"name":"R1"}])"), HasSubstr("column: recalls[0].id: is missing"));
}

}  // namespace
}  // namespace cartwright::offers
