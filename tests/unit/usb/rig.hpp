#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/usb/mock_usb.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link::test {

using cartwright::test::mock_scanner;
using cartwright::test::MockUsbBus;
using cartwright::test::MockUsbControl;
using cartwright::test::MockUsbDevice;
using cartwright::test::MockUsbEndpoint;
using cartwright::test::MockUsbInterface;
using cartwright::test::MockUsbModel;

inline Bytes hex(std::string_view text) {
  return *from_hex(text);
}

// A report of the mock scanner.
inline Bytes report(std::string_view text) {
  Bytes bytes(62);
  bytes[0] = std::byte{2};
  bytes[1] = static_cast<std::byte>(text.size());
  std::ranges::copy(as_bytes(text), bytes.begin() + 5);
  return bytes;
}

// A link and who listens to it.
class Tried {
 public:
  Tried(Loop& loop, const std::string& uri, Shape shape = Shape::messages)
      : link(make_link(uri, loop.io.get_executor(), shape)) {
    link->start(witness);
  }

  Witness witness;
  std::unique_ptr<Link> link;
};

class UsbRig : public testing::Test {
 protected:
  // The text of a report as it arrived.
  static std::string text_of(const std::string& message) {
    return message.size() < 5 ? "" : message.substr(5, static_cast<unsigned char>(message[1]));
  }
  bool is_up(const Tried& one) {
    return loop.until([&] { return one.witness.is_up; });
  }
  bool is_down(const Tried& one, std::size_t downs = 1) {
    return loop.until([&] { return one.witness.downs.size() >= downs; }) && !one.witness.is_up;
  }
  bool has_messages(const Tried& one, std::size_t count) {
    return loop.until([&] { return one.witness.messages.size() >= count; });
  }

  MockUsbBus bus;
  Loop loop;
};

}  // namespace cartwright::link::test
