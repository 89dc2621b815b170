#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string with_checksum(std::string packet) {
  unsigned sum = 0;
  for (const char c : packet) sum += static_cast<unsigned char>(c);
  const unsigned check = 0x10000U - (sum & 0xFFFFU);
  packet += static_cast<char>(check >> 8);
  packet += static_cast<char>(check & 0xFF);
  return packet;
}

std::string packet(const std::string& data, int flags = 0) {
  return with_checksum(
      std::string{static_cast<char>(data.size() + 3), '\xF3', static_cast<char>(flags)} + data);
}
const std::string ack = with_checksum(std::string("\x03\xD0\x00", 3));
const std::string nak = with_checksum(std::string("\x03\xD1\x00", 3));
constexpr int repeated = 1;
constexpr int continued = 2;

class AckScanner : public ::testing::Test {
 protected:
  AckScanner() { rig.link_up(); }
  std::vector<std::string> labels() {
    std::vector<std::string> all;
    for (const auto& event : rig.take_events()) all.push_back(event.at("data"));
    return all;
  }
  std::vector<std::string> answers() {
    std::vector<std::string> all;
    for (const auto& write : rig.take_wire()) all.push_back(write.data);
    return all;
  }
  Rig rig{"probe-ack-scanner"};
};

TEST_F(AckScanner, is_acknowledged_only_after_the_trip_has_the_scan) {
  rig.hold_commits();
  rig.arrive(packet("4006381333931"));
  EXPECT_THAT(labels(), ElementsAre("4006381333931"));
  EXPECT_THAT(answers(), IsEmpty());
  rig.release_commits();
  EXPECT_THAT(answers(), ElementsAre(ack));
}

TEST_F(AckScanner, joins_a_label_over_packets_split_anywhere) {
  const std::string all =
      packet("012345", continued) + packet("6789ab", continued) + packet("cdef");
  for (std::size_t cut = 1; cut < all.size(); ++cut) {
    Rig fresh("probe-ack-scanner");
    fresh.link_up();
    fresh.arrive(all.substr(0, cut));
    fresh.arrive(all.substr(cut));
    const auto events = fresh.take_events();
    ASSERT_EQ(events.size(), 1U) << cut;
    EXPECT_EQ(events[0].at("data"), "0123456789abcdef");
    EXPECT_EQ(fresh.take_wire().size(), 3U);
    EXPECT_EQ(fresh.pending(), "");
  }
}

TEST_F(AckScanner, refuses_a_wrong_checksum_and_takes_the_packet_when_it_comes_again) {
  std::string broken = packet("123");
  broken[4] ^= 1;
  rig.arrive(broken);
  EXPECT_THAT(labels(), IsEmpty());
  EXPECT_THAT(answers(), ElementsAre(nak));
  rig.arrive(packet("123", repeated));
  EXPECT_THAT(labels(), ElementsAre("123"));
  EXPECT_THAT(answers(), ElementsAre(ack));
}

TEST_F(AckScanner, counts_a_scan_once_whose_acknowledge_was_lost) {
  rig.arrive(packet("123"));
  rig.arrive(packet("123", repeated));
  EXPECT_THAT(labels(), ElementsAre("123"));
  EXPECT_THAT(answers(), ElementsAre(ack, ack));
  rig.arrive(packet("123"));
  EXPECT_THAT(labels(), ElementsAre("123"));
}

TEST_F(AckScanner, drops_a_label_whose_rest_never_comes) {
  rig.arrive(packet("123", continued));
  rig.advance(3s);
  EXPECT_EQ(rig.take_faults().size(), 1U);
  rig.arrive(packet("456"));
  EXPECT_THAT(labels(), ElementsAre("456"));
}

TEST_F(AckScanner, forgets_half_a_label_when_the_link_goes) {
  rig.arrive(packet("123", continued));
  rig.link_down();
  rig.link_up();
  rig.arrive(packet("456"));
  EXPECT_THAT(labels(), ElementsAre("456"));
}

}  // namespace
}  // namespace cartwright::test
