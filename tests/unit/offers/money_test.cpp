#include "offers/money.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

TEST(Money, adds_subtracts_and_multiplies_exactly) {
  EXPECT_EQ(Money(129) + Money(71), Money(200));
  EXPECT_EQ(Money(129) - Money(200), Money(-71));
  EXPECT_EQ(Money(129) * 3, Money(387));
  EXPECT_EQ(-Money(5), Money(-5));
  EXPECT_LT(Money(1), Money(2));
}

TEST(Money, refuses_what_does_not_fit) {
  EXPECT_THROW(Money(kMost) + Money(1), Error);
  EXPECT_THROW(Money(kLeast) - Money(1), Error);
  EXPECT_THROW(-Money(kLeast), Error);
  EXPECT_THROW(Money(kMost / 2) * 3, Error);
  EXPECT_THROW(Grams(kMost) + Grams(1), Error);
  EXPECT_THROW(Grams(kLeast) - Grams(1), Error);
}

TEST(MoneyText, has_as_many_digits_as_the_currency) {
  EXPECT_EQ(format(Money(1234), currency("EUR")), "12.34");
  EXPECT_EQ(format(Money(5), currency("EUR")), "0.05");
  EXPECT_EQ(format(Money(-5), currency("EUR")), "-0.05");
  EXPECT_EQ(format(Money(0), currency("EUR")), "0.00");
  EXPECT_EQ(format(Money(1234), currency("JPY")), "1234");
  EXPECT_EQ(format(Money(1234), currency("KWD")), "1.234");
  EXPECT_EQ(format(Money(kLeast), currency("EUR")), "-92233720368547758.08");
  EXPECT_EQ(format_with_code(Money(1234), currency("EUR")), "12.34 EUR");
}

TEST(MoneyText, is_read_strictly) {
  EXPECT_EQ(parse_money("12.34", currency("EUR")), Money(1234));
  EXPECT_EQ(parse_money("12.3", currency("EUR")), Money(1230));
  EXPECT_EQ(parse_money("12", currency("EUR")), Money(1200));
  EXPECT_EQ(parse_money("12", currency("JPY")), Money(12));
  for (const char* text : {"", "-", ".", "12.", ".5", "12.345", "1,50", "1e3", "+1", " 1", "1 ",
                           "--1", "1.-5", "1.2.3", "EUR 1"}) {
    EXPECT_THROW(parse_money(text, currency("EUR")), Error) << text;
  }
  EXPECT_THROW(parse_money("12.0", currency("JPY")), Error);
  EXPECT_THROW(parse_money("92233720368547758.08", currency("EUR")), Error);
}

RC_GTEST_PROP(MoneyText, is_read_back_as_it_was_written, (std::int64_t minor)) {
  for (const char* code : {"EUR", "JPY", "KWD"}) {
    const Currency& unit = currency(code);
    RC_ASSERT(parse_money(format(Money(minor), unit), unit) == Money(minor));
  }
}

}  // namespace
}  // namespace cartwright::offers
