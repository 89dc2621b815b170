#include <gmock/gmock.h>

#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST(ScannerDialogue, reads_what_is_scanned_byte_by_byte) {
  Dialogue scanner("scanner-serial",
                   "0.5s scanner0 scan 4006381333931\n1s scanner0 scan \"0104006381333931\\x1d10A\""
                   " gs1_datamatrix\n",
                   {.byte_gap = 2ms, .flip_every = 0});
  scanner.run_until(2s);
  const auto events = scanner.rig.take_events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].at("symbology"), "ean13");
  EXPECT_EQ(events[1].at("symbology"), "gs1_datamatrix");
  EXPECT_EQ(events[1].at("data"),
            "0104006381333931\x1d"
            "10A");
}

TEST(ScannerDialogue, reads_again_what_was_cut_off) {
  Dialogue scanner("scanner-serial",
                   "0.5s scanner0 scan 4006381333931\n0.52s scanner0 unplug 1s\n"
                   "2s scanner0 scan 96385074\n",
                   {.byte_gap = 5ms, .flip_every = 0});
  scanner.run_until(3s);
  EXPECT_THAT(scanner.told(), ElementsAre("96385074"));
}

TEST(ScannerDialogue, frames_by_silence) {
  Dialogue scanner("scanner-serial", "0.5s scanner0 scan 4006381333931\n",
                   {.byte_gap = 2ms, .flip_every = 0}, R"({"suffix":""})", {{"suffix", ""}});
  scanner.run_until(1s);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931"));
}

}  // namespace
}  // namespace cartwright::test
