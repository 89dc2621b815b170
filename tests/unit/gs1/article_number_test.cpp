#include "gs1/article_number.hpp"

#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

ArticleNumber number(std::string_view data, Symbology symbology) {
  const auto read = read_article_number(data, symbology);
  EXPECT_TRUE(std::holds_alternative<ArticleNumber>(read)) << data;
  return std::get<ArticleNumber>(read);
}

TEST(ArticleNumber, keeps_its_digits_beside_the_gtin) {
  EXPECT_EQ(number("4006381333931", Symbology::ean13).digits, "4006381333931");
  EXPECT_EQ(number("04252614", Symbology::upce).digits, "042100005264");
  EXPECT_EQ(number("04252614", Symbology::upce).gtin.text(), "00042100005264");
}

TEST(ArticleNumber, may_have_an_add_on_of_two_or_five_digits) {
  EXPECT_EQ(number("977147396801212", Symbology::ean13).add_on, "12");
  EXPECT_EQ(number("978020137962451995", Symbology::ean13).add_on, "51995");
  EXPECT_EQ(number("9638507412", Symbology::ean8).add_on, "12");
  EXPECT_EQ(number("03600029145251995", Symbology::upca).add_on, "51995");
  for (const char* data : {"9771473968012123", "97714739680121"}) {
    EXPECT_TRUE(std::holds_alternative<Refusal>(read_article_number(data, Symbology::ean13)));
  }
}

TEST(ArticleNumber, of_unknown_kind_is_told_by_its_length) {
  EXPECT_EQ(number("96385074", Symbology::unknown).symbology, Symbology::ean8);
  EXPECT_EQ(number("04252614", Symbology::unknown).symbology, Symbology::upce);
  EXPECT_EQ(number("14006381333938", Symbology::unknown).symbology, Symbology::itf14);
}

TEST(ArticleNumber, names_the_first_character_that_is_no_digit) {
  EXPECT_FALSE(refuse_non_digits("0123"));
  EXPECT_EQ(refuse_non_digits("01A3")->at, 2U);
  EXPECT_EQ(refuse_non_digits("\x1d")->text, "byte 0x1d at position 1 is no digit");
}

}  // namespace
}  // namespace cartwright::gs1
