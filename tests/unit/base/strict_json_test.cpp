#include "base/strict_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/hex.hpp"

namespace cartwright {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// What parsing refuses; empty if nothing.
std::string refused(const std::string& text, std::size_t most = std::string_view::npos) {
  try {
    parse_strict_json(text, "file", most);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "";
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(StrictJson, names_the_line_and_column_where_the_text_is_no_json) {
  EXPECT_EQ(refused("{\n \"a\": 1,\n \"b\" 2}"),
            "file: not valid JSON at line 3, column 6: syntax error while parsing object separator "
            "- unexpected number literal; expected ':'");
  EXPECT_THAT(refused(""), StartsWith("file: not valid JSON at line 1, column 1: "));
  EXPECT_THAT(refused("{} x"), StartsWith("file: not valid JSON at line 1, column 4: "));
  EXPECT_THAT(refused("// none\n1"), StartsWith("file: not valid JSON at line 1"));
}

TEST(StrictJson, cuts_what_it_repeats) {
  EXPECT_TRUE(is_utf8(as_bytes(refused("[1\xC3\xA9]"))));
  EXPECT_LT(refused("\"" + std::string(100'000, 'x')).size(), 300U);
  EXPECT_LT(
      refused(R"({")" + std::string(9000, 'k') + R"(":1,")" + std::string(9000, 'k') + R"(":1})")
          .size(),
      300U);
}

TEST(StrictJson, refuses_a_key_that_stands_twice_and_names_its_path) {
  EXPECT_EQ(refused(R"({"a":1,"a":2})"),
            "file: key \"a\" stands twice in one object; keep one of them");
  EXPECT_THAT(refused(R"({"offers":[{"a":1},[2,3],{"b":{"c":[],"d":1,"c":2}}]})"),
              HasSubstr("key \"offers[2].b.c\" stands twice"));
  EXPECT_EQ(refused(R"([{"a":1},{"a":2}])"), "");
  EXPECT_EQ(refused(R"({"a":{"a":{"a":1}}})"), "");
}

TEST(StrictJson, refuses_other_encodings) {
  EXPECT_EQ(refused("\"\xFF\""), "file: not valid JSON: it is not UTF-8");
  EXPECT_EQ(refused("\"\xC0\xAF\""), "file: not valid JSON: it is not UTF-8");
  EXPECT_EQ(refused("\"\xC3\xA9\""), "");
}

TEST(StrictJson, bounds_depth_size_and_numbers) {
  EXPECT_EQ(refused(nested(16)), "");
  EXPECT_EQ(refused(nested(17)), "file: lists and objects nested deeper than 16");
  EXPECT_EQ(refused(std::string(100'000, '[')), "file: lists and objects nested deeper than 16");
  EXPECT_EQ(refused("[1]", 3), "");
  EXPECT_EQ(refused("[12]", 3), "file: 4 bytes of JSON, longer than the 3 that are read");
  EXPECT_EQ(refused("1e999"), "file: not valid JSON: a number in it is too large");
  EXPECT_EQ(parse_strict_json("18446744073709551615", "file"), UINT64_MAX);
}

TEST(ShownJson, is_one_short_line_of_utf_8) {
  EXPECT_EQ(shown_json("a\nb"), R"("a\nb")");
  EXPECT_EQ(shown_json(nlohmann::json(std::vector<int>(11, 1))), "a list of 11");
  // Sixty bytes would end inside the letter.
  const std::string text = shown_json(std::string(58, 'x') + "\xC3\xA9");
  EXPECT_EQ(text, "\"" + std::string(58, 'x') + "...");
  EXPECT_TRUE(is_utf8(as_bytes(text)));
}

}  // namespace
}  // namespace cartwright
