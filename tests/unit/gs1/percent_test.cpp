#include "gs1/percent.hpp"

#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

TEST(PercentEncoding, is_taken_away) {
  EXPECT_EQ(percent_decoded("ABC%2d123%2F", false), "ABC-123/");
  EXPECT_EQ(percent_decoded("%", false), "%");
  EXPECT_EQ(percent_decoded("%2", false), "%2");
  EXPECT_EQ(percent_decoded("%zz%2g", false), "%zz%2g");
  EXPECT_EQ(percent_decoded("%%41", false), "%A");
  EXPECT_EQ(percent_decoded("%00", false), std::string(1, '\0'));
}

TEST(PercentEncoding, has_the_plus_for_a_space_in_queries_only) {
  EXPECT_EQ(percent_decoded("A+B", true), "A B");
  EXPECT_EQ(percent_decoded("A+B", false), "A+B");
  EXPECT_EQ(percent_decoded("A%2BB", true), "A+B");
}

TEST(PercentEncoding, tells_where_a_decoded_character_stood) {
  EXPECT_EQ(percent_offset("A%2dB", 0), 0U);
  EXPECT_EQ(percent_offset("A%2dB", 1), 1U);
  EXPECT_EQ(percent_offset("A%2dB", 2), 4U);
  EXPECT_EQ(percent_offset("A%2dB", 9), 5U);
}

}  // namespace
}  // namespace cartwright::gs1
