#include "offers/line_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  LineReader reader(stream);
  std::vector<std::string> lines;
  while (const auto line = reader.next()) lines.emplace_back(*line);
  EXPECT_EQ(reader.bytes(), text.size());
  EXPECT_EQ(reader.line(), static_cast<std::int64_t>(lines.size()));
  return lines;
}

TEST(LineReader, parts_lines_by_line_feeds_with_or_without_returns) {
  EXPECT_THAT(lines_of("a\nb\r\n\nc"), ElementsAre("a", "b", "", "c"));
  EXPECT_THAT(lines_of("a\n"), ElementsAre("a"));
  EXPECT_THAT(lines_of(""), IsEmpty());
}

TEST(LineReader, skips_a_byte_order_mark_at_the_front_alone) {
  EXPECT_THAT(lines_of("\xEF\xBB\xBF"
                       "a\n\xEF\xBB\xBF"
                       "b"),
              ElementsAre("a",
                          "\xEF\xBB\xBF"
                          "b"));
}

TEST(LineReader, reads_lines_over_the_ends_of_its_pieces) {
  const std::string longer(200'000, 'x');
  EXPECT_THAT(lines_of("a\n" + longer + "\nb\n"), ElementsAre("a", longer, "b"));
}

TEST(LineReader, refuses_a_line_that_no_text_has) {
  std::istringstream stream("a\n" + std::string(2 * LineReader::kMaxLine, 'x'));
  LineReader reader(stream);
  EXPECT_EQ(reader.next(), "a");
  EXPECT_THROW(reader.next(), Error);
  EXPECT_EQ(reader.line(), 2);
}

}  // namespace
}  // namespace cartwright::offers
