#include "link/numbers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cartwright::link {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

TEST(Duration, reads_its_three_units) {
  EXPECT_EQ(read_duration("1.5s"), milliseconds(1500));
  EXPECT_EQ(read_duration("250ms"), milliseconds(250));
  EXPECT_EQ(read_duration("2min"), std::chrono::minutes(2));
  EXPECT_EQ(read_duration("0.000000001s"), nanoseconds(1));
  EXPECT_EQ(read_duration("0s"), nanoseconds(0));
}

TEST(Duration, refuses_what_is_not_exact_or_not_sensible) {
  for (const char* text : {"", "s", "1", "1.s", ".5s", "-1s", "1 s", "1e3s", "1.5.5s", "1h",
                           "0.0000001ms", "11000min20000s", "864001s", "999999999min", "+1s"}) {
    EXPECT_EQ(read_duration(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Duration, comes_back_from_its_text, ()) {
  const nanoseconds duration(*rc::gen::inRange<std::int64_t>(0, 864'000'000'000'000));
  RC_ASSERT(read_duration(duration_text(duration)) == duration);
}

TEST(Numbers, must_fit_whole) {
  EXPECT_EQ(read_unsigned("18446744073709551615", UINT64_MAX), UINT64_MAX);
  EXPECT_EQ(read_unsigned("18446744073709551616", UINT64_MAX), std::nullopt);
  EXPECT_EQ(read_unsigned("8", 7), std::nullopt);
  EXPECT_EQ(read_unsigned("-1", 7), std::nullopt);
  EXPECT_EQ(read_signed("-127", -127, 20), -127);
  EXPECT_EQ(read_signed("21", -127, 20), std::nullopt);
  EXPECT_EQ(read_signed("-", -127, 20), std::nullopt);
  EXPECT_TRUE(is_decimal("-1.250", true));
  EXPECT_FALSE(is_decimal("-1.250", false));
  EXPECT_FALSE(is_decimal("1.", false));
  EXPECT_FALSE(is_decimal("1234567890", false));
}

}  // namespace cartwright::link
