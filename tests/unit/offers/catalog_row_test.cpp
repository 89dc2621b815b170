#include "offers/catalog_row.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

using testing::HasSubstr;

nlohmann::json good_row() {
  return {{"product", "milk-1l"},
          {"gtins", {"9521234543213"}},
          {"name", "Milk 1 l"},
          {"sold_by", "piece"},
          {"price_minor", 129},
          {"member_price_minor", 119},
          {"tax", "reduced"},
          {"deposit_minor", 25},
          {"categories", {"dairy", "a"}},
          {"discountable", false},
          {"min_age", 16},
          {"location", "A3-2"}};
}

std::string refusal_of_text(const std::string& line) {
  try {
    product_of_json(line);
    return "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
}

std::string refusal_of(const std::string& key, const nlohmann::json& value) {
  nlohmann::json row = good_row();
  row[key] = value;
  return refusal_of_text(row.dump());
}

TEST(CatalogRow, gives_every_field_of_the_product) {
  const Product product = product_of_json(good_row().dump());
  EXPECT_EQ(product.id, "milk-1l");
  ASSERT_EQ(product.gtins.size(), 1U);
  EXPECT_EQ(product.gtins[0].text(), "09521234543213");
  EXPECT_EQ(product.name, "Milk 1 l");
  EXPECT_EQ(product.sold_by, SoldBy::piece);
  EXPECT_EQ(product.price, Money(129));
  EXPECT_EQ(product.member_price, Money(119));
  EXPECT_EQ(product.tax, "reduced");
  EXPECT_EQ(product.deposit, Money(25));
  EXPECT_THAT(product.categories, testing::ElementsAre("a", "dairy"));
  EXPECT_FALSE(product.discountable);
  EXPECT_EQ(product.min_age, 16);
  EXPECT_EQ(product.location, "A3-2");
}

TEST(CatalogRow, needs_only_what_a_price_needs) {
  const Product product = product_of_json(
      R"({"product":"a","gtins":[],"name":"A","sold_by":"kg","price_minor":0,"tax":"t"})");
  EXPECT_EQ(product.sold_by, SoldBy::kg);
  EXPECT_FALSE(product.member_price);
  EXPECT_EQ(product.deposit, Money(0));
  EXPECT_TRUE(product.discountable);
  EXPECT_EQ(product.min_age, 0);
}

TEST(CatalogRow, names_a_missing_key) {
  for (const char* key : {"product", "gtins", "name", "sold_by", "price_minor", "tax"}) {
    nlohmann::json row = good_row();
    row.erase(key);
    EXPECT_EQ(refusal_of_text(row.dump()), "key \"" + std::string(key) + "\" is missing");
  }
}

TEST(CatalogRow, names_a_typo_and_the_nearest_key) {
  EXPECT_THAT(refusal_of("price_minr", 1), HasSubstr("unknown key \"price_minr\", did you mean "
                                                     "\"price_minor\""));
  EXPECT_THAT(refusal_of("sold_by", "pice"), HasSubstr("did you mean \"piece\""));
}

TEST(CatalogRow, refuses_a_key_that_stands_twice) {
  EXPECT_THAT(refusal_of_text(R"({"product":"a","product":"b"})"), HasSubstr("stands twice"));
}

TEST(CatalogRow, refuses_prices_that_are_negative_broken_or_absurd) {
  EXPECT_THAT(refusal_of("price_minor", -1), HasSubstr("\"price_minor\": -1 is below zero"));
  EXPECT_THAT(refusal_of("price_minor", 1.29), HasSubstr("1.29 is no whole number"));
  EXPECT_THAT(refusal_of("price_minor", "129"), HasSubstr("no whole number"));
  EXPECT_THAT(refusal_of("price_minor", 18'446'744'073'709'551'615U), HasSubstr("above the limit"));
  EXPECT_THAT(refusal_of("deposit_minor", -25), HasSubstr("\"deposit_minor\": -25"));
  EXPECT_THAT(refusal_of("member_price_minor", nullptr), HasSubstr("null is no whole number"));
  EXPECT_THAT(refusal_of("min_age", 151), HasSubstr("above the limit of 150"));
}

TEST(CatalogRow, refuses_gtins_and_says_what_is_wrong) {
  EXPECT_THAT(refusal_of("gtins", {"9521234543214"}),
              HasSubstr("\"9521234543214\" has a wrong check digit, 3 would be right"));
  EXPECT_THAT(refusal_of("gtins", {"123456789"}), HasSubstr("has 9 digits"));
  EXPECT_THAT(refusal_of("gtins", {"952123454321X"}), HasSubstr("is no number"));
  EXPECT_THAT(refusal_of("gtins", {9521234543213}), HasSubstr("write it in quotes"));
  EXPECT_THAT(refusal_of("gtins", "9521234543213"), HasSubstr("no list"));
  EXPECT_THAT(refusal_of("gtins", {""}), HasSubstr("is empty"));
}

TEST(CatalogRow, refuses_texts_that_no_screen_could_show) {
  EXPECT_THAT(refusal_of("name", ""), HasSubstr("\"name\": is empty"));
  EXPECT_THAT(refusal_of("name", "a\nb"), HasSubstr("control character"));
  EXPECT_THAT(refusal_of("name", std::string(1001, 'x')), HasSubstr("longer than 1000"));
  EXPECT_THAT(refusal_of("name", 5), HasSubstr("5 is no text"));
  EXPECT_THAT(refusal_of_text("{\"product\":\"\xC3\x28\"}"), HasSubstr("UTF-8"));
}

TEST(CatalogRow, refuses_what_is_no_object) {
  EXPECT_THAT(refusal_of_text("{\"product\":"), HasSubstr("no JSON at byte"));
  EXPECT_THAT(refusal_of_text("[1]"), HasSubstr("no JSON object"));
  EXPECT_THAT(refusal_of_text("-2e999"), HasSubstr("larger than any"));
  EXPECT_THAT(refusal_of_text("{\"product\":1e999}"), HasSubstr("larger than any"));
  EXPECT_THAT(refusal_of_text(std::string(100'000, '[')), HasSubstr("within a list"));
}

TEST(CatalogRow, reads_terms_and_gives_them_back) {
  const std::string row =
      R"({"product":"a","gtins":[],"name":"A","sold_by":"piece","price_minor":1,"tax":"t",)"
      R"("best_before":{"past":"refuse"},"recalls":[{"id":"R1","batches":["B","A","B"]}]})";
  const Product product = product_of_json(row);
  ASSERT_EQ(product.recalls.size(), 1U);
  EXPECT_THAT(product.recalls[0].batches, testing::ElementsAre("A", "B"));
  EXPECT_EQ(product_of_json(canonical_row(product)), product);
  EXPECT_THAT(canonical_row(product),
              HasSubstr(R"("location":"","recalls":[{"id":"R1","batches":["A","B"]}])"));
}

TEST(CatalogRow, refuses_lists_where_none_belong_and_keys_twice_in_a_term) {
  EXPECT_THAT(refusal_of("gtins", {{"9521234543213"}}), HasSubstr("within a list"));
  EXPECT_THAT(refusal_of_text(R"({"recalls":[{"id":"a","id":"b"}]})"),
              HasSubstr("\"id\" stands twice"));
  EXPECT_THAT(refusal_of_text(R"({"recalls":[{"batches":[["a"]]}]})"), HasSubstr("within a list"));
  EXPECT_THAT(refusal_of("recalls", {{{"id", "a"}}, {{"id", 5}}}),
              HasSubstr("key: recalls[1].id: 5 is no text"));
}

TEST(CanonicalRow, is_the_same_on_every_machine) {
  EXPECT_EQ(canonical_row(product_of_json(good_row().dump())),
            R"({"product":"milk-1l","gtins":["09521234543213"],"name":"Milk 1 l",)"
            R"("sold_by":"piece","price_minor":129,"member_price_minor":119,"tax":"reduced",)"
            R"("deposit_minor":25,"categories":["a","dairy"],"discountable":false,"min_age":16,)"
            R"("location":"A3-2"})");
}

}  // namespace
}  // namespace cartwright::offers
