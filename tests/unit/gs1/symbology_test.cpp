#include "gs1/symbology.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cartwright::gs1 {
namespace {

TEST(Symbology, has_a_name_that_leads_back) {
  for (int i = 0; i <= static_cast<int>(Symbology::gs1_digital_link); ++i) {
    const auto symbology = static_cast<Symbology>(i);
    EXPECT_EQ(symbology_from_name(name(symbology)), symbology) << i;
  }
  EXPECT_EQ(name(Symbology::databar_expanded), "databar_expanded");
  EXPECT_EQ(name(Symbology::gs1_digital_link), "gs1_digital_link");
  EXPECT_FALSE(symbology_from_name("ean-13"));
  EXPECT_FALSE(symbology_from_name(""));
}

TEST(Aim, parts_the_retail_codes_by_length) {
  EXPECT_EQ(symbology_from_aim("]E0", "4006381333931"), Symbology::ean13);
  EXPECT_EQ(symbology_from_aim("]E0", "036000291452"), Symbology::upca);
  EXPECT_EQ(symbology_from_aim("]E0", "04252614"), Symbology::upce);
  EXPECT_EQ(symbology_from_aim("]E0", "425261"), Symbology::upce);
  EXPECT_EQ(symbology_from_aim("]E3", "400638133393112"), Symbology::ean13);
  EXPECT_EQ(symbology_from_aim("]E3", "03600029145212345"), Symbology::upca);
  EXPECT_EQ(symbology_from_aim("]E4", "96385074"), Symbology::ean8);
  EXPECT_EQ(symbology_from_aim("]E1", "12"), Symbology::unknown);
}

TEST(Aim, tells_itf14_from_other_interleaved_codes) {
  EXPECT_EQ(symbology_from_aim("]I1", "14006381333938"), Symbology::itf14);
  EXPECT_EQ(symbology_from_aim("]I0", "14006381333938"), Symbology::itf14);
  EXPECT_EQ(symbology_from_aim("]I0", "14006381333939"), Symbology::itf);
  EXPECT_EQ(symbology_from_aim("]I0", "123456"), Symbology::itf);
}

TEST(Aim, knows_which_symbols_carry_gs1_data) {
  EXPECT_EQ(symbology_from_aim("]C0", "x"), Symbology::code128);
  EXPECT_EQ(symbology_from_aim("]C1", "x"), Symbology::gs1_128);
  EXPECT_EQ(symbology_from_aim("]Q1", "x"), Symbology::qr);
  EXPECT_EQ(symbology_from_aim("]Q3", "x"), Symbology::gs1_qr);
  EXPECT_EQ(symbology_from_aim("]d1", "x"), Symbology::datamatrix);
  EXPECT_EQ(symbology_from_aim("]d2", "x"), Symbology::gs1_datamatrix);
  EXPECT_EQ(symbology_from_aim("]e0", "0104006381333931"), Symbology::databar);
  EXPECT_EQ(symbology_from_aim("]e0", "01040063813339313103001250"), Symbology::databar_expanded);
  EXPECT_EQ(symbology_from_aim("]e1", "x"), Symbology::composite);
  EXPECT_EQ(symbology_from_aim("]J1", "x"), Symbology::dotcode);
}

TEST(Aim, is_unknown_for_anything_else) {
  EXPECT_EQ(symbology_from_aim("", "4006381333931"), Symbology::unknown);
  EXPECT_EQ(symbology_from_aim("]E", "4006381333931"), Symbology::unknown);
  EXPECT_EQ(symbology_from_aim("E0]", "4006381333931"), Symbology::unknown);
  EXPECT_EQ(symbology_from_aim("]X0", "4006381333931"), Symbology::unknown);
}

Content content(std::string_view aim, std::string_view data = "x") {
  const auto carrier = carrier_from_aim(aim, data);
  EXPECT_TRUE(carrier) << aim;
  return carrier ? carrier->content : Content::add_on;
}

TEST(Aim, says_what_a_symbol_holds) {
  for (const char* aim : {"]C1", "]e0", "]e1", "]d2", "]d5", "]Q3", "]Q4", "]J1", "]J4", "]z1"}) {
    EXPECT_EQ(content(aim), Content::elements) << aim;
  }
  for (const char* aim : {"]C0", "]C2", "]d0", "]d1", "]d3", "]d4", "]d6", "]Q0", "]Q1", "]Q2",
                          "]Q5", "]Q6", "]J0", "]J2", "]A0", "]G0", "]F0", "]L0", "]z0", "]e2"}) {
    EXPECT_EQ(content(aim), Content::text) << aim;
  }
  for (const char* aim : {"]E0", "]E3", "]E4"}) EXPECT_EQ(content(aim), Content::digits) << aim;
  EXPECT_EQ(content("]E1", "12"), Content::add_on);
  EXPECT_EQ(content("]E2", "12345"), Content::add_on);
  EXPECT_EQ(content("]I0", "14006381333938"), Content::digits);
  EXPECT_EQ(content("]I0", "123456"), Content::text);
}

TEST(Aim, looks_at_the_digits_before_a_composite_part) {
  EXPECT_EQ(symbology_from_aim("]E0", "036000291452|]e010A"), Symbology::upca);
  EXPECT_EQ(symbology_from_aim("]E0", "4006381333931]e110A"), Symbology::ean13);
}

TEST(Aim, is_none_for_other_forms_and_symbologies) {
  for (const char* aim : {"", "]E", "]E5", "]Ex", "]e4", "]X0", "]U1", "]y0", "E0]", "]E00"}) {
    EXPECT_FALSE(carrier_from_aim(aim, "x")) << aim;
  }
  EXPECT_EQ(other_symbology('U'), "MaxiCode");
  EXPECT_EQ(other_symbology('g'), "Grid Matrix");
  EXPECT_EQ(other_symbology('Z'), "non-bar-code");
  EXPECT_FALSE(other_symbology('E'));
  EXPECT_FALSE(other_symbology('?'));
}

TEST(Symbology, says_what_it_holds_where_no_identifier_does) {
  EXPECT_EQ(content_of(Symbology::ean13), Content::digits);
  EXPECT_EQ(content_of(Symbology::gs1_128), Content::elements);
  EXPECT_EQ(content_of(Symbology::qr), Content::text);
}

}  // namespace
}  // namespace cartwright::gs1
