#include "gs1/digital_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "unit/gs1/elements_text.hpp"

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

const std::string kLink = "https://example.org/01/09521234543213";

TEST(DigitalLink, gives_path_and_query_in_their_order) {
  EXPECT_EQ(text_of(read_digital_link(kLink)), "(01)09521234543213");
  EXPECT_EQ(text_of(read_digital_link(kLink + "/22/V/10/A1/21/S1?17=270131&3103=000195")),
            "(01)09521234543213(22)V(10)A1(21)S1(17)270131(3103)000195");
}

TEST(DigitalLink, may_have_any_scheme_case_domain_and_stem) {
  for (const char* link :
       {"http://a/01/09521234543213", "HTTP://a/01/09521234543213", "hTTps://a/01/09521234543213",
        "https://a.b-c.example:8080/01/09521234543213", "https://[2001:db8::1]/01/09521234543213",
        "https://192.0.2.1/some/stem/01/09521234543213", "https://a/01/x/01/09521234543213",
        "https://a/00/faux/01/09521234543213"}) {
    EXPECT_EQ(text_of(read_digital_link(link)), "(01)09521234543213") << link;
  }
}

TEST(DigitalLink, with_a_bad_domain_or_character_names_its_place) {
  EXPECT_EQ(refusal_of(read_digital_link("https://a$/01/09521234543213")).at, 9U);
  EXPECT_EQ(refusal_of(read_digital_link("https://me@a/01/09521234543213")).at, 10U);
  EXPECT_EQ(refusal_of(read_digital_link("https://a/01/0952 1234543213")).at, 17U);
  EXPECT_THAT(text_of(read_digital_link("https:///01/09521234543213")), HasSubstr("no domain"));
  EXPECT_THAT(text_of(read_digital_link("https://a")), HasSubstr("no domain with a path"));
  EXPECT_THAT(text_of(read_digital_link("ftp://a/01/09521234543213")), HasSubstr("https://"));
}

TEST(DigitalLink, has_its_qualifiers_in_their_order) {
  EXPECT_EQ(text_of(read_digital_link(kLink + "/235/T")), "(01)09521234543213(235)T");
  EXPECT_EQ(text_of(read_digital_link("https://a/8018/123456789012345675/8019/12")),
            "(8018)123456789012345675(8019)12");
  for (const char* path : {"/10/A/22/V", "/21/S/10/A", "/22/V/235/T", "/99/X", "/10/A/10/A"}) {
    EXPECT_THAT(text_of(read_digital_link(kLink + path)), HasSubstr("may not stand here")) << path;
  }
  const Refusal order = refusal_of(read_digital_link(kLink + "/10/A/22/V"));
  EXPECT_EQ(order.at, kLink.size() + 6);
}

TEST(DigitalLink, decodes_what_is_percent_encoded) {
  EXPECT_EQ(text_of(read_digital_link(kLink + "/10/A%2d1%2F2?98=x%2Fy%2B")),
            "(01)09521234543213(10)A-1/2(98)x/y+");
  const Refusal nul = refusal_of(read_digital_link(kLink + "?99=%41%00"));
  EXPECT_THAT(nul.text, HasSubstr("(99) has a character"));
  EXPECT_EQ(nul.at, kLink.size() + 7);
  EXPECT_THAT(text_of(read_digital_link(kLink + "?99=A+B")), HasSubstr("(99) has a character"));
}

TEST(DigitalLink, passes_over_words_fragments_and_empty_parts_of_the_query) {
  EXPECT_EQ(text_of(read_digital_link(kLink + "?&&linkType=all&x&99=A&=5&#10=B")),
            "(01)09521234543213(99)A");
  EXPECT_EQ(text_of(read_digital_link(kLink + "?")), "(01)09521234543213");
  EXPECT_EQ(text_of(read_digital_link(kLink + "#/10/A?17=270131")), "(01)09521234543213");
}

