#include <gmock/gmock.h>

#include "unit/drivers/ssi_packets.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using namespace ssi_packets;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SsiCommands : public SsiTest {};

TEST_F(SsiCommands, sends_again_and_then_gives_up) {
  begin();
  const auto op = rig.command(R"({"beep":{"kind":"bad"}})");
  EXPECT_THAT(sent(), ElementsAre(hex("05e604000fff02")));
  rig.advance(2s);
  EXPECT_THAT(sent(), ElementsAre(hex("05e604010fff01"))) << "with the bit 'repeated'";
  rig.advance(2s);
  EXPECT_EQ(sent().size(), 1U);
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(2s);
  EXPECT_EQ(rig.done(op).status, "timeout");
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("does not answer")));
  rig.arrive(label("1"));
  EXPECT_THAT(sent(), ElementsAre(scan_enable, ack)) << "it was away and is set up again";
}

TEST_F(SsiCommands, ends_commands_as_the_scanner_answers) {
  begin();
  const auto ended = [&](const std::string& answer) {
    const auto op = rig.command(R"({"beep":{"kind":"good"}})");
    rig.arrive(answer);
    return rig.is_open(op) ? "open" : rig.done(op).status;
  };
  EXPECT_EQ(ended(ack_of_scanner), "ok");
  EXPECT_EQ(ended(nak_of_scanner(2)), "unsupported");
  EXPECT_EQ(ended(nak_of_scanner(6)), "device_error");
  EXPECT_EQ(ended(nak_of_scanner(10)), "device_error");
  EXPECT_EQ(ended(nak_of_scanner(1)), "open");
  rig.arrive(nak_of_scanner(1) + nak_of_scanner(1));
  EXPECT_EQ(ended(""), "open");
  rig.arrive(ack_of_scanner);
}

TEST_F(SsiCommands, does_one_command_after_another_and_refuses_what_has_no_room) {
  begin();
  std::vector<std::uint64_t> ops;
  for (int i = 0; i < 14; ++i) ops.push_back(rig.command(R"({"beep":{"kind":"good"}})"));
  EXPECT_EQ(rig.done(ops[13]).status, "busy");
  for (int i = 0; i < 13; ++i) {
    EXPECT_EQ(sent().size(), 1U);
    rig.arrive(ack_of_scanner);
    EXPECT_EQ(rig.done(ops[static_cast<std::size_t>(i)]).status, "ok");
  }
  EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(SsiCommands, cancels_what_waits_and_what_is_under_way) {
  begin();
  const auto first = rig.command(R"({"beep":{"kind":"good"}})");
  const auto second = rig.command(R"({"beep":{"kind":"good"}})");
  rig.cancel(second);
  rig.cancel(first);
  EXPECT_EQ(rig.done(first).status, "cancelled");
  EXPECT_EQ(rig.done(second).status, "cancelled");
  const auto third = rig.command(R"({"check_health":{}})");
  rig.link_down();
  EXPECT_EQ(rig.done(third).status, "link_down");
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"good"}})")).status, "link_down");
}

TEST_F(SsiCommands, is_healthy_when_it_answers_and_says_what_it_is_once) {
  begin();
  for (int i = 0; i < 2; ++i) {
    const auto op = rig.command(R"({"check_health":{}})");
    EXPECT_THAT(sent(), ElementsAre(request_revision));
    rig.arrive(packet(0xA4, "NBRPUAAC 10 2 0"));
    EXPECT_EQ(rig.done(op).status, "ok");
  }
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("firmware"), "NBRPUAAC");
  EXPECT_EQ(events[0].at("model"), "10 2 0");
  EXPECT_THAT(sent(), IsEmpty()) << "a reply is not acknowledged";
}

TEST_F(SsiCommands, obeys_enable_and_disable) {
  begin();
  auto op = rig.command(R"({"enable":{"enabled":false}})");
  EXPECT_THAT(sent(), ElementsAre(scan_disable));
  rig.arrive(label("1"));
  EXPECT_THAT(labels(), IsEmpty());
  rig.arrive(ack_of_scanner);
  EXPECT_EQ(rig.done(op).status, "ok");
  rig.link_down();
  rig.link_up();
  EXPECT_THAT(sent(), ElementsAre(ack, scan_disable));
  op = rig.command(R"({"enable":{"enabled":true}})");
  rig.arrive(ack_of_scanner + ack_of_scanner);
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(SsiCommands, sends_what_has_no_command_of_its_own) {
  begin();
  const auto op = rig.command(R"({"vendor":{"id":"com.zebra.ssi/1","data":"e4"}})");
  EXPECT_THAT(sent(), ElementsAre(hex("04e40400ff14"))) << "START_DECODE";
  rig.arrive(ack_of_scanner);
  EXPECT_EQ(rig.done(op).status, "ok");
  const auto status = [&](const char* json) { return rig.done(rig.command(json)).status; };
  EXPECT_EQ(status(R"({"vendor":{"id":"com.zebra.ssi/1","data":"d0"}})"), "invalid");
  EXPECT_EQ(status(R"({"vendor":{"id":"com.zebra.ssi/1","data":"e70102"}})"), "invalid");
  EXPECT_EQ(status(R"({"vendor":{"id":"com.example.x/1","data":"e4"}})"), "unsupported");
}

TEST_F(SsiCommands, acknowledges_what_it_did_not_ask_for_and_leaves_an_echo_alone) {
  begin();
  rig.arrive(packet(0xF6, "\x01"));
  EXPECT_THAT(sent(), ElementsAre(ack));
  rig.arrive(packet(0xF6, "\x03"));
  EXPECT_THAT(sent(), ElementsAre(ack, scan_enable)) << "it has started anew";
  rig.arrive(ack);
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

}  // namespace
}  // namespace cartwright::test
