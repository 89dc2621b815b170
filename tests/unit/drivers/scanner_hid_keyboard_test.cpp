#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint8_t ctrl = 0x01;
constexpr std::uint8_t shift = 0x02;
constexpr std::uint8_t alt = 0x04;
constexpr std::uint8_t alt_gr = 0x40;
constexpr std::uint8_t enter = 0x28;

// A person at the keyboard of a rig.
class Typist {
 public:
  explicit Typist(const std::string& settings = "{}", std::string_view descriptor = {})
      : rig("scanner-hid-keyboard", settings) {
    rig.link_up(0, as_bytes(descriptor));
  }

  void report(std::initializer_list<int> bytes) {
    std::string text;
    for (const int byte : bytes) text += static_cast<char>(byte);
    rig.arrive(text);
  }
  void press(int key, int modifiers = 0) {
    report({modifiers, 0, key, 0, 0, 0, 0, 0});
    report({0, 0, 0, 0, 0, 0, 0, 0});
  }
  void digits(std::string_view text) {
    for (const char c : text) press(c == '0' ? 0x27 : 0x1E + c - '1');
  }
  void alt_code(std::string_view text) {
    for (const char c : text) {
      report({alt, 0, c == '0' ? 0x62 : 0x59 + c - '1', 0, 0, 0, 0, 0});
      report({alt, 0, 0, 0, 0, 0, 0, 0});
    }
    report({0, 0, 0, 0, 0, 0, 0, 0});
  }
  std::vector<std::string> told() {
    std::vector<std::string> texts;
    for (const auto& event : rig.take_events()) {
      const std::string aim = event.value("aim", "");
      texts.push_back((aim.empty() ? "" : aim + " ") + event.at("data").get<std::string>());
    }
    return texts;
  }

  Rig rig;
};

TEST(ScannerHidKeyboard, reads_what_is_typed_up_to_enter) {
  Typist typist;
  typist.digits("4006381333931");
  EXPECT_THAT(typist.told(), IsEmpty());
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("4006381333931"));
  typist.press(enter);
  EXPECT_THAT(typist.told(), IsEmpty());
}

TEST(ScannerHidKeyboard, splits_the_aim_identifier_off) {
  Typist typist;
  typist.press(0x30);
  typist.press(0x08, shift);
  typist.digits("04006381333931");
  typist.press(enter);
  const auto events = typist.rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("data"), "4006381333931");
  EXPECT_EQ(events[0].at("symbology"), "ean13");
}

TEST(ScannerHidKeyboard, types_the_keys_of_the_us_layout) {
  Typist typist(R"({"aim":"off"})");
  for (int key = 0x04; key <= 0x38; ++key) {
    if (key >= 0x28 && key <= 0x2B) continue;
    if (key == 0x32) continue;
    typist.press(key);
    typist.press(key, shift);
  }
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ"
                                         "1!2@3#4$5%6^7&8*9(0)  -_=+[{]}\\|;:'\"`~,<.>/?"));
}

TEST(ScannerHidKeyboard, types_the_keys_of_the_german_layout) {
  Typist typist(R"({"layout":"de","aim":"off"})");
  for (int key = 0x1C; key <= 0x38; ++key) {
    if (key >= 0x28 && key <= 0x2B) continue;
    if (key == 0x31 || key == 0x2E || key == 0x35) continue;
    typist.press(key);
    typist.press(key, shift);
  }
  typist.press(0x64);
  typist.press(0x64, shift);
  for (const int key : {0x14, 0x08, 0x24, 0x25, 0x26, 0x27, 0x2D, 0x30, 0x64}) {
    typist.press(key, alt_gr);
  }
  typist.press(0x14, ctrl | alt);
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("zZyY1!2\"3§4$5%6&7/8(9)0=  ß?üÜ+*#'öÖäÄ,;.:-_<>"
                                         "@€{[]}\\~|@"));
}

TEST(ScannerHidKeyboard, joins_dead_keys_with_what_follows) {
  Typist typist(R"({"layout":"de"})");
  typist.press(0x2E);  // acute, e
  typist.press(0x08);
  typist.press(0x2E, shift);  // grave, A
  typist.press(0x04, shift);
  typist.press(0x35);  // circumflex, space
  typist.press(0x2C);
  typist.press(0x35);  // circumflex, x
  typist.press(0x1B);
  typist.press(0x35);  // circumflex, Enter
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("éÀ^^x^"));
}

TEST(ScannerHidKeyboard, keeps_group_separators_however_they_are_typed) {
  for (const char* layout : {R"({"layout":"us"})", R"({"layout":"de"})"}) {
    Typist typist(layout);
    typist.digits("1");
    typist.press(0x30, ctrl);
    typist.digits("2");
    typist.alt_code("029");
    typist.digits("3");
    typist.alt_code("0029");
    typist.digits("4");
    typist.alt_code("29");
    typist.press(enter);
    EXPECT_THAT(typist.told(), ElementsAre("1\x1d"
                                           "2\x1d"
                                           "3\x1d"
                                           "4\x1d"));
  }
  Typist typist(R"({"gs_key":65})");
  typist.digits("1");
  typist.press(0x41);
  typist.digits("2");
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("1\x1d"
                                         "2"));
}

TEST(ScannerHidKeyboard, types_any_character_by_its_number) {
  Typist typist;
  for (const char* code : {"065", "0228", "132", "0128"}) typist.alt_code(code);
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("Aää€"));
  typist.alt_code("300");
  typist.press(enter);
  EXPECT_THAT(typist.told(), IsEmpty());
  EXPECT_THAT(typist.rig.take_faults(), ElementsAre(HasSubstr("number with Alt")));
}

