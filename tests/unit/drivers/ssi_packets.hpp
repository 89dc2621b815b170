#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test::ssi_packets {

inline std::string with_checksum(std::string packet) {
  unsigned sum = 0;
  for (const char c : packet) sum += static_cast<unsigned char>(c);
  const unsigned check = 0x10000U - (sum & 0xFFFFU);
  packet += static_cast<char>(check >> 8);
  packet += static_cast<char>(check & 0xFF);
  return packet;
}

// A packet of the scanner.
inline std::string packet(unsigned code, const std::string& data, unsigned status = 0) {
  return with_checksum(std::string{static_cast<char>(data.size() + 4), static_cast<char>(code), 0,
                                   static_cast<char>(status)} +
                       data);
}
inline std::string label(const std::string& text, unsigned status = 0, char type = 0x0B) {
  return packet(0xF3, type + text, status);
}
inline const std::string ack_of_scanner = packet(0xD0, "");
inline std::string nak_of_scanner(char cause) {
  return packet(0xD1, std::string(1, cause));
}

// SE955 Integration Guide and the published captures: what the host sends.
inline const std::string ack = hex("04d00400ff28");
inline const std::string nak_resend = hex("05d1040001ff25");
inline const std::string nak_bad_context = hex("05d1040002ff24");
inline const std::string scan_enable = hex("04e90400ff0f");
inline const std::string scan_disable = hex("04ea0400ff0e");
inline const std::string request_revision = hex("04a30400ff55");

inline constexpr unsigned repeated = 1;
inline constexpr unsigned continued = 2;

// A scanner's driver, the bytes of both sides, and what the app is told.
class SsiTest : public ::testing::Test {
 protected:
  explicit SsiTest(const std::string& settings = R"({"identify":false})")
      : rig("scanner-ssi", settings) {}

  // The line comes up and the scanner answers what it is told first.
  void begin() {
    rig.link_up();
    rig.arrive(ack_of_scanner);
    rig.take_wire();
  }
  std::vector<std::string> labels() {
    std::vector<std::string> all;
    for (const auto& event : rig.take_events()) all.push_back(event.at("data"));
    return all;
  }
  std::vector<std::string> sent() {
    std::vector<std::string> all;
    for (const auto& write : rig.take_wire()) all.push_back(write.data);
    return all;
  }
  Rig rig;
};

}  // namespace cartwright::test::ssi_packets
