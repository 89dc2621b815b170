#include "gs1/eci.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gs1/reading.hpp"

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

Refusal refusal_of(std::string_view data, std::string_view aim) {
  const ReadResult result = read_scan(data, aim);
  const auto* refusal = std::get_if<Refusal>(&result);
  return refusal != nullptr ? *refusal : Refusal{"accepted", 0};
}

std::string gtin_of(std::string_view data, std::string_view aim) {
  const ReadResult result = read_scan(data, aim);
  const auto* reading = std::get_if<Reading>(&result);
  if (reading == nullptr) return std::get<Refusal>(result).text;
  return reading->gtin ? reading->gtin->text() : "none";
}

TEST(Eci, is_held_behind_the_identifiers_that_say_so) {
  for (const char* aim :
       {"]Q2", "]Q4", "]Q6", "]d4", "]d5", "]d6", "]J3", "]J4", "]z3", "]z4", "]L1"}) {
    EXPECT_TRUE(holds_eci(aim)) << aim;
  }
  for (const char* aim : {"]Q1", "]Q3", "]d1", "]d2", "]J1", "]E0", "]C1", "]e0", "]L2", ""}) {
    EXPECT_FALSE(holds_eci(aim)) << aim;
  }
}

TEST(Eci, is_passed_over_in_front_of_an_element_string) {
  EXPECT_EQ(gtin_of("\\0000260109521234543213", "]Q4"), "09521234543213");
  EXPECT_EQ(gtin_of("\\0000030109521234543213", "]d5"), "09521234543213");
  EXPECT_EQ(gtin_of("]J4\\0000270109521234543213", ""), "09521234543213");
  EXPECT_EQ(gtin_of("\\000003\\0000260109521234543213", "]Q4"), "09521234543213");
}

TEST(Eci, is_passed_over_in_front_of_a_link) {
  EXPECT_EQ(gtin_of("\\000026https://example.org/01/09521234543213", "]Q2"), "09521234543213");
  EXPECT_EQ(gtin_of("\\000026https://example.org/01/09521234543213", "]d4"), "09521234543213");
}

TEST(Eci, leaves_data_without_one_as_they_are) {
  EXPECT_EQ(gtin_of("0109521234543213", "]Q4"), "09521234543213");
  EXPECT_EQ(read_eci_prefix("\\00002").size, 0U);
  EXPECT_EQ(read_eci_prefix("\\00002x").size, 0U);
}

TEST(Eci, of_a_character_set_without_ascii_is_refused_by_its_number) {
  const Refusal refusal = refusal_of("]Q4\\0000250109521234543213", "");
  EXPECT_THAT(refusal.text, HasSubstr("ECI 000025"));
  EXPECT_EQ(refusal.at, 3U);
}

TEST(Eci, that_changes_within_the_data_is_refused_at_its_place) {
  const Refusal refusal = refusal_of("\\000026010952123454321310A\\000003B", "]Q4");
  EXPECT_THAT(refusal.text, HasSubstr("ECI 000003"));
  EXPECT_EQ(refusal.at, 26U);
}

TEST(Eci, is_no_doubled_backslash) {
  EXPECT_EQ(read_eci_prefix("A\\\\000026").refusal, "");
}

}  // namespace
}  // namespace cartwright::gs1
