#include "gs1/reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gs1/restricted.hpp"

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

Reading reading(std::string_view data, const ReadOptions& options = {}) {
  const ReadResult result = read_scan(data, std::string_view(), options);
  const auto* refusal = std::get_if<Refusal>(&result);
  EXPECT_EQ(refusal, nullptr) << data << ": " << refusal->text;
  return refusal == nullptr ? std::get<Reading>(result) : Reading();
}

Refusal refusal(std::string_view data, const ReadOptions& options = {}) {
  const ReadResult result = read_scan(data, std::string_view(), options);
  const auto* found = std::get_if<Refusal>(&result);
  return found != nullptr ? *found : Refusal{"accepted", 0};
}

std::string gtin(const Reading& of) {
  return of.gtin ? of.gtin->text() : "";
}

TEST(Reading, of_an_article_number_has_no_elements) {
  const Reading pen = reading("]E04006381333931");
  EXPECT_EQ(pen.symbology, Symbology::ean13);
  EXPECT_EQ(gtin(pen), "04006381333931");
  EXPECT_TRUE(pen.elements.empty());
}

TEST(Reading, of_an_element_string_has_its_facts) {
  ReadOptions options;
  options.surroundings.current_year = 2026;
  const Reading milk = reading(
      "]d20109521234543213"
      "1727013110A1\x1d"
      "21S1",
      options);
  EXPECT_EQ(milk.symbology, Symbology::gs1_datamatrix);
  EXPECT_EQ(gtin(milk), "09521234543213");
  EXPECT_EQ(human_readable(milk.elements), "(01)09521234543213(17)270131(10)A1(21)S1");
  EXPECT_EQ(milk.facts.expiry->text(), "2027-01-31");
  EXPECT_EQ(milk.facts.batch, "A1");
  EXPECT_EQ(milk.elements[1].at, 19U);
}

TEST(Reading, of_data_without_identifier_goes_by_its_form) {
  EXPECT_EQ(reading("4006381333931").symbology, Symbology::ean13);
  EXPECT_EQ(reading("04252614").symbology, Symbology::upce);
  EXPECT_EQ(gtin(reading("(01)09521234543213(10)A")), "09521234543213");
  EXPECT_EQ(gtin(reading("^010952123454321310A")), "09521234543213");
  EXPECT_EQ(gtin(reading("\x1d"
                         "010952123454321310A")),
            "09521234543213");
  EXPECT_EQ(gtin(reading("010952123454321310A\x1d"
                         "17270131")),
            "09521234543213");
  EXPECT_EQ(gtin(reading("0109521234543213")), "09521234543213");
  EXPECT_EQ(gtin(reading("10A\x1d"
                         "0109521234543213")),
            "09521234543213");
  const Reading link = reading("https://example.org/01/09521234543213");
  EXPECT_EQ(link.symbology, Symbology::gs1_digital_link);
  EXPECT_EQ(gtin(link), "09521234543213");
  EXPECT_THAT(refusal("hello").text, HasSubstr("no digit"));
  EXPECT_THAT(refusal(" ").text, HasSubstr("nothing"));
}

TEST(Reading, of_a_link_keeps_the_symbol_that_held_it) {
  EXPECT_EQ(reading("]Q1https://example.org/01/09521234543213").symbology, Symbology::qr);
  EXPECT_EQ(reading("]d1https://example.org/01/09521234543213").symbology, Symbology::datamatrix);
}

TEST(Reading, of_other_text_finds_nothing_in_it) {
  const Reading text = reading("]Q1WIFI:S:x;;");
  EXPECT_FALSE(text.gtin);
  EXPECT_TRUE(text.elements.empty());
  EXPECT_EQ(text.symbology, Symbology::qr);
  EXPECT_FALSE(reading("]C04006381333931").gtin);
}

TEST(Reading, refuses_identifiers_that_are_none) {
  EXPECT_THAT(refusal("]X").text, HasSubstr("cut off"));
  EXPECT_THAT(refusal("]y0A").text, HasSubstr("ISO/IEC 15424"));
  EXPECT_THAT(refusal("]U0A").text, HasSubstr("MaxiCode"));
  EXPECT_THAT(refusal("]E112").text, HasSubstr("add-on"));
}

TEST(Reading, takes_an_add_on_with_an_identifier_of_its_own) {
  const Reading issue = reading("]E09771473968012]E112");
  EXPECT_EQ(gtin(issue), "09771473968012");
  EXPECT_EQ(issue.add_on, "12");
  EXPECT_EQ(issue.symbology, Symbology::ean13);
  EXPECT_EQ(reading("]E09780201379624]E251995").add_on, "51995");
  EXPECT_EQ(reading("]E0036000291452]E112").symbology, Symbology::upca);
  const Reading composite = reading("]E09771473968012]E112|]e010A1");
  EXPECT_EQ(composite.add_on, "12");
  EXPECT_EQ(composite.facts.batch, "A1");
}

