#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string uuid = "2f234454-cf6d-4a0f-adf2-f4911ba9ffa6";

std::string byte(unsigned value) {
  return {static_cast<char>(value)};
}

// An LE Advertising Report event: each report is type, address type, address, length, data, RSSI.
std::string advertising(const std::vector<std::pair<std::string, int>>& data_and_rssi,
                        const std::string& address = "0100003f23ac") {
  std::string parameters = byte(2) + byte(static_cast<unsigned>(data_and_rssi.size()));
  for (const auto& [data, rssi] : data_and_rssi) {
    parameters += byte(3) + byte(0) + hex(address) + byte(static_cast<unsigned>(data.size())) +
                  data + byte(static_cast<unsigned>(rssi) & 0xFF);
  }
  return hex("043e") + byte(static_cast<unsigned>(parameters.size())) + parameters;
}

// The same as an LE Extended Advertising Report of one report; `type` with its data status.
std::string extended(const std::string& data, int rssi, unsigned type = 0x10) {
  const std::string parameters = hex("0d01") + byte(type) + hex("0000") + hex("0100003f23ac") +
                                 hex("0100ff7f") + byte(static_cast<unsigned>(rssi) & 0xFF) +
                                 std::string(9, '\0') + byte(static_cast<unsigned>(data.size())) +
                                 data;
  return hex("043e") + byte(static_cast<unsigned>(parameters.size())) + parameters;
}

std::string ibeacon(unsigned major, unsigned minor) {
  return hex("0201061aff4c0002152f234454cf6d4a0fadf2f4911ba9ffa6") + byte(major >> 8) +
         byte(major & 0xFF) + byte(minor >> 8) + byte(minor & 0xFF) + byte(0xC5);
}

const std::string eddystone_uid =
    hex("0201060303aafe1716aafe00eeedd1ebeac04e5defa0170bdb87539b670000");
const std::string eddystone_tlm = hex("0201060303aafe1116aafe20000bb81580000001f400002710");

class BleDriver : public ::testing::Test {
 protected:
  explicit BleDriver(const std::string& settings = "{}") : rig("locator-ble", settings) {
    rig.link_up();
  }
  // The events that tell a beacon or a zone.
  static std::vector<nlohmann::json> told(Rig& by) { return by.take_events(); }
  std::string sent() {
    std::string all;
    for (const auto& write : rig.take_wire()) all += to_hex_text(write.data);
    return all;
  }
  // The controller ends the command that was sent with these results.
  void complete(const std::string& opcode, const std::string& results = "00",
                unsigned credits = 1) {
    const std::string parameters = byte(credits) + hex(opcode) + hex(results);
    rig.arrive(hex("040e") + byte(static_cast<unsigned>(parameters.size())) + parameters);
  }
  void make_ready(bool with_extended) {
    complete("030c");
    complete("0110",
             "000934120"
             "90f000141");
    complete("010c");
    complete("0120");
    complete("0320", with_extended ? "000110000000000000" : "000100000000000000");
    complete(with_extended ? "4120" : "0b20");
    complete(with_extended ? "4220" : "0c20");
  }
  Rig rig;
};

TEST_F(BleDriver, makes_a_controller_ready_by_the_plain_commands) {
  EXPECT_EQ(sent(), "01030c00");
  complete("030c");
  EXPECT_EQ(sent(), "01011000");
  complete("0110",
           "000934120"
           "90f000141");
  EXPECT_EQ(sent(), "01010c080080000000000020");
  complete("010c");
  EXPECT_EQ(sent(), "010120080210000000000000");
  complete("0120");
  EXPECT_EQ(sent(), "01032000");
  complete("0320", "000100000000000000");
  EXPECT_EQ(sent(), "010b200700600060000000") << "passive, 60 ms of 60 ms";
  complete("0b20");
  EXPECT_EQ(sent(), "010c20020100");
  complete("0c20");
  EXPECT_EQ(sent(), "");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("type"), "device.info");
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(BleDriver, takes_the_extended_commands_where_the_controller_has_them) {
  make_ready(true);
  EXPECT_TRUE(sent().ends_with("01412008000001006000600001422006010000000000"));
}

TEST_F(BleDriver, goes_back_to_the_plain_commands_where_it_has_not) {
  complete("030c");
  complete("0110",
           "000934120"
           "90f000141");
  complete("010c");
  complete("0120");
  complete("0320", "000110000000000000");
  sent();
  complete("4120", "01");
  EXPECT_EQ(sent(), "010b200700600060000000");
}

TEST_F(BleDriver, waits_until_the_controller_takes_a_command) {
  sent();
  complete("030c", "00", 0);
  EXPECT_EQ(sent(), "");
  rig.arrive(hex("040e03010000"));
  EXPECT_EQ(sent(), "01011000");
}

