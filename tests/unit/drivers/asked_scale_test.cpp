// What every scale does that is asked for its weight, whatever it speaks.
#include <gmock/gmock.h>

#include "unit/drivers/scale_words.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A command and its answers.
struct Exchange {
  std::string request;
  std::string done;
  std::string moves;    // not done, because the load moves
  std::string refused;  // and what it answers to is out_of_range
};

// The same things as each of them says them: 1.25 kg or 100 g lie there.
struct Dialect {
  std::string driver;
  std::string ask;
  std::string rests;
  std::string weight;  // what is told of it
  int grams;
  std::string moves;
  std::string moving;  // what is told of it
  std::string nothing;
  std::string overload;
  std::string strange;  // a weight in carats, litres; "" where the answers name no unit
  std::string unknown;  // the command is not understood; "" where there is no such answer
  std::vector<std::string> about;  // what it answers when it is asked what it is
  Exchange zero;
  Exchange tare_load;
};

const Dialect dialects[] = {
    {.driver = "scale-mtsics",
     .ask = "SI\r\n",
     .rests = "S S     100.00 g\r\n",
     .weight = "100.00 g",
     .grams = 100,
     .moves = "S D      98.30 g\r\n",
     .moving = "98.30 g moving",
     .nothing = "S S       0.00 g\r\n",
     .overload = "S +\r\n",
     .strange = "S S     100.00 ct\r\n",
     .unknown = "ES\r\n",
     .about = {"I2 A \"Standard 5100.00 g\"\r\n", "I3 A \"1.20 7.8\"\r\n", "TA A       0.00 g\r\n",
               "I4 A \"1234567\"\r\n"},
     .zero = {"Z\r\n", "Z A\r\n", "Z I\r\n", "Z +\r\n"},
     .tare_load = {"T\r\n", "T S     100.00 g\r\n", "T I\r\n", "T -\r\n"}},
    {.driver = "scale-sma",
     .ask = "\nW\r",
     .rests = "\n 1G       1.250kg_\r",
     .weight = "1.250 kg",
     .grams = 1250,
     .moves = "\n 1GM      0.350kg_\r",
     .moving = "0.350 kg moving",
     .nothing = "\nZ1G       0.000kg_\r",
     .overload = "\nO1G      15.100kg_\r",
     .strange = "\n 1G       1.250l/o\r",
     .unknown = "\n?\r",
     .about = {"\n?\r", "\n?\r"},
     .zero = {"\nZ\r", "\nZ1G       0.000kg_\r", "\nE1GM ----------kg_\r",
              "\nE1G  ----------kg_\r"},
     .tare_load = {"\nT\r", "\n 1N       0.000kg_\r", "\nT1GM ----------kg_\r",
                   "\nT1G  ----------kg_\r"}},
    {.driver = "scale-toledo8217",
     .ask = "W",
     .rests = "\x02\x30\x31.250\r",
     .weight = "1.250 kg",
     .grams = 1250,
     .moves = "\x02?\x41\r",
     .moving = "in_motion",
     .nothing = "\x02\x30\x30.000\r",
     .overload = "\x02?\x42\r",
     .strange = "",
     .unknown = "",
     .about = {},
     .zero = {"Z", "\x02?\x50\r", "\x02?\x41\r", "\x02?\x48\r"},
     .tare_load = {"T\r", "\x02?\x60\r", "\x02?\x41\r", "\x02?\x40\r"}},
};

class AskedScale : public ::testing::TestWithParam<Dialect>, protected ScaleRig {
 protected:
  AskedScale() : ScaleRig(GetParam().driver) {}

  // It told its weight, and all that it is asked about itself; nothing is asked now.
  void introduce() {
    rig.arrive(says.rests);
    for (const std::string& answer : says.about) {
      rig.advance(200ms);
      rig.arrive(answer);
      if (sent().ends_with(says.ask)) rig.arrive(says.rests);
    }
    rig.take_events();
    sent();
  }
  std::uint64_t zero() {
    return rig.command(R"({"zero":{}})", Rig::Within{.soft = 5s, .hard = 6s});
  }

  const Dialect& says = GetParam();
};

class AskedScaleThatNamesItsUnit : public AskedScale {};

TEST_P(AskedScaleThatNamesItsUnit, is_told_which_units_it_may_have) {
  EXPECT_THAT(told_after(says.strange), ElementsAre("not_ready"));
  EXPECT_EQ(rig.take_faults().size(), 1U);
}

TEST_P(AskedScale, tells_a_weight_once_and_again_after_motion_or_an_empty_plate) {
  EXPECT_THAT(told_after(says.rests + says.rests), ElementsAre(says.weight));
  EXPECT_THAT(told_after(says.moves + says.moves + says.rests),
              ElementsAre(says.moving, says.weight));
  EXPECT_THAT(told_after(says.nothing + says.rests), ElementsAre("stable_zero", says.weight));
}

TEST_P(AskedScale, says_once_that_it_is_silent_and_goes_on_asking) {
  rig.advance(499ms);
  EXPECT_THAT(told(), IsEmpty());
  rig.advance(3s);
  EXPECT_THAT(told(), ElementsAre("not_ready"));
  EXPECT_GE(sent().size(), 4 * says.ask.size());
  EXPECT_THAT(told_after(says.rests), ElementsAre(says.weight));
}

