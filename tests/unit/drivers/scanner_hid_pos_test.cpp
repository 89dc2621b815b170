#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Symbology, 56 bytes of data, continued: no count, no vendor bytes.
constexpr auto plain =
    "058c0902a1018502150026ff007508950109fb810209fc810209fd8102953809fe82020175019501250109ff810275"
    "078103c0";
// As Honeywell's scanners have it, with the trigger report (4) that sounds and prevents.
constexpr auto full =
    "058c0902a1010912a1028502150026ff00750895010501093b81029503058c09fb09fc09fd8102953809fe820201"
    "0666ff950209040900"
    "8102"
    "058c2501750195"
    "0809ff8102c0"
    "0914a10285041500250175019508"
    "0900095f096009000900098509868102c0c0";

// The same with the trigger report as output.
std::string with_outputs() {
  std::string text = full;
  const std::string input = "098509868102c0c0";
  text.replace(text.rfind(input), input.size(),
               "0985098691"
               "02c0c0");
  return hex(text);
}

std::string report(std::string_view aim, const std::string& data, bool continued) {
  std::string bytes = "\x02" + std::string(1, static_cast<char>(data.size())) + std::string(aim);
  bytes += data + std::string(56 - data.size(), '\0') + std::string(2, '\0');
  return bytes + (continued ? '\x01' : '\0');
}

void plug_in(Rig& rig, std::string_view descriptor) {
  rig.link_up(0, as_bytes(descriptor));
}

std::vector<std::string> told(Rig& rig) {
  std::vector<std::string> texts;
  for (const auto& event : rig.take_events()) {
    texts.push_back(event.value("aim", "") + " " + event.at("data").get<std::string>());
  }
  return texts;
}

TEST(ScannerHidPos, reads_the_published_reports_as_one_label) {
  const auto vectors = published("hid_pos_scanner.json");
  if (!vectors) GTEST_SKIP() << "the vectors are not here";
  Rig rig("scanner-hid-pos");
  rig.link_up();
  std::string whole;
  for (const auto& vector : *vectors) {
    if (vector.at("proto") != "hid_pos_scanner") continue;
    const auto& expect = vector.at("expect");
    const bool fresh = whole.empty();
    whole += expect.at("data").get<std::string>();
    EXPECT_EQ(fresh, rig.pending().empty());
    rig.arrive(hex(vector.at("hex").get<std::string>()));
    const auto events = rig.take_events();
    ASSERT_EQ(events.size(), expect.at("continued") ? 0U : 1U);
    if (expect.at("continued")) continue;
    EXPECT_EQ(events[0].at("data"), whole);
    EXPECT_EQ(events[0].at("aim"), expect.at("aim"));
    whole.clear();
  }
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST(ScannerHidPos, takes_the_layout_from_the_descriptor) {
  Rig rig("scanner-hid-pos");
  plug_in(rig, hex(plain));
  std::string bytes = "\x02]E04006381333931";
  bytes.resize(61, '\0');
  rig.arrive(bytes);
  EXPECT_THAT(told(rig), ElementsAre("]E0 4006381333931"));
  bytes = "\x02]C1" + std::string(56, 'A') + "\x01";
  rig.arrive(bytes);
  EXPECT_THAT(told(rig), IsEmpty());
  bytes = std::string("\x02]C1") + "B\x1d" + "C";
  bytes.resize(61, '\0');
  rig.arrive(bytes);
  EXPECT_THAT(told(rig), ElementsAre("]C1 " + std::string(56, 'A') + "B\x1d" + "C"));
}

TEST(ScannerHidPos, reads_the_class_s_usual_layout_without_descriptor) {
  Rig rig("scanner-hid-pos");
  rig.link_up();
  rig.arrive(report("]E0", "4006381333931", false));
  std::string uncounted = "\x02]E496385074";
  uncounted.resize(61, '\0');
  rig.arrive(uncounted);
  EXPECT_THAT(told(rig), ElementsAre("]E0 4006381333931", "]E4 96385074"));
}

TEST(ScannerHidPos, tells_the_symbology_by_the_maker_s_letter_where_no_aim_id_is_sent) {
  Rig rig("scanner-hid-pos");
  plug_in(rig, with_outputs());
  std::string bytes = report(std::string(3, '\0'), "4006381333931", false);
  bytes[61] = 'd';
  rig.arrive(bytes);
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_FALSE(events[0].contains("aim"));
  EXPECT_EQ(events[0].at("symbology"), "ean13");
}

TEST(ScannerHidPos, drops_a_label_whole_whose_end_does_not_come) {
  Rig rig("scanner-hid-pos");
  rig.link_up();
  rig.arrive(report("]Q1", std::string(56, 'A'), true));
  rig.advance(999ms);
  EXPECT_THAT(rig.take_faults(), IsEmpty());
  rig.advance(1ms);
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("without its end")));
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_THAT(told(rig), ElementsAre("]E0 4006381333931"));
}

TEST(ScannerHidPos, drops_a_label_whole_in_which_another_begins) {
  Rig rig("scanner-hid-pos");
  rig.link_up();
  rig.arrive(report("]Q1", std::string(56, 'A'), true));
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_THAT(told(rig), ElementsAre("]E0 4006381333931"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("another symbology")));
}