TEST(ScannerHidKeyboard, obeys_caps_lock_for_letters_only) {
  Typist typist;
  typist.press(0x39);
  typist.press(0x04);
  typist.press(0x04, shift);
  typist.press(0x1E);
  typist.press(0x39);
  typist.press(0x04);
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("Aa1a"));
}

TEST(ScannerHidKeyboard, takes_a_key_twice_only_when_it_was_released) {
  Typist typist;
  typist.report({0, 0, 0x1E, 0, 0, 0, 0, 0});
  typist.report({0, 0, 0x1E, 0, 0, 0, 0, 0});
  typist.report({0, 0, 0x1E, 0x1F, 0, 0, 0, 0});
  typist.report({0, 0, 0x1F, 0, 0, 0, 0, 0});
  typist.report({0, 0, 0x1F, 0x1E, 0, 0, 0, 0});
  typist.report({0, 0, 0x20, 0x21, 0, 0, 0, 0});
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("12134"));
}

TEST(ScannerHidKeyboard, ignores_the_phantom_state) {
  Typist typist;
  typist.report({0, 0, 0x1E, 0, 0, 0, 0, 0});
  typist.report({0, 0, 1, 1, 1, 1, 1, 1});
  typist.report({0, 0, 0x1E, 0, 0, 0, 0, 0});
  typist.report({0, 0, 0, 0, 0, 0, 0, 0});
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("1"));
}

TEST(ScannerHidKeyboard, ends_labels_by_tab_or_by_silence) {
  Typist tab(R"({"suffix":"tab"})");
  tab.digits("12");
  tab.press(0x2B);
  EXPECT_THAT(tab.told(), ElementsAre("12"));
  Typist silence(R"({"suffix":"silence","idle_ms":50})");
  silence.digits("12");
  silence.press(enter);
  silence.rig.advance(49ms);
  EXPECT_THAT(silence.told(), IsEmpty());
  silence.rig.advance(1ms);
  EXPECT_THAT(silence.told(), ElementsAre("12"));
}

TEST(ScannerHidKeyboard, drops_a_label_without_its_suffix) {
  Typist typist;
  typist.digits("12");
  typist.rig.advance(1s);
  EXPECT_THAT(typist.rig.take_faults(), ElementsAre(HasSubstr("suffix")));
  typist.digits("34");
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("34"));
}

TEST(ScannerHidKeyboard, drops_a_label_whole_with_a_key_that_types_nothing) {
  Typist typist;
  typist.digits("12");
  typist.press(0x3A);  // F1
  typist.digits("34");
  typist.press(enter);
  EXPECT_THAT(typist.told(), IsEmpty());
  EXPECT_THAT(typist.rig.take_faults(), ElementsAre(HasSubstr("layout")));
  typist.digits("56");
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("56"));
}

TEST(ScannerHidKeyboard, drops_what_is_too_long_and_forgets_at_an_unplug) {
  Typist typist(R"({"longest":4})");
  typist.digits("12345678");
  typist.press(enter);
  EXPECT_THAT(typist.told(), IsEmpty());
  EXPECT_EQ(typist.rig.take_faults().size(), 1U);
  typist.digits("12");
  typist.rig.link_down();
  typist.rig.link_up();
  typist.digits("34");
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("34"));
}

TEST(ScannerHidKeyboard, takes_the_layout_of_the_report_from_the_descriptor) {
  // Report 5: a bit map of keys 4 to 0x73 after the modifiers; report 6 is of a mouse.
  Typist typist("{}", hex("05010906a1018505050719e029e71500250175019508810219042973957081"
                          "02c005010902a101850605091901290395037501810295057501"
                          "8103c0"));
  EXPECT_THAT(typist.rig.take_faults(), IsEmpty());
  const auto press = [&](int key) {
    std::string report(16, '\0');
    report[0] = 5;
    const int bit = key - 4;
    report[static_cast<std::size_t>(2 + bit / 8)] = static_cast<char>(1 << (bit % 8));
    typist.rig.arrive(report);
    typist.rig.arrive(std::string("\x05") + std::string(15, '\0'));
  };
  press(0x1E);
  typist.rig.arrive(hex("0601"));
  press(0x1F);
  press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("12"));
}

TEST(ScannerHidKeyboard, says_what_is_wrong_with_descriptor_and_reports) {
  Typist typist("{}", hex("058c0902a101750895010901"
                          "8102c0"));
  EXPECT_THAT(typist.rig.take_faults(), ElementsAre(HasSubstr("no keys")));
  typist.digits("12");
  typist.press(enter);
  EXPECT_THAT(typist.told(), IsEmpty());
  Typist boot;
  boot.report({});
  boot.report({0});
  boot.report({0, 0});
  EXPECT_EQ(boot.rig.take_faults().size(), 1U);
  boot.digits("12");
  boot.report({0});
  boot.digits("34");
  boot.press(enter);
  EXPECT_THAT(boot.told(), IsEmpty());
  EXPECT_EQ(boot.rig.take_faults().size(), 1U);
}

TEST(ScannerHidKeyboard, tells_nothing_while_disabled) {
  Typist typist;
  typist.rig.command(R"({"enable":{"enabled":false}})");
  typist.digits("12");
  typist.press(enter);
  typist.rig.command(R"({"enable":{"enabled":true}})");
  typist.digits("34");
  typist.press(enter);
  EXPECT_THAT(typist.told(), ElementsAre("34"));
}

}  // namespace
}  // namespace cartwright::test
