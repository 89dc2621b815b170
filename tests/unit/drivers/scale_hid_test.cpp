#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint32_t dymo_m25 = 0x09228004;
constexpr std::uint32_t stamps_510 = 0x14466A73;
constexpr std::uint32_t stamps_550 = 0x24740550;
constexpr std::uint32_t radio_shack = 0x22336323;

// Attribute 1, control 2, data 3, limit 5, statistics 6, as postal scales have it.
constexpr auto postal =
    "058d0920a1010930a1028501750895011501"
    "0927a102250a1921292ab100c00950a102250c1951295cb100c0c0"
    "0931a1028502750195021500250109810980910275069501"
    "9103c0"
    "0932a10285037508"
    "15010970a102250819712978"
    "8100c00950a102250c1951295c8100c0"
    "1581257f0941810275101500"
    "27ffff000009408102c0"
    "0935a10285067510950215"
    "0027ffff000009600961b103c0c0";

// A scale whose control report is a feature report and whose weight has 24 bits and a sign.
constexpr auto other =
    "058d0920a1010931a1028502750195011500250109"
    "80b102950775019501b103c0"
    "0932a1028504"
    "1800"
    "7508950115012508197129788100"
    "250c1951295c8100"
    "1581257f09418102"
    "1700"
    "0080ff27ffff7f007518"
    "09408102c0c0";

// No status, the unit by the Unit item: grams, one digit.
constexpr auto mute = "058d0920a10166010155ff150027ffff00007510950109408102c0";

std::string shortly(const nlohmann::json& event) {
  if (event.contains("status")) return event.at("status");
  return event.at("indicated").get<std::string>() + " " + event.at("unit").get<std::string>() +
         (event.at("stable") ? "" : " unstable");
}

std::vector<std::string> told(Rig& rig) {
  std::vector<std::string> texts;
  for (const auto& event : rig.take_events()) texts.push_back(shortly(event));
  return texts;
}

void plug_in(Rig& rig, std::string_view descriptor, std::uint32_t usb_id = 0) {
  rig.link_up(0, as_bytes(hex(descriptor)), usb_id);
}

TEST(ScaleHid, reads_the_published_reports) {
  const auto vectors = published("hid_scale.json");
  if (!vectors) GTEST_SKIP() << "the vectors are not here";
  for (const auto& vector : *vectors) {
    auto bytes = vector.at("hex").get<std::string>();
    if (bytes.starts_with("XX")) bytes.replace(0, 2, "04");
    const auto& expect = vector.at("expect");
    for (const bool described : {false, true}) {
      if (described && !expect.contains("raw")) continue;
      Rig rig("scale-hid");
      rig.link_up(0, as_bytes(described ? hex(postal) : ""));
      rig.arrive(hex(bytes));
      const auto events = rig.take_events();
      ASSERT_EQ(events.size(), 1U) << bytes;
      EXPECT_THAT(rig.take_faults(), IsEmpty());
      if (expect.value("raw", 1) == 0) {
        EXPECT_EQ(events[0].at("status"), "stable_zero");
        continue;
      }
      const double value = expect.contains("value") ? expect.at("value") : expect.at("value_oz");
      EXPECT_EQ(std::stod(events[0].at("indicated").get<std::string>()), value);
      EXPECT_EQ(events[0].at("unit"), expect.value("unit", "oz"));
      EXPECT_EQ(events[0].at("stable"), true);
    }
  }
}

