#include <gmock/gmock.h>

#include "base/error.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A scanner with settings of its own; what it told, as aim + data.
struct Scanner {
  explicit Scanner(const std::string& settings = "{}") : rig("scanner-serial", settings) {
    rig.link_up();
  }
  std::vector<std::string> labels() {
    std::vector<std::string> all;
    for (const auto& event : rig.take_events()) {
      all.push_back(event.value("aim", "") + hex(event.at("data_hex").get<std::string>()));
    }
    return all;
  }
  std::vector<std::string> read(const std::string& bytes) {
    rig.arrive(bytes);
    return labels();
  }
  Rig rig;
};

TEST(ScannerSerial, tells_a_label_with_its_aim_identifier_and_symbology) {
  Scanner scanner;
  scanner.rig.arrive("]E04006381333931\r");
  const auto events = scanner.rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0], nlohmann::json::parse(R"({"type":"scanner.data",
      "data_hex":"34303036333831333333393331","data":"4006381333931","symbology":"ean13",
      "aim":"]E0"})"));
}

TEST(ScannerSerial, tells_a_label_without_identifier_as_unknown) {
  Scanner scanner;
  scanner.rig.arrive("4006381333931\r");
  const auto events = scanner.rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("symbology"), "unknown");
  EXPECT_FALSE(events[0].contains("aim"));
}

TEST(ScannerSerial, keeps_identifiers_as_data_where_aim_is_off) {
  Scanner scanner(R"({"aim":"off"})");
  EXPECT_THAT(scanner.read("]E04006381333931\r"), ElementsAre("]E04006381333931"));
}

TEST(ScannerSerial, keeps_group_separators) {
  Scanner scanner;
  EXPECT_THAT(scanner.read("]C10104006381333931\x1d"
                           "10A\r"),
              ElementsAre("]C10104006381333931\x1d"
                          "10A"));
  EXPECT_THAT(scanner.read("[)>\x1e"
                           "06\x1d"
                           "9N1\x1e\x04\r"),
              ElementsAre("[)>\x1e"
                          "06\x1d"
                          "9N1\x1e\x04"));
}

TEST(ScannerSerial, tells_bytes_that_are_no_utf8_as_hexadecimal_alone) {
  Scanner scanner;
  scanner.rig.arrive(
      "\xff"
      "AB\r");
  const auto events = scanner.rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("data_hex"), "ff4142");
  EXPECT_FALSE(events[0].contains("data"));
}

TEST(ScannerSerial, takes_any_line_end_without_a_setting) {
  Scanner scanner;
  EXPECT_THAT(scanner.read("111\r\n222\r\n\r\n333\r"), ElementsAre("111", "222", "333"));
  EXPECT_EQ(scanner.read("\n"), std::vector<std::string>{});
  EXPECT_EQ(scanner.rig.pending(), "");
  EXPECT_THAT(scanner.rig.take_faults(), IsEmpty());
}

TEST(ScannerSerial, keeps_an_incomplete_label_pending) {
  Scanner scanner;
  EXPECT_THAT(scanner.read("4006"), IsEmpty());
  EXPECT_EQ(scanner.rig.pending(), "4006");
  EXPECT_THAT(scanner.read("381333931\r"), ElementsAre("4006381333931"));
}

TEST(ScannerSerial, frames_by_prefix_and_suffix_of_any_bytes) {
  Scanner scanner(R"({"prefix":"\\x02","suffix":"\\x03\r\\n"})");
  EXPECT_THAT(scanner.read("\x02"
                           "111\x03\r\n\x02"
                           "222\x03\r\n"),
              ElementsAre("111", "222"));
  EXPECT_THAT(scanner.rig.take_faults(), IsEmpty());
  EXPECT_THAT(scanner.read("xx\x02"
                           "333\x03\r\n"),
              ElementsAre("333"));
  EXPECT_EQ(scanner.rig.take_faults().size(), 1U);
  EXPECT_THAT(scanner.read("\x02"
                           "44\x02"
                           "555\x03\r\n"),
              ElementsAre("555"))
      << "44 was cut off";
  EXPECT_EQ(scanner.rig.take_faults().size(), 1U);
}

TEST(ScannerSerial, ends_a_label_by_silence) {
  Scanner scanner(R"({"suffix":"","idle_ms":30})");
  EXPECT_THAT(scanner.read("400638"), IsEmpty());
  scanner.rig.advance(20ms);
  EXPECT_THAT(scanner.read("1333931"), IsEmpty());
  scanner.rig.advance(29ms);
  EXPECT_THAT(scanner.labels(), IsEmpty());
  scanner.rig.advance(1ms);
  EXPECT_THAT(scanner.labels(), ElementsAre("4006381333931"));
  EXPECT_EQ(scanner.rig.pending(), "");
}

TEST(ScannerSerial, ends_a_label_by_the_next_prefix) {
  Scanner scanner(R"({"prefix":"$","suffix":"","idle_ms":30})");
  EXPECT_THAT(scanner.read("$111$222"), ElementsAre("111"));
  scanner.rig.advance(30ms);
  EXPECT_THAT(scanner.labels(), ElementsAre("222"));
}

