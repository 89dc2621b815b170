#include "gs1/identify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

std::string gtin_of(const Identified& identified) {
  const auto* identity = std::get_if<Identity>(&identified);
  return identity != nullptr ? identity->gtin.text() : std::get<Refusal>(identified).text;
}

Symbology symbology_of(const Identified& identified) {
  const auto* identity = std::get_if<Identity>(&identified);
  return identity != nullptr ? identity->symbology : Symbology::unknown;
}

Refusal refusal_of(const Identified& identified) {
  const auto* refusal = std::get_if<Refusal>(&identified);
  return refusal != nullptr ? *refusal : Refusal{"accepted " + gtin_of(identified), 0};
}

TEST(TypedDigits, are_taken_by_their_count) {
  EXPECT_EQ(gtin_of(identify("96385074", Symbology::unknown)), "00000096385074");
  EXPECT_EQ(gtin_of(identify("036000291452", Symbology::unknown)), "00036000291452");
  EXPECT_EQ(gtin_of(identify("4006381333931", Symbology::unknown)), "04006381333931");
  EXPECT_EQ(gtin_of(identify("14006381333938", Symbology::unknown)), "14006381333938");
  EXPECT_EQ(symbology_of(identify("96385074", Symbology::unknown)), Symbology::ean8);
  EXPECT_EQ(symbology_of(identify("036000291452", Symbology::unknown)), Symbology::upca);
  EXPECT_EQ(symbology_of(identify(" 4006381333931\r\n", Symbology::unknown)), Symbology::ean13);
}

TEST(TypedDigits, of_eight_are_upce_where_they_fail_as_ean8) {
  const Identified identified = identify("04252614", Symbology::unknown);
  EXPECT_EQ(gtin_of(identified), "00042100005264");
  EXPECT_EQ(symbology_of(identified), Symbology::upce);
}

TEST(TypedDigits, of_six_or_seven_are_refused_since_nothing_checks_them) {
  EXPECT_THAT(refusal_of(identify("425261", Symbology::unknown)).text, HasSubstr("6 digits"));
  EXPECT_THAT(refusal_of(identify("0425261", Symbology::unknown)).text, HasSubstr("7 digits"));
}

TEST(Refusals, name_the_right_check_digit_and_its_place) {
  const Refusal refusal = refusal_of(identify("  4006381333935", Symbology::ean13));
  EXPECT_THAT(refusal.text, HasSubstr("check digit is 5, but 1 is right"));
  EXPECT_EQ(refusal.at, 14U);
  EXPECT_THAT(refusal_of(identify("96385075", Symbology::unknown)).text, HasSubstr("but 4"));
  EXPECT_THAT(refusal_of(identify("04252615", Symbology::upce)).text, HasSubstr("but 4"));
}

TEST(Refusals, say_of_which_kind_they_are) {
  const auto kind = [](std::string_view data, Symbology symbology) {
    return refusal_of(identify(data, symbology)).kind;
  };
  EXPECT_EQ(kind("4006381333935", Symbology::ean13), RefusalKind::wrong_check_digit);
  EXPECT_EQ(kind("04252615", Symbology::upce), RefusalKind::wrong_check_digit);
  EXPECT_EQ(kind("0104006381333935", Symbology::gs1_128), RefusalKind::wrong_check_digit);
  EXPECT_EQ(kind("400638133393", Symbology::ean13), RefusalKind::wrong_length);
  EXPECT_EQ(kind("123", Symbology::unknown), RefusalKind::wrong_length);
  EXPECT_EQ(kind("0104006381", Symbology::gs1_128), RefusalKind::wrong_length);
  EXPECT_EQ(kind("A3-2", Symbology::code128), RefusalKind::not_a_product);
  EXPECT_EQ(kind("hello", Symbology::unknown), RefusalKind::not_a_product);
}

TEST(Refusals, name_what_is_no_digit) {
  const Refusal refusal = refusal_of(identify("40063813A3931", Symbology::ean13));
  EXPECT_THAT(refusal.text, HasSubstr("\"A\" at position 9"));
  EXPECT_EQ(refusal.at, 8U);
  EXPECT_THAT(refusal_of(identify("4006\x02", Symbology::unknown)).text, HasSubstr("0x02"));
}

TEST(Refusals, name_the_length_that_is_right) {
  EXPECT_THAT(refusal_of(identify("400638133393", Symbology::ean13)).text, HasSubstr("it has 13"));
  EXPECT_THAT(refusal_of(identify("", Symbology::ean13)).text, HasSubstr("nothing"));
  EXPECT_THAT(refusal_of(identify("24252614", Symbology::upce)).text, HasSubstr("0 or 1"));
}

TEST(Symbols, with_an_add_on_give_number_and_add_on) {
  const Identified identified = identify("977147396801212", "]E3");
  ASSERT_TRUE(std::holds_alternative<Identity>(identified)) << gtin_of(identified);
  EXPECT_EQ(std::get<Identity>(identified).add_on, "12");
  EXPECT_EQ(gtin_of(identified), "09771473968012");
}

TEST(Symbols, of_an_add_on_alone_are_refused) {
  EXPECT_THAT(refusal_of(identify("12", "]E1")).text, HasSubstr("add-on"));
}