TEST(ScaleHid, weighs_in_the_units_of_the_usage_tables_without_rounding) {
  const std::map<int, std::pair<std::string, std::int64_t>> expected{
      {1, {"25 mg", 25'000}},
      {2, {"25 g", 25'000'000}},
      {3, {"25 kg", 25'000'000'000}},
      {4, {"5.0 g", 5'000'000}},
      {6, {"1619.97275 mg", 1'619'973}},
      {7, {"38879.34600 mg", 38'879'346}},
      {8, {"25000 kg", 25'000'000'000'000}},
      {9, {"50000 lb", 22'679'618'500'000}},
      {10, {"777.5869200 g", 777'586'920}},
      {11, {"25 oz", 708'738'078}},
      {12, {"25 lb", 11'339'809'250}},
  };
  for (const auto& [unit, weight] : expected) {
    Rig rig("scale-hid");
    rig.link_up();
    rig.arrive(std::string("\x03\x04") + static_cast<char>(unit) + std::string("\x00\x19\x00", 3));
    const auto events = rig.take_events();
    ASSERT_EQ(events.size(), 1U) << unit;
    EXPECT_EQ(shortly(events[0]), weight.first);
    EXPECT_EQ(events[0].at("micrograms"), weight.second);
  }
}

TEST(ScaleHid, refuses_units_that_are_none_or_differ_by_country) {
  Rig rig("scale-hid");
  rig.link_up();
  rig.arrive(hex("030405001900"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("taels")));
  rig.arrive(hex("03040d001900"));
  EXPECT_THAT(rig.take_faults(), IsEmpty()) << "one fault for a run";
  rig.arrive(hex("030402001900"));
  rig.arrive(hex("030400001900"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("unknown unit")));
  EXPECT_THAT(told(rig), ElementsAre("25 g"));
}

TEST(ScaleHid, is_stable_only_when_the_scale_says_so) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  for (const char* report : {"03020200"
                             "0000",
                             "030302001900", "030302003000", "030402003200"}) {
    rig.arrive(hex(report));
  }
  EXPECT_THAT(told(rig), ElementsAre("stable_zero", "25 g unstable", "48 g unstable", "50 g"));
}

TEST(ScaleHid, takes_the_same_weight_after_motion_as_another_weighing) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  rig.arrive(hex("030402003200"));
  rig.arrive(hex("030402003200"));
  EXPECT_THAT(told(rig), ElementsAre("50 g"));
  rig.arrive(hex("030202000000"));
  rig.arrive(hex("030402003200"));
  EXPECT_THAT(told(rig), ElementsAre("stable_zero", "50 g"));
  rig.arrive(hex("030302003200"));
  rig.arrive(hex("030402003200"));
  EXPECT_THAT(told(rig), ElementsAre("50 g unstable", "50 g"));
}

TEST(ScaleHid, takes_the_sign_from_the_status) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  rig.arrive(hex("03050bff4e00"));
  rig.arrive(hex("03050bff4e00"));
  rig.arrive(hex("03050bff4f00"));
  EXPECT_THAT(told(rig), ElementsAre("under_zero", "-7.8 oz unstable", "-7.9 oz unstable"));
  rig.arrive(hex("03040bff4e00"));
  EXPECT_THAT(told(rig), ElementsAre("7.8 oz"));
  rig.arrive(hex("03050bff4e00"));
  EXPECT_THAT(told(rig), ElementsAre("under_zero", "-7.8 oz unstable"));
}

TEST(ScaleHid, takes_the_sign_of_a_signed_number_once) {
  Rig rig("scale-hid");
  plug_in(rig, other);
  rig.arrive(hex("040502fe9cffff"));
  EXPECT_THAT(told(rig), ElementsAre("under_zero", "-1.00 g unstable"));
  rig.arrive(hex("040402fe640000"));
  EXPECT_THAT(told(rig), ElementsAre("1.00 g"));
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST(ScaleHid, tells_each_status_of_the_tables) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  for (const char* report : {"03060200"
                             "ffff",
                             "030702000000", "030802000000", "030102000000"}) {
    rig.arrive(hex(report));
  }
  EXPECT_THAT(told(rig), ElementsAre("over_capacity", "needs_calibration", "needs_zero", "fault"));
  rig.arrive(hex("030902000000"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("unknown status")));
}

TEST(ScaleHid, drops_the_old_first_report_of_a_known_device_after_each_plugging_in) {
  Rig rig("scale-hid");
  for (int i = 0; i < 2; ++i) {
    plug_in(rig, postal, dymo_m25);
    rig.arrive(hex("03040200d204"));
    EXPECT_THAT(told(rig), IsEmpty());
    rig.arrive(hex("030402003200"));
    EXPECT_THAT(told(rig), ElementsAre("50 g")) << "an item that lies there at the start is read";
    rig.link_down();
  }
  Rig unknown("scale-hid");
  plug_in(unknown, postal);
  unknown.arrive(hex("030402003200"));
  EXPECT_THAT(told(unknown), ElementsAre("50 g"));
}

TEST(ScaleHid, takes_the_first_report_where_no_second_comes) {
  Rig rig("scale-hid");
  plug_in(rig, postal, dymo_m25);
  rig.arrive(hex("030402003200"));
  const auto op = rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  rig.advance(999ms);
  EXPECT_THAT(told(rig), IsEmpty());
  rig.advance(1ms);
  EXPECT_THAT(told(rig), ElementsAre("50 g"));
  EXPECT_EQ(rig.done(op).result.at("grams"), 50);
}

TEST(ScaleHid, obeys_the_setting_for_the_first_report) {
  Rig drops("scale-hid", R"({"first_report":"drop"})");
  plug_in(drops, postal);
  drops.arrive(hex("03040200d204"));
  drops.arrive(hex("030402003200"));
  EXPECT_THAT(told(drops), ElementsAre("50 g"));
  Rig keeps("scale-hid", R"({"first_report":"keep"})");
  plug_in(keeps, postal, dymo_m25);
  keeps.arrive(hex("030402003200"));
  EXPECT_THAT(told(keeps), ElementsAre("50 g"));
}

TEST(ScaleHid, says_which_devices_are_no_scales_of_the_class) {
  Rig rig("scale-hid");
  plug_in(rig, postal, radio_shack);
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("RadioShack 26-950")));
  rig.arrive(hex("030402003200"));
  EXPECT_THAT(told(rig), IsEmpty());
  rig.link_down();
  plug_in(rig, "05010906a101050719e029e715002501750195088102c0");
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("8d:40")));
  rig.link_down();
  plug_in(rig, "058d0920a1");
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("ends within an item")));
  EXPECT_EQ(rig.done(rig.command(R"({"check_health":{}})")).status, "device_error");
}

