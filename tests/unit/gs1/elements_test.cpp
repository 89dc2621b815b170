#include "gs1/elements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "unit/gs1/elements_text.hpp"

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

const std::string kItem = "0109521234543213";

TEST(ElementString, is_split_by_length_and_separator) {
  EXPECT_EQ(text_of(read_element_string(kItem + "1727013110A1\x1d" + "21S1")),
            "(01)09521234543213(17)270131(10)A1(21)S1");
  EXPECT_EQ(text_of(read_element_string("\x1d" + kItem + "10A1")), "(01)09521234543213(10)A1");
}

TEST(ElementString, may_have_a_separator_behind_any_element) {
  EXPECT_EQ(text_of(read_element_string(kItem + "\x1d" + "10A1\x1d")), "(01)09521234543213(10)A1");
}

TEST(ElementString, tells_where_each_element_stood) {
  const auto read = read_element_string("\x1d" + kItem + "10A1");
  const auto& elements = std::get<std::vector<Element>>(read);
  EXPECT_EQ(elements[0].at, 1U);
  EXPECT_EQ(elements[1].at, 17U);
  EXPECT_EQ(elements[1].entry->title, "BATCH/LOT");
}

TEST(ElementString, without_elements_is_refused) {
  EXPECT_THAT(refusal_of(read_element_string("")).text, HasSubstr("no elements"));
  EXPECT_THAT(refusal_of(read_element_string("\x1d")).text, HasSubstr("no elements"));
  EXPECT_THAT(refusal_of(read_element_string(kItem + "10")).text, HasSubstr("(10) has no value"));
  EXPECT_TRUE(std::holds_alternative<Refusal>(read_element_string(kItem + "\x1d\x1d")));
}

TEST(ElementString, of_unknown_ais_is_refused_unless_permitted) {
  const Refusal refusal = refusal_of(read_element_string(kItem + "3106123456"));
  EXPECT_THAT(refusal.text, HasSubstr("\"3106\""));
  EXPECT_EQ(refusal.at, 16U);
  const ElementOptions permitted{.permit_unknown_ai = true};
  EXPECT_EQ(text_of(read_element_string(kItem + "310612345610A", permitted)),
            "(01)09521234543213(3106)123456(10)A");
  // How many digits the AI has is known of no other that begins with 89.
  EXPECT_THAT(text_of(read_element_string("891234", permitted)), HasSubstr("\"8912\""));
  EXPECT_EQ(text_of(read_bracketed_elements("(89)1234", permitted)), "(89)1234");
}

TEST(ElementString, that_is_cut_off_or_too_long_says_what_is_right) {
  const Refusal cut = refusal_of(read_element_string("01095212345"));
  EXPECT_THAT(cut.text, HasSubstr("(01) is cut off after 9 characters; it has 14"));
  EXPECT_EQ(cut.kind, RefusalKind::wrong_length);
  EXPECT_EQ(cut.at, 2U);
  const Refusal tail = refusal_of(read_element_string(kItem + "10" + std::string(21, 'A')));
  EXPECT_THAT(tail.text, HasSubstr("(10) is too long; it has 1 to 20"));
  EXPECT_EQ(tail.at, 38U);
  EXPECT_THAT(refusal_of(read_element_string(kItem + "7007"
                                                     "2112252"))
                  .text,
              HasSubstr("6 to 12"));
}

TEST(ElementString, names_the_place_of_a_wrong_character_and_digit) {
  const Refusal letter = refusal_of(read_element_string("010952123454321X"));
  EXPECT_THAT(letter.text, HasSubstr("(01) has a character that is no digit"));
  EXPECT_EQ(letter.at, 15U);
  const Refusal digit = refusal_of(read_element_string("0109521234543214"));
  EXPECT_EQ(digit.kind, RefusalKind::wrong_check_digit);
  EXPECT_EQ(digit.at, 15U);
  EXPECT_EQ(refusal_of(read_element_string(kItem + "17271301")).at, 20U);
}

TEST(ElementString, of_too_many_elements_is_refused) {
  std::string data = kItem;
  for (std::size_t i = 0; i < kMostElements; ++i) data += "90A\x1d";
  EXPECT_THAT(refusal_of(read_element_string(data)).text, HasSubstr("too many"));
}

TEST(WrittenElements, begin_with_a_caret) {
  EXPECT_EQ(text_of(read_written_elements("^" + kItem + "10A1^21S1")),
            "(01)09521234543213(10)A1(21)S1");
  EXPECT_THAT(text_of(read_written_elements(kItem)), HasSubstr("FNC1"));
  EXPECT_THAT(text_of(read_written_elements("^")), HasSubstr("no elements"));
}

TEST(BracketedElements, are_read_with_escaped_brackets) {
  EXPECT_EQ(text_of(read_bracketed_elements("(01)09521234543213(10)A\\(1)")),
            "(01)09521234543213(10)A\\(1)");
  const auto read = read_bracketed_elements("(01)09521234543213(10)A\\(1)");
  EXPECT_EQ(value_of(std::get<std::vector<Element>>(read), "10"), "A(1)");
  EXPECT_FALSE(value_of(std::get<std::vector<Element>>(read), "21"));
}

TEST(BracketedElements, that_are_none_name_the_place) {
  for (const char* bad : {"", "(", "(1", "(15", "1(2", "12345", "()1", "(1)2", "(12345)1", "(1A)2",
                          "(01)", "(10)(11)990101", "(10)A^", "(17)9(90)217"}) {
    EXPECT_TRUE(std::holds_alternative<Refusal>(read_bracketed_elements(bad))) << bad;
  }
  EXPECT_EQ(refusal_of(read_bracketed_elements("(01)09521234543213(10)A\\(\\(B~")).at, 28U);
  EXPECT_EQ(refusal_of(read_bracketed_elements("(01)09521234543213(9X)A")).at, 19U);
}

// Any elements that hold, as people read them.
RC_GTEST_PROP(HumanReadable, reads_back_as_it_was, ()) {
  const std::string set82 =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  std::string data = kItem;
  for (const char* ai : {"10", "21", "240", "90", "99"}) {
    const auto indices = *rc::gen::resize(
        20, rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 82)));
    if (indices.empty() || indices.size() > 20) continue;
    data += ai;
    for (const std::size_t index : indices) data += set82[index];
    data += kGroupSeparator;
  }
  const auto read = read_element_string(data);
  RC_ASSERT(std::holds_alternative<std::vector<Element>>(read));
  const auto& elements = std::get<std::vector<Element>>(read);
  const auto again = read_bracketed_elements(human_readable(elements));
  RC_ASSERT(std::holds_alternative<std::vector<Element>>(again));
  const auto& back = std::get<std::vector<Element>>(again);
  RC_ASSERT(back.size() == elements.size());
  for (std::size_t i = 0; i < back.size(); ++i) {
    RC_ASSERT(back[i].ai == elements[i].ai);
    RC_ASSERT(back[i].value == elements[i].value);
  }
}

}  // namespace
}  // namespace cartwright::gs1
