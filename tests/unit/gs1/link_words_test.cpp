#include "gs1/link_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

TEST(LinkWithoutKey, is_told_from_a_short_name) {
  const Refusal refusal = no_key("/some/gtin/09521234543213", 20);
  EXPECT_THAT(refusal.text, HasSubstr("/gtin/"));
  EXPECT_THAT(refusal.text, HasSubstr("/01/"));
  EXPECT_EQ(refusal.at, 26U);
}

TEST(LinkWithoutKey, is_told_from_a_compressed_link) {
  const Refusal refusal = no_key("/ARHKVAdpQg1", 20);
  EXPECT_THAT(refusal.text, HasSubstr("compressed"));
  EXPECT_EQ(refusal.at, 21U);
}

TEST(LinkWithoutKey, is_any_other_address) {
  for (const char* path : {"", "/", "/about", "/a/b/c.html", "/ABCDEFGHIJKL"}) {
    EXPECT_THAT(no_key(path, 0).text, HasSubstr("no GS1 Digital Link: no key")) << path;
  }
}

}  // namespace
}  // namespace cartwright::gs1