TEST(ScaleHid, takes_a_weight_that_stands_still_where_no_status_is_told) {
  Rig rig("scale-hid");
  plug_in(rig, mute);
  rig.arrive(hex("6400"));
  rig.advance(400ms);
  rig.arrive(hex("6500"));
  rig.advance(499ms);
  EXPECT_THAT(told(rig), ElementsAre("10.0 g unstable", "10.1 g unstable"));
  rig.advance(1ms);
  EXPECT_THAT(told(rig), ElementsAre("10.1 g"));
  rig.arrive(hex("0000"));
  rig.advance(500ms);
  EXPECT_THAT(told(rig), ElementsAre("0.0 g unstable", "stable_zero"));
}

TEST(ScaleHid, does_so_with_a_device_known_for_its_wrong_status) {
  Rig rig("scale-hid", R"({"first_report":"keep"})");
  plug_in(rig, postal, stamps_510);
  rig.arrive(hex("030000ff1b01"));
  EXPECT_THAT(told(rig), ElementsAre("28.3 oz unstable"));
  rig.advance(500ms);
  EXPECT_THAT(told(rig), ElementsAre("28.3 oz"));
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST(ScaleHid, reads_a_weight_from_a_scale_that_is_silent_while_nothing_moves) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  rig.arrive(hex("030402003200"));
  const auto op = rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(500ms);
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("grams"), 50);
}

TEST(ScaleHid, reads_the_next_stable_weight_and_no_earlier_one) {
  Rig rig("scale-hid", R"({"live":false})");
  plug_in(rig, postal);
  rig.arrive(hex("030402003200"));
  EXPECT_THAT(told(rig), IsEmpty()) << "not live";
  const auto op = rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  rig.advance(100ms);
  rig.arrive(hex("030302004000"));
  rig.advance(1s);
  EXPECT_TRUE(rig.is_open(op));
  rig.arrive(hex("030402004600"));
  EXPECT_EQ(rig.done(op).result.at("grams"), 70);
}

TEST(ScaleHid, ends_a_read_that_can_not_succeed) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  auto op = rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  rig.arrive(hex("03060200ffff"));
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  op = rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  rig.arrive(hex("030502001900"));
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  op = rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  rig.arrive(hex("030302001900"));
  rig.advance(3s);
  EXPECT_EQ(rig.done(op).status, "motion");
  op = rig.command(R"({"read":{}})");
  rig.link_down();
  EXPECT_EQ(rig.done(op).status, "link_down");
}

TEST(ScaleHid, zeroes_by_the_control_report_of_the_descriptor) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  auto op = rig.command(R"({"zero":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  auto sent = rig.take_wire();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(to_hex_text(sent[0].data), "0202");
  EXPECT_EQ(sent[0].kind, CW_IO_WRITE);
  rig.arrive(hex("030402000100"));
  EXPECT_TRUE(rig.is_open(op));
  rig.arrive(hex("030202000000"));
  EXPECT_EQ(rig.done(op).status, "ok");
  rig.link_down();

  plug_in(rig, other);
  op = rig.command(R"({"zero":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  sent = rig.take_wire();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(to_hex_text(sent[0].data), "0201");
  EXPECT_EQ(sent[0].kind, CW_IO_FEATURE_SET);
  rig.advance(3s);
  EXPECT_EQ(rig.done(op).status, "timeout");
  rig.link_down();

  plug_in(rig, postal, stamps_550);
  EXPECT_EQ(rig.done(rig.command(R"({"zero":{}})")).status, "unsupported");
  EXPECT_EQ(rig.done(rig.command(R"({"tare":{"indicated":"1","unit":"g"}})")).status,
            "unsupported");
}

TEST(ScaleHid, asks_for_the_statistics_to_see_whether_the_scale_lives) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  rig.set_feature(6, hex("0601000200"));
  EXPECT_EQ(rig.done(rig.command(R"({"check_health":{}})")).status, "ok");
  rig.link_down();
  plug_in(rig, other);
  const auto op = rig.command(R"({"check_health":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  EXPECT_TRUE(rig.is_open(op));
  rig.arrive(hex("040402fe640000"));
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST(ScaleHid, tells_nothing_while_disabled_and_then_what_lies_there) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  rig.command(R"({"enable":{"enabled":false}})");
  rig.arrive(hex("030402003200"));
  EXPECT_THAT(told(rig), IsEmpty());
  rig.command(R"({"enable":{"enabled":true}})");
  EXPECT_THAT(told(rig), ElementsAre("50 g"));
}

TEST(ScaleHid, calls_a_run_of_garbage_one_fault) {
  Rig rig("scale-hid");
  plug_in(rig, postal);
  for (const char* report : {"", "03", "0304", "030402", "09040200", "ff", "0300"}) {
    rig.arrive(hex(report));
  }
  EXPECT_EQ(rig.take_faults().size(), 1U);
  rig.arrive(
      hex("0003040b"
          "ff3100"));
  EXPECT_THAT(told(rig), ElementsAre("4.9 oz")) << "a zero before the report ID";
}

}  // namespace
}  // namespace cartwright::test
