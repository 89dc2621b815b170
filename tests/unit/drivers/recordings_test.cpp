#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/hex.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/drivers/recorded.hpp"

namespace cartwright::test {
namespace {

// What a device that has fallen silent makes a driver say, and nothing else does.
bool of_silence(const std::string& event) {
  return event.find("not_ready") != std::string::npos ||
         (event.find("locator.zone") != std::string::npos &&
          event.find(R"("name":"")") != std::string::npos);
}

class DriverRecordings : public testing::TestWithParam<Recorded> {};

TEST_P(DriverRecordings, tells_what_was_seen_at_the_device) {
  EXPECT_EQ(play(GetParam()).events, GetParam().events);
}

TEST_P(DriverRecordings, is_answered_with_the_recorded_bytes) {
  std::string sent;
  for (const auto& entry : GetParam().recording.entries) {
    const auto* const tx = std::get_if<link::TxEntry>(&entry.what);
    if (tx != nullptr) sent += as_text(tx->payload.bytes);
  }
  EXPECT_EQ(to_hex_text(play(GetParam()).sent), to_hex_text(sent));
}

TEST_P(DriverRecordings, tells_and_sends_the_same_wherever_the_bytes_are_split) {
  const Story whole = play(GetParam());
  EXPECT_EQ(play(GetParam(), {.trickle = true}), whole);
  if (GetParam().in_messages()) return;
  for (std::size_t split = 1; split < GetParam().places(); ++split) {
    EXPECT_EQ(play(GetParam(), {.split = split}), whole) << split;
  }
}

TEST_P(DriverRecordings, tells_only_the_beginning_wherever_the_bytes_end) {
  const Story whole = play(GetParam());
  for (std::size_t end = 0; end < GetParam().places(); ++end) {
    auto cut = play(GetParam(), {.end = end}).events;
    std::erase_if(cut, of_silence);
    ASSERT_LE(cut.size(), whole.events.size()) << end;
    EXPECT_TRUE(std::equal(cut.begin(), cut.end(), whole.events.begin())) << end;
  }
}

TEST_P(DriverRecordings, tells_and_sends_the_same_wherever_the_driver_crashes) {
  const Story whole = play(GetParam());
  for (std::uint64_t call = 0; call < calls_of(GetParam()); ++call) {
    EXPECT_EQ(play(GetParam(), {.crash = call}), whole) << call;
  }
}

// Garbage may cost the message that it stands before; it never makes one up.
TEST_P(DriverRecordings, tells_nothing_that_was_not_there_through_garbage) {
  if (GetParam().in_messages()) return;
  std::mt19937_64 random(20);
  std::size_t arrivals = 0;
  for (const auto& entry : GetParam().recording.entries) {
    arrivals += std::holds_alternative<link::RxEntry>(entry.what) ? 1 : 0;
  }
  for (std::size_t arrival = 0; arrival < arrivals; ++arrival) {
    // Control bytes: what is printable could be a label of a scanner that checks nothing.
    std::string bytes(1 + random() % 12, '\0');
    for (char& byte : bytes) byte = "\x00\x07\x0b\x0e\x1a\x7f"[random() % 6];
    for (const std::string& event :
         play(GetParam(), {.garbage = arrival, .garbage_bytes = bytes}).events) {
      const bool known = std::ranges::find(GetParam().events, event) != GetParam().events.end();
      EXPECT_TRUE(known || event.find("scale.status") != std::string::npos) << event;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(all, DriverRecordings, testing::ValuesIn(all_recordings()),
                         [](const auto& about) {
                           std::string name = about.param.name;
                           std::ranges::replace_if(
                               name, [](char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace cartwright::test
