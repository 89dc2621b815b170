#include "simulators/simulated_line.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"
#include "simulators/registry.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using simulators::LineFaults;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What a simulated scanner behind a line sends up to `end`, an arrival a text.
std::vector<std::string> sent(const std::string& scenario, const LineFaults& faults = {},
                              std::chrono::milliseconds end = 100ms) {
  simulators::SimulatedLine line(
      simulators::find_protocol("serial").make({{"aim", "off"}, {"suffix", "!"}}), faults);
  const auto parsed = link::Scenario::parse(scenario, "scenario");
  std::size_t next = 0;
  std::vector<std::string> arrivals;
  for (std::chrono::nanoseconds now = 0ms; now <= end; now += 1ms) {
    for (; next < parsed.happenings.size() && parsed.happenings[next].at <= now; ++next) {
      line.happen(parsed.happenings[next], now);
    }
    const Bytes bytes = line.due(now);
    if (!bytes.empty()) arrivals.emplace_back(as_text(bytes));
  }
  return arrivals;
}

// Hears what the cart sends and says nothing.
class Ear final : public simulators::Simulator {
 public:
  explicit Ear(std::string& heard) : heard_(heard) {}
  Bytes bytes_in(ByteView bytes, std::chrono::nanoseconds) override {
    heard_ += as_text(bytes);
    return {};
  }
  Bytes happen(const link::Happening&, std::chrono::nanoseconds) override { return {}; }
  void reboot(std::chrono::nanoseconds) override {}

 private:
  std::string& heard_;
};

TEST(SimulatedLine, loses_doubles_and_spoils_what_is_sent_next) {
  EXPECT_THAT(sent("1ms scanner0 lose 2\n2ms scanner0 scan 123\n3ms scanner0 scan 45\n"),
              ElementsAre("3!", "45!"));
  EXPECT_THAT(sent("1ms scanner0 lose 5\n2ms scanner0 scan 123\n3ms scanner0 scan 45\n"),
              ElementsAre("5!"));
  EXPECT_THAT(sent("1ms scanner0 double 5\n2ms scanner0 scan 123\n3ms scanner0 scan 45\n"),
              ElementsAre("112233!!", "445!"));
  EXPECT_THAT(sent("1ms scanner0 spoil 1\n2ms scanner0 scan 123\n3ms scanner0 scan 45\n"),
              ElementsAre("123 ", "45!"));
}

TEST(SimulatedLine, types_slowly_until_it_is_told_otherwise) {
  EXPECT_THAT(sent("1ms scanner0 slow 2ms\n2ms scanner0 scan 12\n30ms scanner0 slow 0s\n"
                   "31ms scanner0 scan 34\n"),
              ElementsAre("1", "2", "!", "34!"));
  EXPECT_THAT(sent("2ms scanner0 scan 12\n", {.byte_gap = 2ms}), ElementsAre("1", "2", "!"));
}

TEST(SimulatedLine, is_bad_all_the_time_and_the_same_way_for_the_same_seed) {
  std::string scenario;
  std::string all;
  for (int i = 0; i < 50; ++i) {
    scenario += "+1ms scanner0 scan 4006381333931\n";
    all += "4006381333931!";
  }
  const auto text_of = [&](const LineFaults& faults) {
    std::string text;
    for (const std::string& piece : sent(scenario, faults)) text += piece;
    return text;
  };
  EXPECT_EQ(text_of({}), all);
  EXPECT_LT(text_of({.lose_every = 20}).size(), all.size() - 10);
  EXPECT_GT(text_of({.double_every = 20}).size(), all.size() + 10);
  const std::string flipped = text_of({.flip_every = 20});
  EXPECT_EQ(flipped.size(), all.size());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (flipped[i] == all[i]) continue;
    ++wrong;
    EXPECT_EQ(static_cast<unsigned char>(flipped[i]), static_cast<unsigned char>(all[i]) ^ 0x80U);
  }
  EXPECT_GT(wrong, 10U);
  EXPECT_EQ(flipped, text_of({.flip_every = 20}));
  EXPECT_NE(flipped, text_of({.flip_every = 20, .seed = 1}));
}

TEST(SimulatedLine, is_bad_on_the_way_to_the_device_as_well) {
  std::string heard;
  simulators::SimulatedLine line(std::make_unique<Ear>(heard), {.lose_every = 10});
  const std::string said(1000, 'x');
  line.bytes_in(as_bytes(said), 0ns);
  EXPECT_LT(heard.size(), 950U);
  EXPECT_GT(heard.size(), 850U);
}

TEST(LineFaults, are_read_as_people_write_them) {
  const LineFaults faults = simulators::read_line_faults(
      {"lose=50", "double=80", "flip=100", "slow=5ms", "seed=7", "lose=60"});
  EXPECT_EQ(faults.lose_every, 60U);
  EXPECT_EQ(faults.double_every, 80U);
  EXPECT_EQ(faults.flip_every, 100U);
  EXPECT_EQ(faults.byte_gap, 5ms);
  EXPECT_EQ(faults.seed, 7U);
}

TEST(LineFaults, are_refused_with_what_is_wrong) {
  const auto refusal = [](const std::string& text) -> std::string {
    try {
      simulators::read_line_faults({text});
    } catch (const Error& error) {
      return error.what();
    }
    return "taken";
  };
  EXPECT_THAT(refusal("lose"), HasSubstr("\"lose\" is not NAME=VALUE"));
  EXPECT_THAT(refusal("loose=5"), HasSubstr("did you mean \"lose\"?"));
  EXPECT_THAT(refusal("rain=5"), HasSubstr("known are lose, double, flip, slow and seed"));
  EXPECT_THAT(refusal("lose=1"), HasSubstr("from 2 to 1000000"));
  EXPECT_THAT(refusal("slow=1h"), HasSubstr("a duration up to 10s"));
  EXPECT_THAT(refusal("seed=x"), HasSubstr("a whole number"));
}

}  // namespace
}  // namespace cartwright::test
