#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <cartwright/driver/decimal.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <string>

namespace cartwright::driver {
namespace {

using Big = boost::multiprecision::cpp_int;

struct Unit {
  std::uint32_t unit;
  Big micrograms;  // of `units` of it
  Big units;
};
const Unit units[] = {{CW_UNIT_MILLIGRAM, 1'000, 1},
                      {CW_UNIT_GRAM, 1'000'000, 1},
                      {CW_UNIT_KILOGRAM, 1'000'000'000, 1},
                      {CW_UNIT_POUND, 453'592'370, 1},
                      {CW_UNIT_OUNCE, 453'592'370, 16}};

Big power_of_ten(std::size_t n) {
  Big power = 1;
  for (std::size_t i = 0; i < n; ++i) power *= 10;
  return power;
}

// Half to even, with no bound on the numbers.
Big rounded(Big numerator, const Big& denominator) {
  const bool negative = numerator < 0;
  if (negative) numerator = -numerator;
  Big quotient = numerator / denominator;
  const Big twice = (numerator % denominator) * 2;
  if (twice > denominator || (twice == denominator && quotient % 2 != 0)) ++quotient;
  return negative ? Big(-quotient) : quotient;
}

RC_GTEST_PROP(Decimal, of_a_text_in_micrograms_is_exact, ()) {
  const auto whole = *rc::gen::inRange<std::int64_t>(0, 10'000'000'000);
  const auto places = *rc::gen::inRange<std::size_t>(0, 9);
  const bool negative = *rc::gen::arbitrary<bool>();
  const Unit& unit = units[*rc::gen::inRange<std::size_t>(0, std::size(units))];
  std::string text = std::to_string(whole);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  if (places != 0) text.insert(text.size() - places, *rc::gen::element<std::string>(".", ","));
  text.insert(0, *rc::gen::inRange<std::size_t>(0, 4), '0');
  text.insert(0, *rc::gen::inRange<std::size_t>(0, 4), ' ');
  if (negative) text.insert(0, "-");

  const auto value = parse_decimal(text);
  RC_ASSERT(value.has_value());
  const Big wanted =
      rounded(Big(negative ? -whole : whole) * unit.micrograms, unit.units * power_of_ten(places));
  const auto micrograms = to_micrograms(*value, unit.unit);
  if (wanted <= INT64_MAX && wanted >= -Big(INT64_MAX)) {
    RC_ASSERT(micrograms.has_value());
    RC_ASSERT(Big(*micrograms) == wanted);
  } else {
    RC_ASSERT(!micrograms.has_value());
  }
}

RC_GTEST_PROP(Decimal, scaled_is_the_same_value_or_nothing, ()) {
  const auto mantissa = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
  const auto zeros = *rc::gen::inRange<std::size_t>(0, 6);
  const auto exponent = *rc::gen::inRange<std::int32_t>(-12, 6);
  const auto places = *rc::gen::inRange<std::int32_t>(-3, 7);
  const Big exact = Big(mantissa) * power_of_ten(zeros);
  const Decimal value{static_cast<std::int64_t>(exact), exponent};
  const auto number = scaled(value, places);
  const std::int32_t shift = exponent + places;
  const Big numerator =
      shift >= 0 ? Big(exact * power_of_ten(static_cast<std::size_t>(shift))) : exact;
  const Big denominator = shift >= 0 ? Big(1) : power_of_ten(static_cast<std::size_t>(-shift));
  const bool whole = numerator % denominator == 0;
  const Big wanted = numerator / denominator;
  const bool fits = wanted <= INT64_MAX && wanted >= INT64_MIN;
  RC_ASSERT(number.has_value() == (whole && fits));
  if (number) RC_ASSERT(Big(*number) == wanted);
}

RC_GTEST_PROP(Decimal, in_another_metric_unit_weighs_the_same, ()) {
  const auto mantissa = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
  const auto exponent = *rc::gen::inRange<std::int32_t>(-3, 1);
  const auto from = *rc::gen::element(CW_UNIT_MILLIGRAM, CW_UNIT_GRAM, CW_UNIT_KILOGRAM);
  const auto to = *rc::gen::element(CW_UNIT_MILLIGRAM, CW_UNIT_GRAM, CW_UNIT_KILOGRAM);
  const Decimal value{mantissa, exponent};
  const auto other = in_unit(value, from, to);
  RC_ASSERT(other.has_value());
  RC_ASSERT(to_micrograms(*other, to) == to_micrograms(value, from));
}

TEST(Decimal, changes_no_unit_where_that_would_round) {
  EXPECT_FALSE(in_unit({1, 0}, CW_UNIT_KILOGRAM, CW_UNIT_POUND));
  EXPECT_FALSE(in_unit({1, 0}, CW_UNIT_OUNCE, CW_UNIT_POUND));
  EXPECT_TRUE(in_unit({1, 0}, CW_UNIT_OUNCE, CW_UNIT_OUNCE));
  EXPECT_FALSE(in_unit({1, INT32_MAX}, CW_UNIT_GRAM, CW_UNIT_KILOGRAM));
  EXPECT_FALSE(in_unit({1, 0}, CW_UNIT_GRAM, 99));
}

TEST(Decimal, knows_the_names_of_units) {
  EXPECT_EQ(unit_of("kg"), CW_UNIT_KILOGRAM);
  EXPECT_EQ(unit_of(" KG "), CW_UNIT_KILOGRAM);
  EXPECT_EQ(unit_of("g"), CW_UNIT_GRAM);
  EXPECT_EQ(unit_of("mg"), CW_UNIT_MILLIGRAM);
  EXPECT_EQ(unit_of("lb"), CW_UNIT_POUND);
  EXPECT_EQ(unit_of("Oz"), CW_UNIT_OUNCE);
  for (const char* other : {"", "ct", "pcs", "lb:oz", "ozt", "k g", "%", "kgs"}) {
    EXPECT_EQ(unit_of(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace cartwright::driver
