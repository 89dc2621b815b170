#include "effects.hpp"

namespace cartwright::conformance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Symbology, 56 bytes of data, continued; no count.
constexpr const char* kScanner =
    "058c0902a1018502150026ff007508950109fb810209fc810209fd8102953809fe82020175019501250109ff810275"
    "078103c0";
// Control report 2 with the zero bit, data report 3 with 16 bits of weight.
constexpr const char* kScale =
    "058d0920a1010931a10285027501950215002501098109809102750695019103c0"
    "0932a102850375089501150109"
    "70a1022508197129788100c00950a102250c1951295c8100c0"
    "1581257f094181027510150027ffff000009408102c0c0";

std::string padded(std::string hex, std::size_t bytes) {
  hex.resize(bytes * 2, '0');
  return hex;
}

std::string weight(const std::string& indicated, const std::string& unit,
                   const std::string& micrograms, const std::string& grams, bool stable) {
  return R"({"effect":"event","type":"scale.weight","indicated":")" + indicated + R"(","unit":")" +
         unit + R"(","micrograms":)" + micrograms + (grams.empty() ? "" : R"(,"grams":)" + grams) +
         R"(,"stable":)" + (stable ? "true" : "false") + R"(,"net":false,"zero":false})";
}

constexpr const char* kMilk =
    R"({"effect":"event","type":"scanner.data","data_hex":"34303036333831333333393331",)"
    R"("data":"4006381333931","symbology":"ean13","aim":"]E0","gtin":"04006381333931"})";

TEST(DecodeHidPos, reads_each_hex_as_one_report_by_the_descriptor) {
  const std::string label = padded("02" + hex_of("]E04006381333931"), 61);
  EXPECT_THAT(decode({"scanner-hid-pos", "--descriptor", kScanner, "--hex", label}),
              ElementsAre(kMilk));
  EXPECT_THAT(decode({"scanner-hid-pos", "--descriptor", kScanner, "--hex", label, label}),
              ElementsAre(kMilk, kMilk));
}

TEST(DecodeHidPos, reads_the_usual_layout_without_descriptor) {
  EXPECT_THAT(decode({"scanner-hid-pos", "--hex", padded("020d" + hex_of("]E04006381333931"), 64)}),
              ElementsAre(kMilk));
}

TEST(DecodeHidPos, shows_the_parts_of_an_unfinished_label_as_pending) {
  const std::string part = "0238" + hex_of("]Q1" + std::string(56, 'A')) + "000001";
  EXPECT_THAT(decode({"scanner-hid-pos", "--hex", part}), ElementsAre(pending(part)));
  const Strings whole =
      decode({"scanner-hid-pos", "--hex", part, padded("0203" + hex_of("]Q1end"), 64)});
  ASSERT_EQ(whole.size(), 1u);
  EXPECT_EQ(Json::parse(whole[0])["data"], std::string(56, 'A') + "end");
}

TEST(DecodeHidPos, calls_garbage_a_fault) {
  const Strings lines = decode({"scanner-hid-pos", "--descriptor", kScanner, "--hex", "ff", "00"});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], testing::MatchesRegex(R"(\{"effect":"fault","text":"[^"]+"\})"));
}

TEST(DecodeHidPos, says_what_is_wrong_with_the_descriptor) {
  const Strings cut = decode({"scanner-hid-pos", "--descriptor", "058c0902a10185", "--hex", "02"});
  ASSERT_EQ(cut.size(), 1u);
  EXPECT_THAT(cut[0], HasSubstr("ends within an item"));
  const Strings other = decode({"scanner-hid-pos", "--descriptor", kScale});
  ASSERT_EQ(other.size(), 1u);
  EXPECT_THAT(other[0], HasSubstr("no report with scanned data"));
}

TEST(DecodeHid, refuses_a_descriptor_that_is_not_hexadecimal) {
  for (const char* text : {"zz", "058"}) {
    const Result result = run({"decode", "scanner-hid-pos", "--descriptor", text});
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.output, "");
    EXPECT_THAT(result.errors, HasSubstr("--descriptor"));
  }
}

TEST(DecodeHid, refuses_a_descriptor_for_what_is_no_hid_device) {
  const Result result = run({"decode", "scanner-serial", "--descriptor", "0501"});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.output, "");
  EXPECT_THAT(result.errors, HasSubstr("--descriptor"));
}

TEST(DecodeHid, gives_usb_ids_for_the_tables_of_odd_devices) {
  const Strings told =
      decode({"scale-hid", "--usb", "0922:8004", "--hex", "03040200d204", "--hex", "030402006e03"});
  EXPECT_THAT(told, ElementsAre(weight("878", "g", "878000000", "878", true)));
  const Result result = run({"decode", "scale-hid", "--usb", "0922"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.errors, HasSubstr("--usb"));
}

TEST(DecodeScaleHid, tells_weights_with_unit_exponent_and_sign_of_the_status) {
  EXPECT_THAT(decode({"scale-hid", "--hex", "030402006e03"}),
              ElementsAre(weight("878", "g", "878000000", "878", true)));
  EXPECT_THAT(decode({"scale-hid", "--descriptor", kScale, "--hex", "03040bff4e00"}),
              ElementsAre(weight("7.8", "oz", "221126280", "", true)));
  EXPECT_THAT(
      decode({"scale-hid", "--descriptor", kScale, "--hex", "03050bff4e00"}),
      ElementsAre(scale_status("under_zero"), weight("-7.8", "oz", "-221126280", "", false)));
  EXPECT_THAT(decode({"scale-hid", "--hex", "03040bff0000"}),
              ElementsAre(scale_status("stable_zero")));
  EXPECT_THAT(decode({"scale-hid", "--hex", "030302001900", "030402001900"}),
              ElementsAre(weight("25", "g", "25000000", "25", false),
                          weight("25", "g", "25000000", "25", true)));
}

TEST(DecodeScaleHid, zeroes_by_the_descriptor) {
  EXPECT_THAT(decode({"scale-hid", "--descriptor", kScale, "--command", R"({"zero":{}})", "--hex",
                      "030202000000"}),
              ElementsAre(send("0202"), scale_status("stable_zero"), done(1, "ok")));
  EXPECT_THAT(decode({"scale-hid", "--command", R"({"zero":{}})"}),
              ElementsAre(done(1, "unsupported")));
}

TEST(DecodeHidKeyboard, reads_what_is_typed_with_its_group_separator) {
  Strings typed{"scanner-hid-keyboard", "--hex"};
  for (const char* report :
       {"00001e0000000000", "0100300000000000", "00001f0000000000", "0000280000000000"}) {
    typed.emplace_back(report);
    typed.emplace_back("0000000000000000");
  }
  EXPECT_THAT(decode(typed),
              ElementsAre(R"({"effect":"event","type":"scanner.data","data_hex":"311d32",)"
                          R"("data":"1\u001d2","symbology":"unknown"})"));
}

TEST(DecodeHidKeyboard, says_nothing_before_the_suffix) {
  EXPECT_THAT(decode({"scanner-hid-keyboard", "--hex", "00001e0000000000"}), IsEmpty());
}

TEST(SimulateHid, says_that_a_usb_device_has_no_line_to_serve) {
  for (const char* protocol : {"hid-pos", "hid-scale", "hid-keyboard"}) {
    const Result result = run({"simulate", protocol});
    EXPECT_EQ(result.code, 2);
    EXPECT_THAT(result.errors, HasSubstr("USB device"));
  }
}

}  // namespace
}  // namespace cartwright::conformance
