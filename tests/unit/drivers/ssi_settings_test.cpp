#include <gmock/gmock.h>

#include "unit/drivers/ssi_packets.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using namespace ssi_packets;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(SsiSettings, sends_parameters_first) {
  Rig rig(
      "scanner-ssi",
      R"({"identify":false,"parameters":"238=1, 334=1,1082=0,318=1279","keep_parameters":true})");
  rig.link_up();
  const auto wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 1U);
  EXPECT_EQ(to_hex_text(wire[0].data.substr(0, wire[0].data.size() - 2)),
            "13c60408ffee01f04e01f8043a00f4f03e04ff");
  rig.arrive(nak_of_scanner(6));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("refuses the parameters")));
}

TEST(SsiSettings, refuses_parameters_that_are_none) {
  for (const char* wrong : {"238", "238=", "=1", "238=1;159=1", "250=1", "70000=1", "1=x"}) {
    EXPECT_THROW(Rig("scanner-ssi", std::string(R"({"parameters":")") + wrong + "\"}"),
                 std::exception)
        << wrong;
  }
}

TEST(SsiSettings, asks_what_the_scanner_is_and_can) {
  Rig rig("scanner-ssi");
  rig.link_up();
  rig.arrive(ack_of_scanner);
  rig.arrive(packet(0xA4, "NBRPUAAC 10 2 0"));
  const auto wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 3U);
  EXPECT_EQ(wire[1].data, request_revision);
  EXPECT_EQ(to_hex_text(wire[2].data), "04d30400ff25");
  rig.arrive(packet(0xD4, std::string("\x00\x3F\x00\x01\xA3\xC6\xD0\xD1\xE9\xEA", 10)));
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"good"}})")).status, "unsupported");
}

TEST(SsiSettings, wakes_the_scanner_before_a_command) {
  Rig rig("scanner-ssi", R"({"identify":false,"handshake":"wakeup"})");
  rig.link_up();
  auto wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 1U);
  EXPECT_EQ(to_hex_text(wire[0].data), "00");
  rig.advance(20ms);
  wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 1U);
  EXPECT_EQ(wire[0].data, scan_enable);
  rig.arrive(ack_of_scanner + label("1"));
  wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 1U) << "it is awake when it speaks";
  EXPECT_EQ(wire[0].data, ack);
}

TEST(SsiSettings, lights_lamps_for_a_while) {
  Rig rig("scanner-ssi", R"({"identify":false,"led_good":1,"beep_bad":-1})");
  rig.link_up();
  rig.arrive(ack_of_scanner);
  rig.take_wire();
  rig.command(R"({"beep":{"kind":"good"}})");
  rig.arrive(ack_of_scanner + ack_of_scanner);
  rig.advance(500ms);
  std::vector<std::string> codes;
  for (const auto& write : rig.take_wire()) codes.push_back(to_hex_text(write.data.substr(1, 1)));
  EXPECT_THAT(codes, ElementsAre("e6", "e7", "e8"));
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"bad"}})")).status, "unsupported");
}

TEST(SsiSettings, acknowledges_as_the_scanner_is_set) {
  const auto answers = [](const char* acknowledge) {
    Rig rig("scanner-ssi",
            std::string(R"({"identify":false,"acknowledge":")") + acknowledge + "\"}");
    rig.link_up();
    rig.arrive(ack_of_scanner);
    rig.take_wire();
    rig.arrive(label("01", continued) + label("23"));
    return rig.take_wire().size();
  };
  EXPECT_EQ(answers("each"), 2U);
  EXPECT_EQ(answers("last"), 1U);
  EXPECT_EQ(answers("none"), 0U);
}

TEST(SsiSettings, reads_raw_labels_up_to_their_end_or_a_silence) {
  Rig rig("scanner-ssi", R"({"identify":false,"data":"raw"})");
  rig.link_up();
  rig.arrive("]E04006381333931\r\n96385074");
  auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("symbology"), "ean13");
  rig.advance(200ms);
  events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("data"), "96385074");
  rig.arrive(ack_of_scanner);
  EXPECT_THAT(rig.take_events(), IsEmpty());
}

}  // namespace
}  // namespace cartwright::test