TEST(ScannerHidPos, drops_a_label_that_is_too_long_with_its_rest) {
  Rig rig("scanner-hid-pos", R"({"longest":100})");
  rig.link_up();
  for (int i = 0; i < 4; ++i) rig.arrive(report("]Q1", std::string(56, 'A'), true));
  rig.arrive(report("]Q1", "end", false));
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_THAT(told(rig), ElementsAre("]E0 4006381333931"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("longest")));
  EXPECT_THAT(rig.pending(), IsEmpty());
}

TEST(ScannerHidPos, takes_up_no_room_for_a_label_without_end) {
  Rig rig("scanner-hid-pos");
  rig.link_up();
  for (int i = 0; i < 5000; ++i) rig.arrive(report("]Q1", "", true));
  rig.arrive(report("]Q1", "end", false));
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_THAT(told(rig), ElementsAre("]E0 4006381333931"));
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

TEST(ScannerHidPos, reads_anew_after_the_unplug_in_the_middle) {
  Rig rig("scanner-hid-pos");
  rig.link_up();
  rig.arrive(report("]Q1", std::string(56, 'A'), true));
  rig.link_down();
  rig.link_up();
  rig.arrive(report("]Q1", "B", false));
  EXPECT_THAT(told(rig), ElementsAre("]Q1 B"));
}

TEST(ScannerHidPos, calls_a_run_of_garbage_one_fault) {
  Rig rig("scanner-hid-pos");
  plug_in(rig, with_outputs());
  for (const char* bytes : {"07", "00", "02ff5d4530", "02", "ffffffffffffffffffff"}) {
    rig.arrive(hex(bytes));
  }
  rig.arrive("");
  EXPECT_EQ(rig.take_faults().size(), 1U);
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_THAT(told(rig), ElementsAre("]E0 4006381333931"));
  rig.arrive(hex("07"));
  EXPECT_EQ(rig.take_faults().size(), 1U);
}

TEST(ScannerHidPos, drops_the_label_in_whose_middle_garbage_stands) {
  Rig rig("scanner-hid-pos");
  rig.link_up();
  rig.arrive(report("]Q1", std::string(56, 'A'), true));
  rig.arrive(hex("00"));
  rig.arrive(report("]Q1", "rest", false));
  rig.arrive(report("]Q1", "whole", false));
  EXPECT_THAT(told(rig), ElementsAre("]Q1 whole"));
}

TEST(ScannerHidPos, says_what_is_wrong_with_a_descriptor) {
  Rig rig("scanner-hid-pos");
  plug_in(rig, hex("058c0902a10185"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("ends within an item")));
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_THAT(rig.take_events(), IsEmpty());
  EXPECT_EQ(rig.done(rig.command(R"({"check_health":{}})")).status, "device_error");
  rig.link_down();
  plug_in(rig, hex("05010906a101050719e029e715002501750195088102c0"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("HID POS mode")));
  rig.link_down();
  plug_in(rig, with_outputs());
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_EQ(rig.take_events().size(), 1U);
}

TEST(ScannerHidPos, sounds_its_beeps_by_the_bits_of_the_descriptor) {
  Rig rig("scanner-hid-pos");
  plug_in(rig, with_outputs());
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"good"}})")).status, "ok");
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"bad"}})")).status, "ok");
  const auto sent = rig.take_wire();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(to_hex_text(sent[0].data), "0440");
  EXPECT_EQ(to_hex_text(sent[1].data), "0420");
}

TEST(ScannerHidPos, prevents_reading_while_it_is_disabled_also_after_a_replug) {
  Rig rig("scanner-hid-pos");
  plug_in(rig, with_outputs());
  rig.command(R"({"enable":{"enabled":false}})");
  rig.arrive(report("]E0", "4006381333931", false));
  EXPECT_THAT(rig.take_events(), IsEmpty());
  rig.command(R"({"beep":{"kind":"good"}})");
  rig.link_down();
  plug_in(rig, with_outputs());
  rig.command(R"({"enable":{"enabled":true}})");
  std::vector<std::string> sent;
  for (const auto& write : rig.take_wire()) sent.push_back(to_hex_text(write.data));
  EXPECT_THAT(sent, ElementsAre("0402", "0442", "0402", "0400"));
}

TEST(ScannerHidPos, has_no_beep_where_the_descriptor_names_none) {
  Rig rig("scanner-hid-pos");
  plug_in(rig, hex(plain));
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"good"}})")).status, "unsupported");
  EXPECT_EQ(rig.done(rig.command(R"({"enable":{"enabled":false}})")).status, "ok");
  EXPECT_THAT(rig.take_wire(), IsEmpty());
}

TEST(ScannerHidPos, tells_many_labels_that_come_at_once) {
  Rig rig("scanner-hid-pos");
  rig.link_up();
  for (int i = 0; i < 2000; ++i) rig.arrive(report("]E0", std::to_string(i), false));
  EXPECT_EQ(rig.take_events().size(), 2000U);
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

}  // namespace
}  // namespace cartwright::test
