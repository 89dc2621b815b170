#include "gs1/shown.hpp"

#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

TEST(Shown, is_what_can_be_seen) {
  EXPECT_EQ(shown('A'), "\"A\"");
  EXPECT_EQ(shown(' '), "byte 0x20");
  EXPECT_EQ(shown('\x1d'), "byte 0x1d");
  EXPECT_EQ(in_quotes("8912"), "\"8912\"");
  EXPECT_EQ(in_quotes("a\x1b[2J b"), "\"a.[2J b\"");
}

}  // namespace
}  // namespace cartwright::gs1