TEST(DigitalLink, refuses_a_path_of_more_pairs_than_any_key_has) {
  std::string many = kLink;
  for (int i = 0; i < 7; ++i) many += "/10/A";
  EXPECT_THAT(text_of(read_digital_link(many)), HasSubstr("may not stand here"));
  const Refusal refusal = refusal_of(read_digital_link(many + "/21/S"));
  EXPECT_THAT(refusal.text, HasSubstr("too many elements"));
  EXPECT_EQ(refusal.at, kLink.size() + 1);
  for (int i = 0; i < 10'000; ++i) many += "/10/A";
  EXPECT_THAT(text_of(read_digital_link(many)), HasSubstr("too many elements"));
}

TEST(DigitalLink, names_the_first_character_that_no_address_has) {
  for (const char c : {' ', '"', '<', '>', '\\', '^', '`', '{', '|', '}', '\x7f', '\x80', '\x1d'}) {
    const std::string link = kLink + "/10/A" + c + "B";
    EXPECT_EQ(refusal_of(read_digital_link(link)).at, kLink.size() + 5) << link;
  }
  EXPECT_EQ(refusal_of(read_digital_link("https://a_b/01/09521234543213")).at, 9U);
}

TEST(DigitalLink, refuses_in_the_query_what_does_not_belong_there) {
  EXPECT_THAT(text_of(read_digital_link(kLink + "?89=A")), HasSubstr("\"89\" is no application"));
  EXPECT_THAT(text_of(read_digital_link(kLink + "?12345=A")), HasSubstr("\"12345\""));
  EXPECT_THAT(text_of(read_digital_link(kLink + "?10=A")), HasSubstr("belongs in the path"));
  EXPECT_THAT(text_of(read_digital_link(kLink + "?21=A")), HasSubstr("belongs in the path"));
  EXPECT_THAT(text_of(read_digital_link(kLink + "?8200=A")), HasSubstr("(8200) may not stand"));
  EXPECT_THAT(text_of(read_digital_link(kLink + "?99=A&99=A")), HasSubstr("(99) stands twice"));
  EXPECT_THAT(text_of(read_digital_link(kLink + "?99=")), HasSubstr("(99) has no value"));
  EXPECT_EQ(text_of(read_digital_link(kLink + "/235/T?10=A")), "(01)09521234543213(235)T(10)A");
}

TEST(DigitalLink, takes_short_article_numbers_only_where_permitted) {
  const LinkOptions old{.elements = {}, .zero_suppressed = true};
  EXPECT_THAT(text_of(read_digital_link("https://a/01/9521234543213")), HasSubstr("cut off"));
  EXPECT_EQ(text_of(read_digital_link("https://a/01/9521234543213", old)), "(01)09521234543213");
  EXPECT_EQ(text_of(read_digital_link("https://a/01/036000291452", old)), "(01)00036000291452");
  EXPECT_EQ(text_of(read_digital_link("https://a/01/96385074", old)), "(01)00000096385074");
  EXPECT_EQ(refusal_of(read_digital_link("https://a/01/9521234543214", old)).at, 25U);
  EXPECT_THAT(text_of(read_digital_link("https://a/01/952123454321", old)),
              HasSubstr("check digit"));
  EXPECT_THAT(text_of(read_digital_link("https://a/01/12345678901", old)), HasSubstr("cut off"));
}

TEST(DigitalLink, without_a_key_says_what_it_may_be) {
  for (const char* link : {"https://a/", "https://a/b", "https://a/01/", "https://a/01//0952",
                           "https://a/01/09521234543213/", "https://00/006141411234567890"}) {
    EXPECT_TRUE(std::holds_alternative<Refusal>(read_digital_link(link))) << link;
  }
  EXPECT_THAT(text_of(read_digital_link("https://a/gtin/09521234543213")), HasSubstr("withdrawn"));
  EXPECT_THAT(text_of(read_digital_link("https://a/ARHKVAdpQg1")), HasSubstr("compressed"));
  EXPECT_THAT(text_of(read_digital_link("https://a/01/")), HasSubstr("(01) has no value"));
}

TEST(DigitalLink, checks_values_and_companions_as_element_strings_do) {
  EXPECT_EQ(refusal_of(read_digital_link("https://a/01/09521234543214")).kind,
            RefusalKind::wrong_check_digit);
  EXPECT_EQ(refusal_of(read_digital_link("https://a/01/09521234543214")).at, 26U);
  EXPECT_THAT(text_of(read_digital_link(kLink + "?37=5")), HasSubstr("may not stand beside"));
  EXPECT_THAT(text_of(read_digital_link(kLink + "?3922=0299")), HasSubstr("must stand beside"));
}

TEST(WebAddress, is_told_by_its_scheme) {
  for (const char* text : {"http://", "https://x", "HTTPS://x", "hTtP://"}) {
    EXPECT_TRUE(is_web_address(text)) << text;
  }
  for (const char* text : {"", "http:/x", "ftp://x", "httpx://", "://", "01095", "\x28ttp://"}) {
    EXPECT_FALSE(is_web_address(text)) << text;
  }
}

// Any value that GS1 data may have, encoded as an address must.
RC_GTEST_PROP(DigitalLink, gives_back_any_batch, ()) {
  const std::string set82 =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  const std::string hex = "0123456789ABCDEF";
  std::string batch;
  std::string encoded;
  const auto length = *rc::gen::inRange(1, 21);
  for (int i = 0; i < length; ++i) {
    const char c = set82[*rc::gen::inRange<std::size_t>(0, set82.size())];
    batch += c;
    encoded += {'%', hex[static_cast<unsigned char>(c) >> 4], hex[c & 15]};
  }
  const auto read = read_digital_link(kLink + "/10/" + encoded);
  RC_ASSERT(std::holds_alternative<std::vector<Element>>(read));
  RC_ASSERT(value_of(std::get<std::vector<Element>>(read), "10") == batch);
}

}  // namespace
}  // namespace cartwright::gs1
