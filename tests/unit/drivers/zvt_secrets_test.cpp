#include <gmock/gmock.h>

#include <algorithm>

#include "unit/drivers/bytes.hpp"
#include "unit/drivers/zvt_story.hpp"

namespace cartwright::test {
namespace {

// A card number that the simulated terminal tells everywhere and in every form; no good one does.
constexpr const char* marker = "4111119876543210";
constexpr const char* marker_middle = "987654";

bool holds_marker(const std::string& text) {
  std::string digits;  // without what may stand between them
  for (const char c : text) {
    if (c != ' ' && c != '-' && c != '.') digits += c;
  }
  return digits.find(marker_middle) != std::string::npos ||
         text.find(hex("119876543210")) != std::string::npos ||  // BCD, track 2
         text.find(hex("19876543")) != std::string::npos ||      // BCD, shifted by a digit
         digits.find("393837363534") != std::string::npos;       // the text in hexadecimal
}

class ZvtSecrets : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(both, ZvtSecrets, testing::Values("tcp", "serial"),
                         [](const auto& about) { return std::string(about.param); });

TEST_P(ZvtSecrets, leave_by_no_way) {
  ZvtStory story({.transport = GetParam(), .terminal = {{"masks", "no"}, {"pan", marker}}});
  ASSERT_EQ(story.pay(), ZvtStory::amount);
  std::string told;
  for (const auto& event : story.rig.take_events()) told += event.dump() + "\n";
  for (const auto& fault : story.rig.take_faults()) told += fault + "\n";
  EXPECT_THAT(told, testing::HasSubstr("411111******3210"));
  EXPECT_FALSE(holds_marker(told)) << told;
  EXPECT_FALSE(holds_marker(story.rig.kept_content()));
  EXPECT_FALSE(holds_marker(story.rig.state_bytes()));
}

TEST_P(ZvtSecrets, do_not_stay_in_memory_wherever_a_dialogue_breaks_off) {
  for (std::size_t at = 0; at < 30; ++at) {
    ZvtStory story({.transport = GetParam(),
                    .harm = ZvtStory::Harm::cut_line,
                    .at = at,
                    .terminal = {{"masks", "no"}, {"pan", marker}}});
    story.pay();
    EXPECT_FALSE(holds_marker(story.rig.state_bytes())) << at;
    EXPECT_FALSE(holds_marker(story.rig.kept_content())) << at;
    std::string told;
    for (const auto& event : story.rig.take_events()) told += event.dump();
    for (const auto& fault : story.rig.take_faults()) told += fault;
    EXPECT_FALSE(holds_marker(told)) << told;
  }
}

// Every way in which a terminal can write a card number into a text.
TEST(ZvtSecretsInText, are_masked_with_separators_and_without) {
  const std::pair<const char*, const char*> lines[] = {
      {"PAN 4111119876543210 ok", "PAN 411111******3210 ok"},
      {"4111 1198 7654 3210", "4111 11** **** 3210"},
      {"4111-1198-7654-3210", "4111-11**-****-3210"},
      {"4111  1198  7654  3210", "4111  11**  ****  3210"},
      {"4111119876543210 12/28", "411111********** 12/28"},
      {"411111987654", "********7654"},
      {"EUR 12,50 am 04.05.2026", "EUR 12,50 am 04.05.2026"},
      {"TA-Nr. 000975 BNr 0231", "TA-Nr. 000975 BNr 0231"},
  };
  for (const auto& [line, shown] : lines) {
    Rig rig("terminal-zvt");
    rig.link_up();
    const std::string text = line;
    std::string packet = hex("06d1") + static_cast<char>(text.size() + 1) + std::string(1, '\0');
    rig.arrive(packet + text);
    const auto events = rig.take_events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].at("text"), shown);
    EXPECT_FALSE(holds_marker(rig.state_bytes()));
  }
}

TEST(ZvtSecretsInText, of_a_line_that_speaks_the_other_form_are_in_no_fault) {
  Rig rig("terminal-zvt");
  rig.link_up();
  rig.arrive("\x10\x02" + std::string(marker) + "\x10\x03");
  for (const auto& fault : rig.take_faults()) EXPECT_FALSE(holds_marker(fault)) << fault;
  EXPECT_FALSE(holds_marker(rig.state_bytes()));
}

}  // namespace
}  // namespace cartwright::test