TEST(Reading, names_what_is_wrong_with_an_add_on_and_where) {
  EXPECT_EQ(refusal("]E09771473968012]E1123").at, 19U);
  EXPECT_THAT(refusal("]E09771473968012]E1123").text, HasSubstr("behind ]E1 has two digits"));
  EXPECT_THAT(refusal("]E09771473968012]E2").text, HasSubstr("behind ]E2 has five digits"));
  EXPECT_EQ(refusal("]E09771473968012]E11A").at, 20U);
  EXPECT_EQ(refusal("]E09771473968012]E04006381333931").at, 16U);
  EXPECT_EQ(refusal("]E09771473968013]E112").at, 15U);
}

TEST(Reading, finds_an_add_on_in_bare_digits_of_periodicals_and_books_only) {
  EXPECT_EQ(reading("977147396801212").add_on, "12");
  EXPECT_EQ(reading("978020137962451995").add_on, "51995");
  EXPECT_THAT(refusal("400638133393112").text, HasSubstr("15 digits are no article number"));
  EXPECT_THAT(refusal("97714739680121").text, HasSubstr("check digit"));
}

TEST(Reading, tells_no_article_number_of_what_is_in_the_box) {
  EXPECT_FALSE(reading("(00)123456789012345675(02)09521234543213(37)5").gtin);
  EXPECT_FALSE(reading("(8006)095212345432130102").gtin);
}

TEST(Reading, joins_the_parts_of_a_composite_symbol) {
  for (const char* data : {"]E04006381333931|]e010A1\x1d"
                           "99X",
                           "]E04006381333931]e110A1\x1d"
                           "99X"}) {
    const Reading pen = reading(data);
    EXPECT_EQ(pen.symbology, Symbology::ean13);
    EXPECT_EQ(gtin(pen), "04006381333931");
    EXPECT_EQ(human_readable(pen.elements), "(10)A1(99)X");
    EXPECT_EQ(pen.facts.batch, "A1");
  }
  const Reading bar = reading("]e00109521234543213|]e110A1");
  EXPECT_EQ(human_readable(bar.elements), "(01)09521234543213(10)A1");
  EXPECT_EQ(bar.symbology, Symbology::composite);
  EXPECT_EQ(bar.elements[1].at, 23U);
  EXPECT_THAT(refusal("]E04006381333931|]e010A\x1d"
                      "0104006381333947")
                  .text,
              HasSubstr("check digit"));
  EXPECT_THAT(refusal("]E04006381333931|]e00109521234543213").text, HasSubstr("different values"));
}

TEST(Reading, takes_restricted_numbers_apart_by_the_rules_of_a_region) {
  RestrictedRules rules;
  rules.region = "ZZ";
  rules.currency = "NOK";
  rules.rules = {{"price", "020IIIIIMMMMMK", RestrictedMeasure::price, 1, 1, true}};
  ReadOptions options;
  options.restricted = &rules;
  std::string digits = "201234501995";
  digits += *check_digit(digits);
  const Reading cheese = reading(digits, options);
  EXPECT_EQ(cheese.facts.price_minor, 1995);
  EXPECT_EQ(cheese.facts.currency, 578);
  EXPECT_EQ(cheese.restricted_rule, "price");
  EXPECT_THAT(gtin(cheese), HasSubstr("020123450000"));
  EXPECT_FALSE(reading(digits).facts.price_minor);
  EXPECT_EQ(gtin(reading("4006381333931", options)), "04006381333931");
}

TEST(Reading, by_kind_of_symbol_needs_no_identifier) {
  const auto by_kind = [](std::string_view data, Symbology symbology) {
    const ReadResult result = read_scan(data, symbology);
    const auto* found = std::get_if<Reading>(&result);
    return found != nullptr && found->gtin ? found->gtin->text() : "";
  };
  EXPECT_EQ(by_kind("0109521234543213", Symbology::gs1_128), "09521234543213");
  EXPECT_EQ(by_kind("https://a/01/09521234543213", Symbology::dotcode), "09521234543213");
  EXPECT_EQ(by_kind("0109521234543213", Symbology::dotcode), "09521234543213");
  EXPECT_EQ(by_kind("https://a/01/09521234543213", Symbology::ean13), "");
  EXPECT_EQ(by_kind("4006381333931", Symbology::unknown), "04006381333931");
}

}  // namespace
}  // namespace cartwright::gs1
