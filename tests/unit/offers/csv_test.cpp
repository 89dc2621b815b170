#include "offers/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "offers/line_reader.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> fields_of(std::string_view line) {
  CsvRecord record;
  EXPECT_TRUE(record.add_line(line));
  return record.fields();
}

TEST(Csv, parts_fields_at_commas) {
  EXPECT_THAT(fields_of("a,b,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(fields_of("a,,"), ElementsAre("a", "", ""));
  EXPECT_THAT(fields_of(""), ElementsAre(""));
  EXPECT_THAT(fields_of(" a , b"), ElementsAre(" a ", " b"));
}

TEST(Csv, takes_commas_and_doubled_quotes_in_quoted_fields) {
  EXPECT_THAT(fields_of(R"("a,b","say ""hi""","")"), ElementsAre("a,b", "say \"hi\"", ""));
}

TEST(Csv, joins_lines_that_a_quoted_field_spans) {
  CsvRecord record;
  EXPECT_FALSE(record.add_line("a,\"first"));
  EXPECT_TRUE(record.open());
  EXPECT_TRUE(record.add_line("second\",b"));
  EXPECT_THAT(record.fields(), ElementsAre("a", "first\nsecond", "b"));
}

TEST(Csv, refuses_quotes_that_stand_wrong) {
  for (const char* line : {"a\"b", "\"a\"b", "a,b\"\"", "\"a\" ,b"}) {
    CsvRecord record;
    EXPECT_THROW(record.add_line(line), Error) << line;
  }
  CsvRecord record;
  try {
    record.add_line("a,b\"c");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("field 2"));
  }
}

RC_GTEST_PROP(Csv, reads_back_any_fields, ()) {
  using Texts = std::vector<std::string>;
  const auto character = rc::gen::element('a', '"', ',', '\n', ' ', ';');
  const auto fields =
      *rc::gen::nonEmpty(rc::gen::container<Texts>(rc::gen::container<std::string>(character)));
  std::string text;
  for (const std::string& field : fields) {
    if (&field != &fields.front()) text += ',';
    text += '"';
    for (const char c : field) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    text += '"';
  }
  std::istringstream stream(text);
  LineReader lines(stream);
  CsvRecord record;
  while (!record.add_line(*lines.next())) {
  }
  RC_ASSERT(record.fields() == fields);
  RC_ASSERT(!lines.next().has_value());
}

TEST(Lines, end_with_lf_or_crlf_and_the_last_needs_none) {
  std::istringstream stream(
      "\xEF\xBB\xBF"
      "one\r\n\ntwo");
  LineReader lines(stream);
  EXPECT_EQ(lines.next(), "one");
  EXPECT_EQ(lines.next(), "");
  EXPECT_EQ(lines.next(), "two");
  EXPECT_EQ(lines.line(), 3);
  EXPECT_EQ(lines.bytes(), 12U);
  EXPECT_EQ(lines.next(), std::nullopt);
}

TEST(Lines, longer_than_any_buffer_come_whole) {
  const std::string wide(200'000, 'x');
  std::istringstream stream(wide + "\n" + wide + "y\nz");
  LineReader lines(stream);
  EXPECT_EQ(lines.next(), wide);
  EXPECT_EQ(lines.next(), wide + "y");
  EXPECT_EQ(lines.next(), "z");
}

TEST(Lines, without_an_end_are_refused_before_they_fill_the_memory) {
  std::istringstream stream(std::string(3 * LineReader::kMaxLine, 'x'));
  LineReader lines(stream);
  EXPECT_THROW(lines.next(), Error);
}

}  // namespace
}  // namespace cartwright::offers