TEST(ScannerSerial, tells_garbage_once_and_reads_the_label_behind_it) {
  Scanner scanner;
  EXPECT_THAT(scanner.read("\0\x01\x7f\xff"s), IsEmpty());
  EXPECT_EQ(scanner.rig.take_faults().size(), 1U);
  EXPECT_EQ(scanner.rig.pending(), "");
  EXPECT_THAT(scanner.read("4006381333931\r"), ElementsAre("4006381333931"));
  EXPECT_THAT(scanner.rig.take_faults(), IsEmpty());
}

TEST(ScannerSerial, never_sells_the_rest_of_a_torn_label) {
  Scanner scanner;
  EXPECT_THAT(scanner.read("40063\0"
                           "81333931\r"s),
              IsEmpty());
  EXPECT_EQ(scanner.rig.take_faults().size(), 1U);
  EXPECT_THAT(scanner.read("96385074\r"), ElementsAre("96385074"));
}

TEST(ScannerSerial, drops_half_a_label_after_a_silence) {
  Scanner scanner;
  scanner.read("400638");
  scanner.rig.advance(1001ms);
  EXPECT_EQ(scanner.rig.pending(), "400638");
  EXPECT_THAT(scanner.read("96385074\r"), ElementsAre("96385074"));
  EXPECT_EQ(scanner.rig.take_faults().size(), 1U);
}

TEST(ScannerSerial, a_slow_scanner_is_no_silence) {
  Scanner scanner;
  for (const char c : "4006381333931"s) {
    scanner.rig.arrive(std::string(1, c));
    scanner.rig.advance(900ms);
  }
  EXPECT_THAT(scanner.read("\r"), ElementsAre("4006381333931"));
}

