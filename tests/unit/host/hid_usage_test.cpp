#include "host/hid_usage.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cartwright::host {
namespace {

std::vector<std::string> usages_in(const char* hex) {
  std::vector<std::string> all;
  for (const HidUsage usage : top_level_usages(*from_hex(hex))) all.push_back(to_text(usage));
  return all;
}
using Texts = std::vector<std::string>;

}  // namespace

TEST(HidUsage, of_a_scanner_is_read_from_its_descriptor) {
  // Usage Page (Bar Code Scanner), Usage (Bar Code Scanner), Collection (Application), a nested
  // one.
  EXPECT_EQ(usages_in("058c 0902 a101 0912 a102 850275089508 8102 c0 c0"), Texts{"8c:02"});
}

TEST(HidUsage, of_several_collections_are_read_in_order) {
  EXPECT_EQ(usages_in("0501 0906 a101 c0 050c 0901 a101 c0 06 01ff 0a 3412 a101 c0"),
            (Texts{"01:06", "0c:01", "ff01:1234"}));
}

TEST(HidUsage, of_four_bytes_brings_its_own_page) {
  EXPECT_EQ(usages_in("0501 0b 02008c00 a101 c0"), Texts{"8c:02"});
}

TEST(HidUsage, takes_the_page_in_force_at_the_collection) {
  EXPECT_EQ(usages_in("0501 0902 058d a101 c0"), Texts{"8d:02"});
  EXPECT_EQ(usages_in("058d a4 0501 b4 0901 a101 c0"), Texts{"8d:01"});
}

TEST(HidUsage, of_a_collection_is_the_first_named) {
  EXPECT_EQ(usages_in("058c 0902 0903 a101 c0"), Texts{"8c:02"});
}

TEST(HidUsage, leaves_out_what_has_none_and_what_is_cut) {
  EXPECT_EQ(usages_in("058c a101 c0"), Texts{});
  EXPECT_EQ(usages_in("058c 0902 a101 05"), Texts{"8c:02"});
  EXPECT_EQ(usages_in("fe04 00 01020304 058c 0902 a101"), Texts{"8c:02"});
  EXPECT_EQ(usages_in("fe04"), Texts{});
  EXPECT_EQ(usages_in("c0c0c0 058c 0902 a101"), Texts{"8c:02"});
  EXPECT_EQ(usages_in(""), Texts{});
}

TEST(HidUsage, reads_64_collections_at_most) {
  std::string hex = "058c";
  for (int i = 0; i < 100; ++i) hex += "0902a101c0";
  EXPECT_EQ(top_level_usages(*from_hex(hex)).size(), 64u);
}

RC_GTEST_PROP(HidUsage, reads_garbage_to_its_end, (const std::vector<std::uint8_t>& bytes)) {
  const ByteView view(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size());
  RC_ASSERT(top_level_usages(view).size() <= 64u);
}

TEST(HidUsagePattern, is_a_page_or_page_and_usage) {
  EXPECT_TRUE(parse_usage_pattern("8c")->fits({0x8c, 7}));
  EXPECT_TRUE(parse_usage_pattern("8c:02")->fits({0x8c, 2}));
  EXPECT_FALSE(parse_usage_pattern("8c:02")->fits({0x8c, 1}));
  EXPECT_FALSE(parse_usage_pattern("8c")->fits({0x8d, 1}));
  EXPECT_TRUE(parse_usage_pattern("ff01:1234")->fits({0xff01, 0x1234}));
  EXPECT_EQ(to_text(*parse_usage_pattern("8c:2")), "8c:02");
  for (const char* wrong : {"", ":", "8c:", ":02", "8C", "0x8c", "8c:02:01", "18c00", "8c ", "g"}) {
    EXPECT_FALSE(parse_usage_pattern(wrong)) << wrong;
  }
}

}  // namespace cartwright::host