TEST(Symbols, are_told_by_an_aim_identifier_before_or_in_the_data) {
  EXPECT_EQ(symbology_of(identify("4006381333931", "]E0")), Symbology::ean13);
  EXPECT_EQ(symbology_of(identify("]E04006381333931", "")), Symbology::ean13);
  EXPECT_EQ(symbology_of(identify("]E496385074", "")), Symbology::ean8);
  EXPECT_EQ(symbology_of(identify("]I114006381333938", "")), Symbology::itf14);
  EXPECT_EQ(refusal_of(identify("]E04006381333935", "")).at, 15U);
}

TEST(Symbols, of_upce_are_taken_short_and_expanded) {
  for (const char* data : {"425261", "0425261", "04252614", "042100005264", "0042100005264"}) {
    EXPECT_EQ(gtin_of(identify(data, Symbology::upce)), "00042100005264") << data;
  }
}

TEST(Symbols, of_upca_may_come_as_thirteen_digits) {
  EXPECT_EQ(gtin_of(identify("0036000291452", Symbology::upca)), "00036000291452");
}

TEST(Symbols, with_element_strings_give_the_gtin_at_their_front) {
  EXPECT_EQ(gtin_of(identify("]C10104006381333931", "")), "04006381333931");
  EXPECT_EQ(gtin_of(identify("0104006381333931"
                             "17271231"
                             "10A1",
                             "]d2")),
            "04006381333931");
  EXPECT_EQ(gtin_of(identify("\x1d"
                             "0104006381333931",
                             Symbology::gs1_128)),
            "04006381333931");
  EXPECT_EQ(refusal_of(identify("0104006381333935", "]e0")).at, 15U);
  EXPECT_THAT(refusal_of(identify("010400638", "]e0")).text, HasSubstr("cut off"));
  EXPECT_THAT(refusal_of(identify("00340123450000000017", "]C1")).text, HasSubstr("(01)"));
}

TEST(Symbols, with_a_digital_link_give_its_gtin) {
  const std::string link = "https://example.org/some/01/04006381333931/10/A1?17=271231";
  EXPECT_EQ(gtin_of(identify(link, "]Q1")), "04006381333931");
  EXPECT_EQ(symbology_of(identify(link, Symbology::unknown)), Symbology::gs1_digital_link);
  ReadOptions old;
  old.link.zero_suppressed = true;
  const std::string short_number = "https://example.org/01/4006381333931";
  EXPECT_EQ(gtin_of(identify(short_number, "]Q1", old)), "04006381333931");
  EXPECT_THAT(refusal_of(identify(short_number, "]Q1")).text, HasSubstr("it has 14"));
  EXPECT_EQ(refusal_of(identify("https://example.org/01/04006381333935", "]Q1")).at, 36U);
  EXPECT_THAT(refusal_of(identify("https://example.org/?x=/01/04006381333931", "]Q1")).text,
              HasSubstr("no GS1 Digital Link"));
}

TEST(Symbols, with_elements_give_what_they_say_of_the_item) {
  ReadOptions options;
  options.surroundings.current_year = 2026;
  const Identified identified = identify(
      "010400638133393117271231"
      "10A1",
      "]d2", options);
  ASSERT_TRUE(std::holds_alternative<Identity>(identified)) << gtin_of(identified);
  const auto& identity = std::get<Identity>(identified);
  EXPECT_EQ(identity.facts.expiry->text(), "2027-12-31");
  EXPECT_EQ(identity.facts.batch, "A1");
  EXPECT_EQ(identity.elements.size(), 3U);
}

TEST(Symbols, that_carry_no_article_number_are_refused) {
  EXPECT_THAT(refusal_of(identify("4006381333931", "]C0")).text, HasSubstr("code128"));
  EXPECT_THAT(refusal_of(identify("WIFI:S:x;;", "]Q1")).text, HasSubstr("qr"));
}

RC_GTEST_PROP(Identify, never_reads_beyond_any_bytes, ()) {
  const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const auto symbology = static_cast<Symbology>(*rc::gen::inRange(0, 23));
  const Identified identified = identify(bytes, symbology);
  if (const auto* refusal = std::get_if<Refusal>(&identified)) {
    RC_ASSERT(!refusal->text.empty());
    RC_ASSERT(refusal->at <= bytes.size());
  } else {
    RC_ASSERT(has_valid_check_digit(std::get<Identity>(identified).gtin.text()));
  }
}

RC_GTEST_PROP(Identify, takes_digits_only_with_their_check_digit, ()) {
  std::string digits;
  for (int i = 0; i < 12; ++i) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  const char right = *check_digit(digits);
  for (char last = '0'; last <= '9'; ++last) {
    const Identified identified = identify(digits + last, Symbology::ean13);
    RC_ASSERT(std::holds_alternative<Identity>(identified) == (last == right));
  }
}

TEST(Refusals, say_what_to_scan_instead_of_what_is_no_article) {
  const auto text = [](std::string_view data) {
    return refusal_of(identify(data, Symbology::unknown)).text;
  };
  EXPECT_THAT(text("(00)395212345432100004(02)09521234543213(37)24"),
              HasSubstr("case or pallet: (02) and (37) say what is in it; scan the articles"));
  EXPECT_THAT(text("(8006)095212345432130204"), HasSubstr("piece 02 of 04 of an article"));
  EXPECT_THAT(text("(00)395212345432100004"), HasSubstr("shipment"));
  EXPECT_THAT(text("(8112)109988459000269133321426026193"), HasSubstr("coupon"));
}

}  // namespace
}  // namespace cartwright::gs1
