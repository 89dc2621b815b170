#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* ack = "06";
constexpr const char* nak = "15";
constexpr const char* accepted = "10028000001003f51f";
constexpr const char* diagnosis = "10020670001003d9f9";
constexpr const char* line = "100206d11900476573616d742020202020203020202020202020302c30301003b5ab";

class ZvtSerial : public testing::Test {
 protected:
  ZvtSerial() : rig("terminal-zvt", R"({"transport":"serial","ack_ms":1000})") { rig.link_up(); }
  void arrive(const std::string& digits) { rig.arrive(hex(digits)); }
  std::vector<std::string> sent() {
    std::vector<std::string> all;
    for (const auto& write : rig.take_wire()) all.push_back(to_hex_text(write.data));
    return all;
  }
  Rig rig;
};

TEST_F(ZvtSerial, acknowledges_a_block_and_answers_it) {
  arrive(line);
  EXPECT_THAT(sent(), ElementsAre(ack, accepted));
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST_F(ZvtSerial, tells_a_block_once_that_comes_again_before_its_answer_was_heard) {
  arrive(line);
  arrive(line);
  EXPECT_EQ(rig.take_events().size(), 1U);
  EXPECT_THAT(sent(), ElementsAre(ack, accepted, ack));
  arrive(ack);  // the answer has come: the same line again is another line
  arrive(line);
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST_F(ZvtSerial, repeats_an_unacknowledged_block_three_times) {
  rig.command(R"({"diagnose":{}})");
  for (int i = 0; i < 20; ++i) rig.advance(1s);
  const auto blocks = sent();
  EXPECT_EQ(blocks.size(), 4U);
  EXPECT_THAT(blocks, testing::Each(blocks.front()));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("acknowledges nothing")));
}

TEST_F(ZvtSerial, sends_again_what_was_not_understood) {
  rig.command(R"({"diagnose":{}})");
  arrive(nak);
  arrive(nak);
  const auto blocks = sent();
  EXPECT_EQ(blocks.size(), 3U);
  arrive(nak);
  arrive(nak);  // and no more
  EXPECT_EQ(sent().size(), 1U);
}

TEST_F(ZvtSerial, asks_again_for_a_block_with_a_wrong_check_value) {
  std::string spoilt = line;
  spoilt[31] = '1';
  arrive(spoilt);
  EXPECT_THAT(sent(), ElementsAre(nak));
  EXPECT_THAT(rig.take_events(), IsEmpty());
  EXPECT_EQ(rig.take_faults().size(), 1U);
  arrive(line);
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST_F(ZvtSerial, gives_up_a_block_that_broke_off) {
  arrive(std::string(line).substr(0, 20));
  rig.advance(100ms);
  EXPECT_THAT(sent(), IsEmpty());
  rig.advance(150ms);
  EXPECT_THAT(sent(), ElementsAre(nak));
  EXPECT_THAT(rig.pending(), IsEmpty());
  arrive(line);
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST_F(ZvtSerial, doubles_what_would_end_a_block) {
  // An amount of 10.10 holds a DLE.
  rig.command(R"({"authorize":{"amount_minor":1010,"currency":"978"}})");
  arrive(ack);
  arrive(accepted);
  arrive("1002060f001003c633");  // its registration is complete
  sent();
  arrive(ack);
  EXPECT_THAT(sent(), ElementsAre(HasSubstr("06010a0400000000101010104909")));
  // And the terminal's: a printed line "A DLE B".
  arrive("100206d10400411010421003ceae");
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(ZvtSerial, sends_the_order_only_when_the_answer_before_it_was_acknowledged) {
  rig.command(R"({"diagnose":{}})");
  arrive(ack);
  arrive(accepted);
  sent();
  arrive("1002060f001003c633");
  EXPECT_THAT(sent(), ElementsAre(ack, accepted));
  arrive(ack);
  EXPECT_THAT(sent(), ElementsAre(diagnosis));
}

TEST_F(ZvtSerial, is_not_sure_of_a_refusal_where_the_order_was_sent_twice) {
  const auto op = rig.command(R"({"authorize":{"amount_minor":500,"currency":"978","key":"k"}})");
  arrive(ack);
  arrive(accepted);
  arrive("1002060f001003c633");
  arrive(ack);
  rig.advance(1100ms);  // the order again
  arrive("1002849c001003c341");
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
}

TEST_F(ZvtSerial, says_that_the_line_speaks_the_other_form) {
  Rig tcp("terminal-zvt");
  tcp.link_up();
  tcp.arrive(hex(line));
  const auto faults = tcp.take_faults();
  ASSERT_FALSE(faults.empty());
  EXPECT_THAT(faults, testing::Each(HasSubstr("set transport to serial")));
}

}  // namespace
}  // namespace cartwright::test
