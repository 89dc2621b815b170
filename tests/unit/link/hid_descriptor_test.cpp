#include "link/hid_descriptor.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cartwright::link {
namespace {

HidReports read(std::string_view text) {
  return read_hid_reports(*from_hex(text));
}

// A POS scanner with report ID 2 of 62 bytes on the wire (HID POS Usage Tables 1.02).
constexpr std::string_view kScanner =
    "058c0902a1010912a1028502150026ff00750895010501093b81029503058c09fb09fc09fd8102953809fe820201"
    "950109ff8102c0c0";
// The boot keyboard of HID 1.11, appendix E.6.
constexpr std::string_view kKeyboard =
    "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910"
    "395067508150025650507190029658100c0";

}  // namespace

TEST(HidReports, knows_ids_sizes_and_usages) {
  const HidReports scanner = read(kScanner);
  EXPECT_TRUE(scanner.has_ids);
  EXPECT_EQ(scanner.size(HidReports::Kind::input, 2), 1U + 1 + 3 + 56 + 1);
  EXPECT_EQ(scanner.size(HidReports::Kind::input, 3), 0U);
  EXPECT_EQ(scanner.longest(HidReports::Kind::output), 0U);
  ASSERT_EQ(scanner.usages.size(), 1U);
  EXPECT_EQ(to_text(scanner.usages[0]), "8c:02");
}

TEST(HidReports, adds_no_byte_where_there_are_no_ids) {
  const HidReports keyboard = read(kKeyboard);
  EXPECT_FALSE(keyboard.has_ids);
  EXPECT_EQ(keyboard.longest(HidReports::Kind::input), 8U);
  EXPECT_EQ(keyboard.size(HidReports::Kind::output, 0), 1U);
  ASSERT_EQ(keyboard.usages.size(), 1U);
  EXPECT_EQ(keyboard.usages[0], (HidUsage{0x01, 0x06}));
}

TEST(HidReports, takes_globals_back_after_a_pop) {
  // Size 8, count 2, push, size 16, input, pop, feature.
  const HidReports reports = read("05010902a10175089502a475108102b4b102c0");
  EXPECT_EQ(reports.longest(HidReports::Kind::input), 4U);
  EXPECT_EQ(reports.longest(HidReports::Kind::feature), 2U);
}

TEST(HidReports, skips_long_items_and_bounds_nonsense) {
  EXPECT_EQ(read("fe03aa01020305010902a10175089502a475108102").longest(HidReports::Kind::input),
            4U);
  EXPECT_LE(read("77ffffff7f97ffffff7f81028102").longest(HidReports::Kind::input), 16384U);
}

RC_GTEST_PROP(HidReports, takes_any_bytes, (std::vector<std::uint8_t> bytes)) {
  Bytes descriptor(bytes.size());
  std::transform(bytes.begin(), bytes.end(), descriptor.begin(),
                 [](std::uint8_t one) { return std::byte{one}; });
  RC_ASSERT(read_hid_reports(descriptor).longest(HidReports::Kind::input) <= 16385U);
}

TEST(HidUsage, reads_a_page_and_a_usage) {
  EXPECT_EQ(to_text(*read_hid_usage("8C:02")), "8c:02");
  EXPECT_EQ(to_text(*read_hid_usage("8c")), "8c");
  EXPECT_EQ(to_text(*read_hid_usage("ff00:1")), "ff00:01");
  for (const char* const wrong : {"", ":", "8c:", "8c:02:", "-1", "0x8c", "12345"}) {
    EXPECT_FALSE(read_hid_usage(wrong)) << wrong;
  }
  EXPECT_TRUE(read_hid_usage("8c")->fits({0x8c, 2}));
  EXPECT_FALSE(read_hid_usage("8c:02")->fits({0x8c, 1}));
}

}  // namespace cartwright::link
