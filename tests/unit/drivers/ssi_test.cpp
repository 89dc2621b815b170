#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string with_checksum(std::string packet) {
  unsigned sum = 0;
  for (const char c : packet) sum += static_cast<unsigned char>(c);
  const unsigned check = 0x10000U - (sum & 0xFFFFU);
  packet += static_cast<char>(check >> 8);
  packet += static_cast<char>(check & 0xFF);
  return packet;
}

// A packet of the scanner.
std::string packet(unsigned code, const std::string& data, unsigned status = 0) {
  return with_checksum(std::string{static_cast<char>(data.size() + 4), static_cast<char>(code), 0,
                                   static_cast<char>(status)} +
                       data);
}
std::string label(const std::string& text, unsigned status = 0, char type = 0x0B) {
  return packet(0xF3, type + text, status);
}
const std::string ack_of_scanner = packet(0xD0, "");
std::string nak_of_scanner(char cause) {
  return packet(0xD1, std::string(1, cause));
}

// SE955 Integration Guide and the published captures: what the host sends.
const std::string ack = hex("04d00400ff28");
const std::string nak_resend = hex("05d1040001ff25");
const std::string nak_bad_context = hex("05d1040002ff24");
const std::string scan_enable = hex("04e90400ff0f");
const std::string scan_disable = hex("04ea0400ff0e");
const std::string request_revision = hex("04a30400ff55");

constexpr unsigned repeated = 1;
constexpr unsigned continued = 2;

class Ssi : public ::testing::Test {
 protected:
  explicit Ssi(const std::string& settings = R"({"identify":false})")
      : rig("scanner-ssi", settings) {}

  // The line comes up and the scanner answers what it is told first.
  void begin() {
    rig.link_up();
    rig.arrive(ack_of_scanner);
    rig.take_wire();
  }
  std::vector<std::string> labels() {
    std::vector<std::string> all;
    for (const auto& event : rig.take_events()) all.push_back(event.at("data"));
    return all;
  }
  std::vector<std::string> sent() {
    std::vector<std::string> all;
    for (const auto& write : rig.take_wire()) all.push_back(write.data);
    return all;
  }
  Rig rig;
};

// Each published packet as it says it is: the sound ones of the scanner are answered and told, the
// damaged one is refused, the host's own are left alone.
TEST_F(Ssi, reads_the_published_packets) {
  const auto cases = published("zebra_ssi.json");
  if (!cases) GTEST_SKIP() << "no published vectors here";
  for (const auto& one : *cases) {
    const std::string bytes = hex(one.at("hex").get<std::string>());
    Rig fresh("scanner-ssi", R"({"identify":false})");
    fresh.link_up();
    fresh.take_wire();
    fresh.arrive(bytes);
    const bool valid = one.at("valid");
    const bool decode_data = bytes[1] == '\xF3';
    EXPECT_EQ(fresh.take_faults().size(), valid ? 0U : 1U) << one.at("note");
    const auto wire = fresh.take_wire();
    if (decode_data) {
      ASSERT_EQ(wire.size(), 1U) << one.at("note");
      EXPECT_EQ(wire[0].data, ack);
    } else {
      EXPECT_EQ(wire.size(), valid ? 0U : 1U) << one.at("note");
    }
    const auto events = fresh.take_events();
    const bool whole = decode_data && (bytes[3] & 2) == 0;
    ASSERT_EQ(events.size(), whole ? 1U : 0U) << one.at("note");
    if (whole) {
      EXPECT_EQ(events[0].at("data"), "NR");
    }
    EXPECT_EQ(fresh.pending(), "");
  }
}

TEST_F(Ssi, is_told_to_scan_when_the_line_comes_up) {
  rig.link_up();
  EXPECT_THAT(sent(), ElementsAre(scan_enable));
}

TEST_F(Ssi, acknowledges_only_what_the_trip_has) {
  begin();
  rig.hold_commits();
  rig.arrive(label("4006381333931"));
  EXPECT_THAT(labels(), ElementsAre("4006381333931"));
  EXPECT_THAT(sent(), IsEmpty());
  rig.release_commits();
  EXPECT_THAT(sent(), ElementsAre(ack));
}

TEST_F(Ssi, tells_a_repeated_packet_once_and_acknowledges_it_again) {
  begin();
  rig.arrive(label("4006381333931"));
  rig.arrive(label("4006381333931", repeated));
  EXPECT_THAT(labels(), ElementsAre("4006381333931"));
  EXPECT_THAT(sent(), ElementsAre(ack, ack));
  rig.arrive(label("4006381333931"));
  EXPECT_THAT(labels(), ElementsAre("4006381333931")) << "read once more, not repeated";
}

TEST_F(Ssi, tells_a_repeated_packet_whose_first_sending_never_came) {
  begin();
  rig.arrive(label("4006381333931", repeated));
  EXPECT_THAT(labels(), ElementsAre("4006381333931"));
  rig.advance(20s);
  rig.arrive(label("4006381333931", repeated));
  EXPECT_THAT(labels(), ElementsAre("4006381333931")) << "long after, so it is another reading";
}

TEST_F(Ssi, gives_a_crashed_and_restarted_cart_no_half_label) {
  begin();
  rig.arrive(label("0123", continued));
  rig.link_down();
  rig.link_up();
  rig.arrive(label("456", 0));
  EXPECT_THAT(labels(), ElementsAre("456"));
}

