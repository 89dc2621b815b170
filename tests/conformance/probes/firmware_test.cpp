#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t image_size = 10 * 1024 * 1024;

std::string image() {
  std::string bytes(image_size, '\0');
  std::uint32_t next = 1;
  for (char& byte : bytes) {
    next = next * 1664525U + 1013904223U;
    byte = static_cast<char>(next >> 24);
  }
  return bytes;
}

std::string update(std::uint64_t blob, std::size_t size) {
  return R"({"update":{"blob":)" + std::to_string(blob) + R"(,"size":)" + std::to_string(size) +
         "}}";
}

class Firmware : public ::testing::Test {
 protected:
  Firmware() { rig.link_up(); }
  // The device takes one block: its bytes, or nothing where none came.
  std::string take_block() {
    std::string data;
    for (const auto& write : rig.take_wire()) {
      if (write.data.front() == 'W') data += write.data.substr(3);
      if (write.data.front() != 'W') last_word = write.data;
    }
    return data;
  }
  Rig rig{"probe-firmware"};
  std::string last_word;
};

TEST_F(Firmware, carries_ten_megabytes_through_a_state_of_a_few_bytes) {
  const std::string sent = image();
  const auto op = rig.command(update(rig.add_blob(sent), sent.size()));
  std::string taken;
  while (rig.is_open(op)) {
    const std::string block = take_block();
    ASSERT_FALSE(block.empty());
    taken += block;
    rig.arrive("+");
  }
  take_block();
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(last_word, "E");
  EXPECT_TRUE(taken == sent);
  EXPECT_LE(rig.state_size(), 128U);
  const auto events = rig.take_events();
  EXPECT_GE(events.size(), 90U);
  EXPECT_LE(events.size(), 101U);
  EXPECT_EQ(events.back().at("type"), "device.progress");
  EXPECT_EQ(events.back().at("done"), image_size);
}

TEST_F(Firmware, stops_in_the_middle_when_it_is_cancelled) {
  const auto op = rig.command(update(rig.add_blob(image()), image_size));
  for (int i = 0; i < 600; ++i) {
    take_block();
    rig.arrive("+");
  }
  rig.cancel(op);
  take_block();
  EXPECT_EQ(rig.done(op).status, "cancelled");
  EXPECT_EQ(last_word, "X");
  rig.arrive("+");
  EXPECT_EQ(take_block(), "");
}

TEST_F(Firmware, can_be_given_an_image_again_after_one_was_stopped) {
  const auto stopped = rig.command(update(rig.add_blob(image()), image_size));
  rig.cancel(stopped);
  take_block();
  const auto op = rig.command(update(rig.add_blob("tiny"), 4));
  EXPECT_EQ(take_block(), "tiny");
  rig.arrive("+");
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(Firmware, ends_when_the_device_refuses_or_falls_silent) {
  const auto refused = rig.command(update(rig.add_blob("tiny"), 4));
  rig.arrive("!");
  EXPECT_EQ(rig.done(refused).status, "device_error");
  const auto silent = rig.command(update(rig.add_blob("tiny"), 4));
  rig.advance(6s);
  EXPECT_EQ(rig.done(silent).status, "timeout");
}

TEST_F(Firmware, ends_when_the_blob_is_shorter_than_was_said) {
  const auto op = rig.command(update(rig.add_blob("tiny"), 8));
  rig.arrive("+");
  EXPECT_EQ(rig.done(op).status, "internal");
  EXPECT_EQ(rig.done(rig.command(update(999, 8))).status, "internal");
}

}  // namespace
}  // namespace cartwright::test