TEST(ScannerSerial, refuses_a_label_that_is_too_long) {
  Scanner scanner(R"({"longest":10})");
  EXPECT_THAT(scanner.read("1234567890\r"), ElementsAre("1234567890"));
  EXPECT_THAT(scanner.read("12345678901\r"), IsEmpty());
  EXPECT_EQ(scanner.rig.take_faults().size(), 1U);
  EXPECT_THAT(scanner.read(std::string(20'000, '5') + "\r111\r"), ElementsAre("111"));
  EXPECT_EQ(scanner.rig.take_faults().size(), 1U);
}

TEST(ScannerSerial, drops_the_same_label_within_the_lockout) {
  Scanner scanner(R"({"lockout_ms":500})");
  EXPECT_THAT(scanner.read("111\r"), ElementsAre("111"));
  scanner.rig.advance(300ms);
  EXPECT_THAT(scanner.read("111\r"), IsEmpty());
  scanner.rig.advance(300ms);
  EXPECT_THAT(scanner.read("111\r"), IsEmpty()) << "it has been before the reader all the time";
  scanner.rig.advance(500ms);
  EXPECT_THAT(scanner.read("111\r222\r111\r"), ElementsAre("111", "222", "111"));
}

TEST(ScannerSerial, tells_the_same_label_twice_without_a_lockout) {
  Scanner scanner;
  EXPECT_THAT(scanner.read("111\r111\r"), ElementsAre("111", "111"));
}

TEST(ScannerSerial, forgets_half_a_label_when_the_line_goes_down) {
  Scanner scanner;
  scanner.read("400638");
  scanner.rig.link_down();
  scanner.rig.link_up();
  EXPECT_THAT(scanner.read("96385074\r"), ElementsAre("96385074"));
}

TEST(ScannerSerial, survives_more_labels_at_once_than_one_call_can_tell) {
  Scanner scanner;
  std::string many;
  for (int i = 0; i < 5000; ++i) many += std::to_string(i % 10) + "\r";
  scanner.rig.arrive(many);
  scanner.rig.advance(1ms);
  EXPECT_EQ(scanner.labels().size(), 5000U);
  EXPECT_EQ(scanner.rig.counters().rollbacks, 0U);
}

TEST(ScannerSerial, refuses_a_setting_with_an_unknown_escape) {
  EXPECT_THROW(Rig("scanner-serial", R"({"suffix":"\\q"})"), Error);
  EXPECT_THROW(Rig("scanner-serial", R"({"suffix":"\\x0"})"), Error);
  EXPECT_THROW(Rig("scanner-serial", R"({"prefix":"12345678901234567"})"), Error);
}

TEST(ScannerSerial, beeps_where_the_settings_say_how) {
  Scanner mute;
  EXPECT_EQ(mute.rig.done(mute.rig.command(R"({"beep":{"kind":"good"}})")).status, "unsupported");
  Scanner scanner(R"({"beep_good":"\\x07","beep_bad":"\\x07\\x07"})");
  EXPECT_EQ(scanner.rig.done(scanner.rig.command(R"({"beep":{"kind":"bad"}})")).status, "ok");
  const auto wire = scanner.rig.take_wire();
  ASSERT_EQ(wire.size(), 1U);
  EXPECT_EQ(wire[0].data, "\x07\x07");
}

TEST(ScannerSerial, tells_nothing_while_it_is_disabled) {
  Scanner scanner;
  scanner.rig.command(R"({"enable":{"enabled":false}})");
  EXPECT_THAT(scanner.read("111\r"), IsEmpty());
  scanner.rig.command(R"({"enable":{"enabled":true}})");
  EXPECT_THAT(scanner.read("111\r"), ElementsAre("111"));
}

// What a label is to a scanner with that setting: symbology, and the data.
std::string identified(const std::string& label_id, const std::string& label) {
  Scanner scanner(R"({"label_id":")" + label_id + "\"}");
  scanner.rig.arrive(label + "\r");
  const auto events = scanner.rig.take_events();
  if (events.size() != 1) return "no event";
  return events[0].at("symbology").get<std::string>() + " " +
         events[0].at("data").get<std::string>();
}

TEST(ScannerSerialLabelId, of_datalogic) {
  EXPECT_EQ(identified("datalogic", "A060992011187"), "upca 060992011187");
  EXPECT_EQ(identified("datalogic", "E09988750"), "upce 09988750");
  EXPECT_EQ(identified("datalogic", "F1101234567891"), "ean13 1101234567891");
  EXPECT_EQ(identified("datalogic", "FF00210126"), "ean8 00210126");
  EXPECT_EQ(identified("datalogic", "B39289510002308107"), "code128 9289510002308107");
  EXPECT_EQ(identified("datalogic", "R40101044123456789"), "databar 0101044123456789");
  EXPECT_EQ(identified("datalogic", "R4019061414100001815150101"),
            "databar_expanded 019061414100001815150101")
      << "Magellan scanners name both so";
  EXPECT_EQ(identified("datalogic", "A026089019"), "unknown A026089019") << "nine digits: Code 32";
  EXPECT_EQ(identified("datalogic", "AzAztec"), "aztec Aztec");
  EXPECT_EQ(identified("datalogic", "i15400141288763"), "itf14 15400141288763");
  EXPECT_EQ(identified("datalogic", "AC12345"), "unknown AC12345") << "Code 32 shares the A";
  EXPECT_EQ(identified("datalogic_eu", "B4006381333931"), "ean13 4006381333931");
  EXPECT_EQ(identified("datalogic_eu", "A96385074"), "ean8 96385074");
  EXPECT_EQ(identified("datalogic_eu", "T#1"), "code128 #1");
}

TEST(ScannerSerialLabelId, of_honeywell) {
  EXPECT_EQ(identified("honeywell", "d4006381333931"), "ean13 4006381333931");
  EXPECT_EQ(identified("honeywell", "D96385074"), "ean8 96385074");
  EXPECT_EQ(identified("honeywell", "c036000291452"), "upca 036000291452");
  EXPECT_EQ(identified("honeywell", "E01234565"), "upce 01234565");
  EXPECT_EQ(identified("honeywell", "I0104006381333931"), "gs1_128 0104006381333931");
  EXPECT_EQ(identified("honeywell", "y0104006381333931"), "databar 0104006381333931");
  EXPECT_EQ(identified("honeywell", "}0104006381333931"), "databar_expanded 0104006381333931");
  EXPECT_EQ(identified("honeywell", "sHELLO"), "qr HELLO");
  EXPECT_EQ(identified("honeywell", "wHELLO"), "datamatrix HELLO");
}

TEST(ScannerSerialLabelId, of_zebra) {
  EXPECT_EQ(identified("zebra", "A4006381333931"), "ean13 4006381333931");
  EXPECT_EQ(identified("zebra", "A036000291452"), "upca 036000291452");
  EXPECT_EQ(identified("zebra", "A96385074"), "unknown 96385074") << "or UPC-E";
  EXPECT_EQ(identified("zebra", "A425261"), "upce 425261");
  EXPECT_EQ(identified("zebra", "K0104006381333931"), "gs1_128 0104006381333931");
  EXPECT_EQ(identified("zebra", "R01040063813339313103000500"),
            "databar_expanded 01040063813339313103000500");
  EXPECT_EQ(identified("zebra", "P00HELLO"), "datamatrix HELLO");
  EXPECT_EQ(identified("zebra", "P0QHELLO"), "gs1_qr HELLO");
  EXPECT_EQ(identified("zebra", "]E04006381333931"), "ean13 4006381333931");
  EXPECT_EQ(identified("zebra", "A"), "unknown A");
}

TEST(ScannerSerialLabelId, of_nobody) {
  EXPECT_EQ(identified("none", "]E04006381333931"), "unknown ]E04006381333931");
  EXPECT_EQ(identified("aim", "]E04006381333931"), "ean13 4006381333931");
  EXPECT_EQ(identified("aim", "d4006381333931"), "unknown d4006381333931");
}

}  // namespace
}  // namespace cartwright::test