TEST_F(Ssi, joins_packets_and_bounds_the_label) {
  begin();
  rig.arrive(label("0123", continued) + label("4567", continued) + label("89"));
  EXPECT_THAT(labels(), ElementsAre("0123456789"));
  EXPECT_EQ(sent().size(), 3U);
  const std::string part(250, 'x');
  for (int i = 0; i < 40; ++i) rig.arrive(label(part, continued, 0x1C));
  rig.arrive(label("end", 0, 0x1C));
  EXPECT_THAT(labels(), IsEmpty());
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("more than 7168 bytes")));
  EXPECT_EQ(sent().size(), 41U) << "else the scanner repeats it for ever";
  for (int i = 0; i < 28; ++i) rig.arrive(label(part, continued, 0x1C));
  rig.arrive(label("end", 0, 0x1C));
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("data").get<std::string>().size(), 7003U);
  EXPECT_EQ(events[0].at("symbology"), "qr");
}

TEST_F(Ssi, joins_no_packet_twice) {
  begin();
  rig.arrive(label("0123", continued));
  rig.arrive(label("0123", continued | repeated));
  rig.arrive(label("45"));
  EXPECT_THAT(labels(), ElementsAre("012345"));
}

TEST_F(Ssi, drops_a_label_whose_rest_never_comes) {
  begin();
  rig.arrive(label("0123", continued));
  rig.advance(10s);
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("never came")));
  rig.arrive(label("4567", continued) + label("96385074", 0, 0x0A));
  EXPECT_THAT(labels(), ElementsAre("96385074")) << "another type is another label";
}

TEST_F(Ssi, names_symbologies_and_aim_ids) {
  begin();
  const std::vector<std::tuple<char, std::string, std::string, std::string>> cases{
      {0x0B, "4006381333931", "ean13", "]E0"},
      {0x0A, "96385074", "ean8", "]E4"},
      {0x08, "036000291452", "upca", "]E0"},
      {0x06, "15400141288763", "itf14", "]I0"},
      {0x06, "1540", "itf", "]I0"},
      {0x0F, "0104006381333931", "gs1_128", "]C1"},
      {0x30, "0104006381333931", "databar", "]e0"},
      {'\xC2', "0104006381333931", "gs1_qr", "]Q3"},
      {0x4B, "400638133393112", "ean13", "]E3"},
      {0x77, "what", "unknown", ""},
      {0x03, "]C10104006381333931", "gs1_128", "]C1"},
  };
  for (const auto& [type, text, symbology, aim] : cases) {
    rig.arrive(label(text, 0, type));
    const auto events = rig.take_events();
    ASSERT_EQ(events.size(), 1U) << text;
    EXPECT_EQ(events[0].at("symbology"), symbology) << text;
    EXPECT_EQ(events[0].value("aim", ""), aim) << text;
  }
}

TEST_F(Ssi, tells_no_label_that_says_nothing_was_read) {
  begin();
  rig.arrive(label("NR", 0, 0));
  EXPECT_THAT(labels(), IsEmpty());
  rig.arrive(label("NR", 0, 1));
  EXPECT_THAT(labels(), ElementsAre("NR")) << "a Code 39 may be that";
  EXPECT_EQ(sent().size(), 2U);
}

TEST_F(Ssi, refuses_a_damaged_packet_and_one_that_it_does_not_know) {
  begin();
  std::string broken = label("123");
  broken[5] ^= 1;
  rig.arrive(broken);
  EXPECT_THAT(sent(), ElementsAre(nak_resend));
  rig.arrive(label("123", repeated));
  EXPECT_THAT(labels(), ElementsAre("123"));
  EXPECT_THAT(sent(), ElementsAre(ack));
  rig.arrive(packet(0x55, ""));
  EXPECT_THAT(sent(), ElementsAre(nak_bad_context));
}

TEST_F(Ssi, believes_a_length_only_with_its_checksum) {
  begin();
  // The damaged length reaches into the next packet.
  std::string broken = label("123");
  broken[0] = 30;
  rig.arrive(broken + label("96385074", 0, 0x0A) + label("x"));
  EXPECT_THAT(labels(), ElementsAre("96385074", "x"));
  // It reaches beyond all that comes: silence ends it.
  broken[0] = '\xFF';
  rig.arrive(broken + label("4006381333931"));
  EXPECT_THAT(labels(), IsEmpty());
  rig.advance(300ms);
  EXPECT_THAT(labels(), ElementsAre("4006381333931"));
  EXPECT_EQ(rig.pending(), "");
}

TEST_F(Ssi, sends_again_and_then_gives_up) {
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

TEST_F(Ssi, ends_commands_as_the_scanner_answers) {
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

TEST_F(Ssi, does_one_command_after_another_and_refuses_what_has_no_room) {
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

TEST_F(Ssi, cancels_what_waits_and_what_is_under_way) {
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

TEST_F(Ssi, is_healthy_when_it_answers_and_says_what_it_is_once) {
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

TEST_F(Ssi, obeys_enable_and_disable) {
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

TEST_F(Ssi, sends_what_has_no_command_of_its_own) {
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

TEST_F(Ssi, acknowledges_what_it_did_not_ask_for_and_leaves_an_echo_alone) {
  begin();
  rig.arrive(packet(0xF6, "\x01"));
  EXPECT_THAT(sent(), ElementsAre(ack));
  rig.arrive(packet(0xF6, "\x03"));
  EXPECT_THAT(sent(), ElementsAre(ack, scan_enable)) << "it has started anew";
  rig.arrive(ack);
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

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
