#include <gmock/gmock.h>

#include "unit/drivers/ssi_packets.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using namespace ssi_packets;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Ssi : public SsiTest {};

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

}  // namespace
}  // namespace cartwright::test
