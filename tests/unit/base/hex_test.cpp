#include "base/hex.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cartwright {

TEST(Hex, reads_both_cases_and_white_space_between_bytes) {
  EXPECT_EQ(from_hex("0A fF\n00"), (Bytes{std::byte{0x0a}, std::byte{0xff}, std::byte{0}}));
}

TEST(Hex, refuses_half_a_byte_and_other_signs) {
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("a b"));
  EXPECT_FALSE(from_hex("0x"));
}

RC_GTEST_PROP(Hex, comes_back_as_it_went, (const std::string& text)) {
  RC_ASSERT(from_hex(to_hex(as_bytes(text))) == to_bytes(text));
}

TEST(Utf8, tells_well_formed_from_overlong_and_surrogates) {
  EXPECT_TRUE(is_utf8(as_bytes("Brötchen 1,99 €")));
  EXPECT_FALSE(is_utf8(as_bytes("\xC0\xAF")));
  EXPECT_FALSE(is_utf8(as_bytes("\xED\xA0\x80")));
  EXPECT_FALSE(is_utf8(as_bytes("\xE2\x82")));
  EXPECT_FALSE(is_utf8(as_bytes("\xF4\x90\x80\x80")));
}

}  // namespace cartwright
