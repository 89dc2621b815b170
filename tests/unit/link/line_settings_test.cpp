#include "link/line_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/link/support.hpp"

namespace cartwright::link {

TEST(LineSettings, are_9600_8N1_where_nothing_is_said) {
  EXPECT_EQ(to_text(LineSettings{}), "baud=9600&format=8N1&flow=none&dtr=on&rts=on");
}

TEST(LineSettings, change_only_what_is_named) {
  LineSettings base;
  base.baud = 2400;
  const LineSettings changed = parse_line_settings("format=7E1&dtr=off", base);
  EXPECT_EQ(to_text(changed), "baud=2400&format=7E1&flow=none&dtr=off&rts=on");
}

TEST(LineSettings, name_what_they_can_not_take) {
  const auto refused = [](const char* text) {
    return test::error_of([&] { parse_line_settings(text); });
  };
  EXPECT_EQ(refused("boud=1"), "line settings: unknown setting \"boud=1\", did you mean \"baud\"?");
  EXPECT_THAT(refused("baud=49"), testing::HasSubstr("baud \"49\" is no rate from 50 to 4000000"));
  EXPECT_THAT(refused("format=7X1"), testing::HasSubstr("format \"7X1\" is no format"));
  EXPECT_THAT(refused("baud"), testing::HasSubstr("unknown setting \"baud\""));
}

RC_GTEST_PROP(LineSettings, come_back_from_their_text, ()) {
  LineSettings settings;
  settings.baud = *rc::gen::inRange<std::uint32_t>(50, 4'000'001);
  settings.data_bits = static_cast<std::uint8_t>(*rc::gen::inRange(5, 9));
  settings.parity = static_cast<Parity>(*rc::gen::inRange(0, 5));
  settings.stop_bits = static_cast<std::uint8_t>(*rc::gen::inRange(1, 3));
  settings.flow = static_cast<Flow>(*rc::gen::inRange(0, 3));
  settings.dtr = *rc::gen::arbitrary<bool>();
  settings.rts = *rc::gen::arbitrary<bool>();
  RC_ASSERT(parse_line_settings(to_text(settings)) == settings);
}

}  // namespace cartwright::link
