#include "gs1/restricted_pattern.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

using ::testing::HasSubstr;

TEST(RestrictedPattern, takes_every_prefix_of_restricted_circulation) {
  for (const char* pattern : {"20IIIIIIMMMMK", "29IIIIIIMMMMK", "2IIIIIIIIIIIK", "02IIIIIIIIIIK",
                              "04IIIIIIIIIIK", "2IIIIIVMMMMK", "4IIIIIIIIIIK", "0IIIIIIK",
                              "2IIIIIIK", "023IIIIIIMMMMK", "25IIIIVMMMMMK", "21XIIIMMMMMMK"}) {
    EXPECT_EQ(pattern_fault(pattern), "") << pattern;
  }
}

TEST(RestrictedPattern, leaves_article_numbers_of_the_world_alone) {
  for (const char* pattern : {"40IIIIIIMMMMK", "IIIIIIIIMMMMK", "03IIIIIIMMMMK", "1IIIIIIIMMMK",
                              "129IIIIIIMMMMK", "7IIIIIIK"}) {
    EXPECT_THAT(pattern_fault(pattern), HasSubstr("no prefix of restricted circulation"))
        << pattern;
  }
}

TEST(RestrictedPattern, says_what_is_wrong) {
  EXPECT_THAT(pattern_fault("20IIK"), HasSubstr("has 5 characters"));
  EXPECT_THAT(pattern_fault("20IIIIIIPPPPK"), HasSubstr("has 'P'; write a digit"));
  EXPECT_THAT(pattern_fault("20IIIIIIMMMMM"), HasSubstr("must end with its only K"));
  EXPECT_THAT(pattern_fault("20IIIIKIMMMMK"), HasSubstr("must end with its only K"));
  EXPECT_THAT(pattern_fault("20IIIIMIMMMMK"), HasSubstr("M must stand together"));
  EXPECT_THAT(pattern_fault("20IMMMMMMMMMK"), HasSubstr("at most 8"));
  EXPECT_THAT(pattern_fault("20IIIIVVMMMMK"), HasSubstr("more than one V"));
  EXPECT_THAT(pattern_fault("20IIIIIIVMMMK"), HasSubstr("of 4 or 5 digits"));
}

TEST(RestrictedPattern, gets_zeros_in_front) {
  EXPECT_EQ(padded_pattern("2IIIIIIK"), "0000002IIIIIIK");
  EXPECT_EQ(padded_pattern("20IIIIIIMMMMK"), "020IIIIIIMMMMK");
}

TEST(RestrictedPattern, knows_when_one_takes_all_of_another) {
  EXPECT_TRUE(covers("02IIIIIIIIIIIK", "020IIIIIIMMMMK"));
  EXPECT_TRUE(covers("020IIIIIIMMMMK", "020IIIIVMMMMMK"));
  EXPECT_FALSE(covers("020IIIIIIMMMMK", "02IIIIIIIIIIIK"));
  EXPECT_FALSE(covers("020IIIIIIMMMMK", "021IIIIIIMMMMK"));
}

}  // namespace
}  // namespace cartwright::gs1