TEST_F(BleDriver, asks_again_when_no_answer_comes_and_says_so_once) {
  sent();
  rig.advance(60s);
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_GE(sent().size(), 3 * 8U);
  make_ready(true);
  rig.arrive(advertising({{ibeacon(5, 1), -60}}));
  EXPECT_EQ(rig.take_events().back().at("major"), 5);
}

TEST_F(BleDriver, starts_a_silent_controller_again) {
  make_ready(true);
  sent();
  rig.advance(50s);
  rig.arrive(advertising({{"", -60}}));
  rig.advance(59s);
  EXPECT_EQ(sent(), "") << "somebody was heard";
  rig.advance(1500ms);
  EXPECT_EQ(sent(), "01030c00");
}

TEST_F(BleDriver, starts_again_after_a_hardware_error_and_a_reboot) {
  make_ready(true);
  sent();
  rig.arrive(hex("04100107"));
  EXPECT_EQ(sent(), "01030c00");
  EXPECT_EQ(rig.take_faults().size(), 1U);
  make_ready(true);
  sent();
  rig.arrive(hex("040e03010000"));
  EXPECT_EQ(sent(), "01030c00") << "a controller that starts says that it takes commands";
}

TEST_F(BleDriver, is_enabled_disabled_and_asked_for_its_health) {
  make_ready(true);
  sent();
  auto op = rig.command(R"({"enable":{"enabled":false}})");
  EXPECT_EQ(sent(), "01422006000000000000");
  EXPECT_TRUE(rig.is_open(op));
  complete("4220");
  EXPECT_EQ(rig.done(op).status, "ok");
  rig.take_events();
  rig.arrive(advertising({{ibeacon(5, 1), -60}}));
  EXPECT_THAT(rig.take_events(), IsEmpty());
  op = rig.command(R"({"check_health":{}})");
  EXPECT_EQ(sent(), "01011000");
  complete("0110",
           "000934120"
           "90f000141");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"check_health":{}})");
  rig.advance(1s);
  EXPECT_EQ(rig.done(op).status, "timeout");
  op = rig.command(R"({"check_health":{}})");
  rig.link_down();
  EXPECT_EQ(rig.done(op).status, "link_down");
}

TEST_F(BleDriver, tells_what_the_published_advertisements_say) {
  const auto cases = published("ble.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    const std::string bytes = hex(one.at("hex").get<std::string>());
    const bool is_event = one.at("proto") == "hci_le_adv";
    rig.arrive(is_event ? bytes : advertising({{bytes, -60}}));
    const auto events = rig.take_events();
    const auto& expect = is_event ? one.at("expect")[0] : one.at("expect");
    const std::string frame = expect.is_object() ? expect.value("frame", "") : "";
    if (expect.is_null() || frame == "eTLM") {
      EXPECT_THAT(events, IsEmpty()) << one;
      continue;
    }
    ASSERT_EQ(events.size(), 1U) << one;
    const auto& event = events[0];
    if (is_event) {
      EXPECT_EQ(event.at("address"), expect.at("addr"));
      EXPECT_EQ(event.at("rssi"), expect.at("rssi"));
    }
    for (const char* key : {"namespace", "instance", "url", "uuid", "major", "tx"}) {
      if (expect.contains(key)) {
        EXPECT_EQ(event.at(key), expect.at(key)) << one;
      }
    }
    if (expect.contains("ibeacon_uuid")) {
      std::string digits = event.at("uuid");
      std::erase(digits, '-');
      EXPECT_EQ(digits, expect.at("ibeacon_uuid"));
      EXPECT_EQ(event.at("minor"), expect.at("minor"));
    }
    if (expect.contains("vbatt_mV")) {
      EXPECT_EQ(event.at("battery_mv"), expect.at("vbatt_mV"));
      EXPECT_EQ(event.at("temperature_centi"), 3200);
    }
  }
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(BleDriver, reads_every_format_and_leaves_out_what_it_does_not_have) {
  const auto read = [&](const std::string& data) {
    rig.arrive(advertising({{data, -70}}));
    const auto events = rig.take_events();
    return events.empty() ? nlohmann::json() : events.back();
  };
  EXPECT_EQ(read(ibeacon(513, 7)), nlohmann::json({{"type", "locator.beacon"},
                                                   {"format", "ibeacon"},
                                                   {"address", "ac:23:3f:00:00:01"},
                                                   {"uuid", uuid},
                                                   {"major", 513},
                                                   {"minor", 7},
                                                   {"tx", -59},
                                                   {"rssi", -70}}));
  EXPECT_EQ(read(eddystone_uid), nlohmann::json({{"type", "locator.beacon"},
                                                 {"format", "eddystone-uid"},
                                                 {"address", "ac:23:3f:00:00:01"},
                                                 {"namespace", "edd1ebeac04e5defa017"},
                                                 {"instance", "0bdb87539b67"},
                                                 {"tx", -18},
                                                 {"rssi", -70}}));
  EXPECT_EQ(
      read(hex("0201061bff1801beac2f234454cf6d4a0fadf2f4911ba9ffa600070008c500")).at("format"),
      "altbeacon");
  EXPECT_EQ(read(hex("0b16aafe10ee0361626308")), nlohmann::json()) << "a length beyond the end";
  EXPECT_EQ(read(hex("0a16aafe10ee0361626308")).at("url"), "https://abc.org");
  EXPECT_EQ(read(hex("0a16aafe10ee0461626308")), nlohmann::json()) << "no such scheme";
  const auto tlm = read(eddystone_tlm);
  EXPECT_EQ(tlm.at("battery_mv"), 3000);
  EXPECT_EQ(tlm.at("temperature_centi"), 2150);
  EXPECT_FALSE(tlm.contains("tx"));
  EXPECT_FALSE(tlm.contains("major"));
  EXPECT_EQ(read(hex("1116aafe2000000080000000000100000001")).value("temperature_centi", 1), 1)
      << "0x8000: it has no thermometer";
}

TEST_F(BleDriver, tells_every_report_of_an_event_in_both_forms) {
  rig.arrive(advertising({{ibeacon(1, 1), -60}, {hex("020106"), -40}, {ibeacon(2, 1), -61}}));
  auto events = rig.take_events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[1].at("rssi"), -61);
  rig.arrive(extended(ibeacon(3, 1), -62) + extended(ibeacon(4, 1), -63, 0x20));
  events = rig.take_events();
  ASSERT_EQ(events.size(), 1U) << "the second is a part of something longer";
  EXPECT_EQ(events[0].at("major"), 3);
}

