#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gs1/elements.hpp"

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

const std::string kItem = "(01)09521234543213";
const std::string kBox = "(00)006141411234567890";

std::string said_of(const std::string& data, const ElementOptions& options = {}) {
  const auto read = read_bracketed_elements(data, options);
  const auto* refusal = std::get_if<Refusal>(&read);
  return refusal != nullptr ? refusal->text : "";
}

TEST(Companions, that_are_required_must_be_there) {
  EXPECT_EQ(said_of(kItem + "(10)A"), "");
  EXPECT_THAT(said_of("(10)A"),
              HasSubstr("(10) must stand beside (01), (02), (03), (8006) or (8026)"));
  EXPECT_THAT(said_of("(235)A"), HasSubstr("beside (01), which is missing"));
  EXPECT_EQ(said_of("(10)A", {.require_companions = false}), "");
}

TEST(Companions, may_be_required_in_groups) {
  EXPECT_THAT(said_of(kItem + "(250)A"),
              HasSubstr("(01) with (21), (03) with (21) or (8006) with"));
  EXPECT_EQ(said_of(kItem + "(21)S(250)A"), "");
  EXPECT_THAT(said_of(kItem + "(3922)0299"), HasSubstr("(01) with (3100) to (3199)"));
  EXPECT_EQ(said_of(kItem + "(3922)0299(3103)000195"), "");
  EXPECT_EQ(said_of("(02)09521234543213(37)5" + kBox), "");
  EXPECT_NE(said_of("(02)09521234543213(37)5"), "");
  EXPECT_NE(said_of(kItem + "(21)S(8041)123456789012345"), "");
  EXPECT_EQ(said_of(kItem + "(21)S(8041)123456789012345(8040)123456789012345"), "");
}

TEST(Companions, that_are_excluded_must_not_be_there) {
  EXPECT_THAT(said_of(kItem + "(02)09521234543213(37)5" + kBox), HasSubstr("may not stand beside"));
  EXPECT_THAT(said_of(kItem + "(3102)000195(3103)000195"),
              HasSubstr("(3102) may not stand beside (3103)"));
  EXPECT_THAT(said_of(kItem + "(3102)000195(3103)000195", {.require_companions = false}),
              HasSubstr("may not"));
  EXPECT_EQ(said_of(kItem + "(3102)000195(3102)000195"), "");
}

TEST(Companions, that_repeat_have_one_value) {
  EXPECT_EQ(said_of(kItem + "(10)A(10)A"), "");
  EXPECT_THAT(said_of(kItem + "(10)A(10)B"), HasSubstr("(10) stands there twice"));
}

TEST(Companions, that_are_signed_have_their_serial_part) {
  EXPECT_THAT(said_of("(253)9521141234563(8030)AA"), HasSubstr("(253) needs its serial part"));
  EXPECT_EQ(said_of("(253)9521141234563X(8030)AA"), "");
}

}  // namespace
}  // namespace cartwright::gs1