TEST_P(AskedScale, read_ends_with_the_next_stable_weight) {
  auto op = rig.command(R"({"read":{}})");
  rig.arrive(says.moves);
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(200ms);
  rig.arrive(says.rests);
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("grams"), says.grams);
  op = rig.command(R"({"read":{}})");
  rig.arrive(says.overload);
  EXPECT_EQ(rig.done(op).status, "out_of_range");
}

TEST_P(AskedScale, read_says_motion_when_the_load_never_rests) {
  const auto op = rig.command(R"({"read":{}})", Rig::Within{.soft = 1s, .hard = 2s});
  for (int i = 0; i < 10 && rig.is_open(op); ++i) {
    rig.arrive(says.moves);
    rig.advance(200ms);
  }
  EXPECT_EQ(rig.done(op).status, "motion");
}

TEST_P(AskedScale, read_says_timeout_when_it_is_silent) {
  const auto op = rig.command(R"({"read":{}})", Rig::Within{.soft = 2s, .hard = 3s});
  rig.advance(3s);
  EXPECT_EQ(rig.done(op).status, "timeout");
}

TEST_P(AskedScale, does_one_command_at_a_time) {
  const auto first = rig.command(R"({"read":{}})");
  EXPECT_EQ(rig.done(rig.command(R"({"zero":{}})")).status, "busy");
  rig.cancel(first);
  EXPECT_EQ(rig.done(first).status, "cancelled");
}

TEST_P(AskedScale, zero_is_sent_and_ends_with_its_word) {
  introduce();
  auto op = zero();
  EXPECT_EQ(sent(), says.zero.request);
  rig.arrive(says.zero.done);
  EXPECT_EQ(rig.done(op).status, "ok");
  op = zero();
  rig.arrive(says.zero.refused);
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  if (says.unknown.empty()) return;
  op = zero();
  rig.arrive(says.unknown);
  EXPECT_EQ(rig.done(op).status, "unsupported");
}

TEST_P(AskedScale, zero_is_sent_again_when_a_moving_load_rests) {
  introduce();
  const auto op = zero();
  EXPECT_EQ(sent(), says.zero.request);
  rig.arrive(says.zero.moves);
  EXPECT_EQ(sent(), "");
  rig.advance(200ms);
  EXPECT_EQ(sent(), says.ask);
  rig.arrive(says.moves);
  rig.advance(200ms);
  EXPECT_EQ(sent(), says.ask) << "the load moves";
  rig.arrive(says.rests);
  EXPECT_EQ(sent(), says.zero.request);
  rig.arrive(says.zero.done);
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_P(AskedScale, zero_says_motion_when_the_load_never_rests) {
  introduce();
  const auto op = rig.command(R"({"zero":{}})", Rig::Within{.soft = 1s, .hard = 2s});
  for (int i = 0; i < 10 && rig.is_open(op); ++i) {
    rig.arrive(says.moves);
    rig.advance(200ms);
  }
  EXPECT_EQ(rig.done(op).status, "motion");
}

TEST_P(AskedScale, tare_of_the_load_waits_for_it_to_rest) {
  introduce();
  auto op = rig.command(R"({"tare_load":{}})");
  EXPECT_EQ(sent(), says.tare_load.request);
  rig.arrive(says.tare_load.moves);
  rig.advance(200ms);
  EXPECT_EQ(sent(), says.ask);
  rig.arrive(says.rests);
  EXPECT_EQ(sent(), says.tare_load.request);
  rig.arrive(says.tare_load.done);
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"tare_load":{}})");
  rig.arrive(says.tare_load.refused);
  EXPECT_EQ(rig.done(op).status, "out_of_range");
}

TEST_P(AskedScale, commands_end_when_the_line_goes_down) {
  const auto op = zero();
  rig.link_down();
  EXPECT_EQ(rig.done(op).status, "link_down");
  EXPECT_EQ(rig.done(rig.command(R"({"read":{}})")).status, "link_down");
  sent();
  rig.advance(10s);
  EXPECT_EQ(sent(), "");
  rig.link_up();
  EXPECT_EQ(sent(), says.ask);
}

TEST_P(AskedScale, asks_only_when_it_must_where_live_is_off) {
  ScaleRig quiet(says.driver, R"({"live":false})");
  quiet.rig.advance(5s);
  EXPECT_EQ(quiet.sent(), "");
  const auto op = quiet.rig.command(R"({"read":{}})");
  EXPECT_EQ(quiet.sent(), says.ask);
  quiet.rig.arrive(says.rests);
  EXPECT_EQ(quiet.rig.done(op).status, "ok");
  quiet.rig.advance(5s);
  EXPECT_EQ(quiet.sent(), "");
}

std::string name_of(const ::testing::TestParamInfo<Dialect>& test) {
  std::string name = test.param.driver;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(each, AskedScale, ::testing::ValuesIn(dialects), name_of);
INSTANTIATE_TEST_SUITE_P(each, AskedScaleThatNamesItsUnit,
                         ::testing::Values(dialects[0], dialects[1]), name_of);

}  // namespace
}  // namespace cartwright::test
