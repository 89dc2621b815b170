#include "gs1/lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cartwright::gs1 {
namespace {

using testing::HasSubstr;

// Values that hold and values that do not, with the offset that is named.
struct Case {
  Lint lint;
  std::vector<std::string> good;
  std::vector<std::pair<std::string, std::size_t>> bad;
};

const std::vector<Case> kCases = {
    {Lint::csum, {"09521234543213", "006141411234567890"}, {{"09521234543214", 13}, {"", 0}}},
    {Lint::gcppos1, {"0123", "9521X"}, {{"012", 0}, {"01A3", 2}}},
    {Lint::gcppos2, {"X0123"}, {{"X012", 1}, {"01A34", 2}, {"", 0}}},
    {Lint::hasnondigit, {"1A", "/"}, {{"12", 0}}},
    {Lint::hh, {"00", "23"}, {{"24", 0}, {"1", 0}}},
    {Lint::mi, {"00", "59"}, {{"60", 0}}},
    {Lint::ss, {"00", "59"}, {{"60", 0}}},
    {Lint::hhmi, {"0000", "2359"}, {{"2400", 0}, {"2360", 2}, {"23", 0}}},
    {Lint::hyphen, {"-", "--"}, {{"", 0}, {"X", 0}, {"-X", 0}}},
    {Lint::importeridx, {"-", "_", "0", "Z", "a"}, {{"", 0}, {"AA", 0}, {"!", 0}, {"=", 0}}},
    {Lint::iso3166, {"276", "578"}, {{"000", 0}, {"999", 0}}},
    {Lint::iso3166999, {"276", "999"}, {{"998", 0}}},
    {Lint::iso3166alpha2, {"NO"}, {{"XY", 0}, {"no", 0}}},
    {Lint::iso4217, {"978", "999"}, {{"000", 0}}},
    {Lint::iso5218, {"0", "1", "2", "9"}, {{"3", 0}, {"11", 0}}},
    {Lint::latitude, {"0000000000", "1800000000"}, {{"1800000001", 0}, {"180000000", 0}}},
    {Lint::longitude, {"0000000000", "3600000000"}, {{"3600000001", 0}}},
    {Lint::mediatype, {"01", "80"}, {{"11", 0}}},
    {Lint::nonzero, {"0001"}, {{"0000", 0}}},
    {Lint::zero, {"0"}, {{"1", 0}}},
    {Lint::nozeroprefix, {"1", "10"}, {{"0", 0}, {"01", 0}}},
    {Lint::packagetype, {"PX", "200"}, {{"P!", 0}}},
    {Lint::pcenc, {"", "A%20B", "%fF"}, {{"A%2", 1}, {"%zz", 0}, {"%", 0}}},
    {Lint::pieceoftotal, {"0101", "0199", "12"}, {{"0001", 0}, {"0100", 2}, {"0201", 0}, {"1", 0}}},
    {Lint::posinseqslash,
     {"1/1", "2/3", "9/10"},
     {{"/", 0}, {"1/", 0}, {"1", 0}, {"x/y", 0}, {"0/1", 0}, {"1/0", 2}, {"2/1", 0}, {"10/9", 0}}},
    {Lint::winding, {"0", "1", "9"}, {{"2", 0}}},
    {Lint::yesno, {"0", "1"}, {{"2", 0}}},
    {Lint::yymmd0, {"270131", "270200", "000229"}, {{"271301", 2}, {"270132", 4}, {"230229", 4}}},
    {Lint::yymmdd, {"270131"}, {{"270100", 4}, {"27013", 0}}},
    {Lint::yyyymmdd, {"20270131", "20000229"}, {{"20270100", 6}, {"19000229", 6}, {"20271301", 4}}},
    {Lint::couponcode, {"012345612345611110123"}, {{"01234", 1}, {"712345612345611110123", 0}}},
    {Lint::couponposoffer, {"001234561234560123456"}, {{"201234561234560123456", 0}}},
    {Lint::none, {"", "anything"}, {}},
};

TEST(Lints, let_pass_what_holds) {
  for (const Case& each : kCases) {
    for (const std::string& value : each.good) {
      const auto fault = check(each.lint, value);
      EXPECT_FALSE(fault) << static_cast<int>(each.lint) << " " << value << ": " << fault->text;
    }
  }
}

TEST(Lints, name_the_place_of_what_does_not) {
  for (const Case& each : kCases) {
    for (const auto& [value, at] : each.bad) {
      const auto fault = check(each.lint, value);
      ASSERT_TRUE(fault) << static_cast<int>(each.lint) << " " << value;
      EXPECT_EQ(fault->at, at) << static_cast<int>(each.lint) << " " << value;
      EXPECT_FALSE(fault->text.empty());
    }
  }
}

TEST(Lints, tell_a_misread_check_digit_from_other_faults) {
  const auto fault = check(Lint::csum, "09521234543214");
  ASSERT_TRUE(fault);
  EXPECT_TRUE(fault->check_digit);
  EXPECT_THAT(fault->text, HasSubstr("check digit 4, but 3 is right"));
  EXPECT_FALSE(check(Lint::yesno, "2")->check_digit);
}

TEST(CharacterSets, are_those_of_the_general_specifications) {
  const std::string set82 =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  const std::string set39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (int i = 0; i < 256; ++i) {
    const std::string one(1, static_cast<char>(i));
    const auto has = [&](CharacterSet set) { return !check_characters(set, one); };
    EXPECT_EQ(has(CharacterSet::set82), set82.find(one) != std::string::npos) << i;
    EXPECT_EQ(has(CharacterSet::set39), set39.find(one) != std::string::npos) << i;
    EXPECT_EQ(has(CharacterSet::digits), i >= '0' && i <= '9') << i;
  }
  EXPECT_EQ(check_characters(CharacterSet::digits, "12A4")->at, 2U);
}

TEST(CharacterSets, of_base64_may_be_padded) {
  for (const char* good : {"", "123", "12", "12=", "1==", "AZaz09-_"}) {
    EXPECT_FALSE(check_characters(CharacterSet::set64, good)) << good;
  }
  for (const char* bad : {"123=", "12==", "1===", "===", " ", "A+B", "A=B"}) {
    EXPECT_TRUE(check_characters(CharacterSet::set64, bad)) << bad;
  }
}

}  // namespace
}  // namespace cartwright::gs1
