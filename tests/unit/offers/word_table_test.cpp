#include "offers/word_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(WordTable, finds_the_numbers_of_a_word) {
  WordTable::Builder builder;
  builder.add("milk", 1);
  builder.add("bread", 2);
  builder.add("milk", 3);
  builder.add("", 4);
  const WordTable table(builder);
  EXPECT_THAT(table.of("milk"), ElementsAre(1, 3));
  EXPECT_THAT(table.of("bread"), ElementsAre(2));
  EXPECT_THAT(table.of(""), ElementsAre(4));
  EXPECT_THAT(table.of("mil"), IsEmpty());
  EXPECT_THAT(table.of("milk "), IsEmpty());
}

TEST(WordTable, without_words_finds_nothing) {
  EXPECT_THAT(WordTable().of("milk"), IsEmpty());
  EXPECT_THAT(WordTable(WordTable::Builder()).of("milk"), IsEmpty());
}

// Words of every length, with bytes of every value, that differ in one place.
TEST(WordTable, tells_thousands_of_like_words_apart) {
  std::vector<std::string> words;
  for (std::size_t length = 1; length <= 40; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (const char c : {'\0', 'b', '\xFF'}) {
        words.emplace_back(length, 'a');
        words.back()[at] = c;
      }
    }
  }
  WordTable::Builder builder;
  for (std::uint32_t i = 0; i < words.size(); ++i) builder.add(words[i], i);
  const WordTable table(builder);
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    ASSERT_THAT(table.of(words[i]), ElementsAre(i));
  }
  EXPECT_THAT(table.of(std::string(12, 'a')), IsEmpty());
}

}  // namespace
}  // namespace cartwright::offers
