#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test::zvt_packets {

inline constexpr const char* accept = "800000";
inline constexpr const char* complete = "060f00";
inline constexpr const char* pay =
    R"({"authorize":{"amount_minor":1250,"currency":"978","key":"k1"}})";
inline constexpr const char* pay_again =
    R"({"authorize":{"amount_minor":1250,"currency":"978","key":"k2"}})";
// Approved: 12.50, receipt 231, trace 975.
inline constexpr const char* approved =
    "040f13270004000000001250490978870231"
    "0b000975";
inline constexpr const char* refused = "040f022705";
inline constexpr const char* order_bytes = "06010a04000000001250490978";

// A terminal's driver, and the bytes of both sides in hexadecimal.
class ZvtTest : public testing::Test {
 protected:
  explicit ZvtTest(const std::string& settings = R"({"exclusive":true})")
      : rig("terminal-zvt", settings) {
    rig.link_up();
  }

  void arrive(const std::string& digits) { rig.arrive(hex(digits)); }
  std::vector<std::string> sent() {
    std::vector<std::string> all;
    for (const auto& write : rig.take_wire()) all.push_back(to_hex_text(write.data));
    return all;
  }
  // The registration, which stands before the first command.
  void let_register() {
    arrive(accept);
    arrive("060f0a19102952523535490978");
  }
  std::uint64_t begin(const std::string& command, Rig::Within within = {}) {
    const auto op = rig.command(command, within);
    const auto bytes = sent();
    if (!bytes.empty() && bytes.front().starts_with("0600")) {
      let_register();
      bytes_ = sent();
    } else {
      bytes_ = bytes;
    }
    return op;
  }
  // The order is with the terminal, which has accepted it.
  std::uint64_t begin_payment(Rig::Within within = {}) {
    const auto op = begin(pay, within);
    arrive(accept);
    return op;
  }

  Rig rig;
  std::vector<std::string> bytes_;  // what followed the registration
};

}  // namespace cartwright::test::zvt_packets