TEST_F(BleDriver, finds_the_next_packet_behind_garbage_and_a_packet_that_was_cut_off) {
  const std::string packet = advertising({{ibeacon(1, 1), -60}});
  rig.arrive(hex("043eff0204ff00040e0410043e") + packet);
  EXPECT_EQ(rig.take_events().size(), 1U);
  EXPECT_EQ(rig.take_faults().size(), 1U);
  rig.arrive(packet.substr(0, 20) + packet);
  EXPECT_EQ(rig.take_events().size(), 1U);
  rig.arrive(packet.substr(0, 20));
  EXPECT_THAT(rig.pending(), ::testing::SizeIs(20));
  rig.advance(1s);
  EXPECT_EQ(rig.pending(), "");
  rig.arrive(packet);
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST_F(BleDriver, makes_up_no_beacon_where_bytes_are_lost) {
  const std::string packet = advertising({{ibeacon(0x0102, 0x0304), -60}});
  for (std::size_t lost = 0; lost < packet.size(); ++lost) {
    std::string damaged = packet;
    damaged.erase(lost, 1);
    rig.arrive(damaged + packet + packet);
    const auto events = rig.take_events();
    EXPECT_GE(events.size(), 1U) << lost;
    for (const auto& event : events) EXPECT_EQ(event.at("minor"), 0x0304) << lost;
    rig.advance(10s);
  }
}

TEST_F(BleDriver, tells_a_beacon_that_is_heard_often_not_more_often_than_is_useful) {
  std::size_t count = 0;
  for (int i = 0; i < 1000; ++i) {
    rig.arrive(advertising({{ibeacon(1, 1), -60}}));
    rig.advance(10ms);
    count += rig.take_events().size();
  }
  EXPECT_GE(count, 20U);
  EXPECT_LE(count, 30U) << "eight, then two a second";
}

TEST_F(BleDriver, bears_all_that_fits_into_the_buffer_at_once) {
  std::string burst;
  while (burst.size() < 30'000) {
    burst += advertising({{ibeacon(static_cast<unsigned>(burst.size()), 1), -60}});
  }
  rig.arrive(burst);
  EXPECT_GT(rig.take_events().size(), 600U);
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

TEST(BleDriverRestricted, tells_the_stores_beacons_alone) {
  Rig rig(
      "locator-ble",
      R"({"beacons":"2F234454-CF6D-4A0F-ADF2-F4911BA9FFA6/5, edd1ebeac04e5defa017 https://abc"})");
  rig.link_up();
  const auto count = [&](const std::string& data, const std::string& address) {
    rig.arrive(advertising({{data, -60}}, address));
    return rig.take_events().size();
  };
  EXPECT_EQ(count(ibeacon(5, 9), "0100003f23ac"), 1U);
  EXPECT_EQ(count(ibeacon(6, 9), "0200003f23ac"), 0U);
  EXPECT_EQ(count(eddystone_uid, "0300003f23ac"), 1U);
  EXPECT_EQ(count(hex("0a16aafe10ee0361626308"), "0400003f23ac"), 1U);
  EXPECT_EQ(count(hex("0a16aafe10ee0361636308"), "0400003f23ac"), 0U);
  EXPECT_EQ(count(eddystone_tlm, "0300003f23ac"), 1U) << "of a beacon that is ours";
  EXPECT_EQ(count(eddystone_tlm, "0600003f23ac"), 0U);
}

}  // namespace
}  // namespace cartwright::test
