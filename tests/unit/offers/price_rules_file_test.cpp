#include "offers/price_rules_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::refusal;
using testing::HasSubstr;

PriceRules rules(const std::string& text) {
  return parse_price_rules(text, "rules.json", currency("EUR"));
}

TEST(PriceRulesFile, has_the_names_of_a_carts_store_table) {
  const PriceRules read = rules(
      R"({"taxes":{"standard":1900,"reduced":700},"prices_without_tax":true,
          "round_total_to_minor":5})");
  EXPECT_EQ(read.taxes.at("standard"), (TaxRate{1900, TaxPlacement::on_top}));
  EXPECT_EQ(read.round_total_to, Money(5));
  EXPECT_EQ(rules(R"({"taxes":{"standard":1900}})").taxes.at("standard").placement,
            TaxPlacement::included);
}

TEST(PriceRulesFile, says_how_tax_is_rounded) {
  const PriceRules plain = rules(R"({"taxes":{"a":1}})");
  EXPECT_EQ(plain.tax_halves, Halves::up);
  EXPECT_EQ(plain.tax_per, TaxPer::total);
  const PriceRules other =
      rules(R"({"taxes":{"a":1},"tax_rounding":"half_even","tax_per":"line"})");
  EXPECT_EQ(other.tax_halves, Halves::even);
  EXPECT_EQ(other.tax_per, TaxPer::line);
}

TEST(PriceRulesFile, names_what_is_wrong) {
  EXPECT_THAT(refusal([] { rules(R"({"taxes":{"a":1},"tax_per":"unit"})"); }),
              HasSubstr("tax_per"));
  EXPECT_THAT(refusal([] { rules(R"({"taxes":{}})"); }), HasSubstr("taxes: names no tax class"));
  EXPECT_THAT(refusal([] { rules(R"({"taxes":{"a":10001}})"); }), HasSubstr("taxes.a: 10001"));
  EXPECT_THAT(refusal([] { rules(R"({"tax":{"a":1}})"); }), HasSubstr("taxes: is missing"));
}

}  // namespace
}  // namespace cartwright::offers
