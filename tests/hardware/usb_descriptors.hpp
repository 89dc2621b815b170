#pragma once

#include <cstdint>
#include <optional>

#include "simulators/hid_device.hpp"

namespace cartwright::hardware {

// The pipes of every emulated device: reports come from the first, and where it has the second,
// output reports go there.
inline constexpr std::uint8_t kInPipe = 0x81;
inline constexpr std::uint8_t kOutPipe = 0x02;
inline constexpr std::uint16_t kPacketSize = 64;
inline constexpr std::uint8_t kInterval = 10;  // milliseconds from one poll to the next

// The descriptors of a HID device with one interface (USB 2.0, clause 9.6; HID 1.11, clause 7.1).
class UsbDescriptors {
 public:
  UsbDescriptors(const simulators::HidDevice& device, bool out_pipe);

  // What GET_DESCRIPTOR asks for: `type` and `index` are the halves of wValue.
  std::optional<Bytes> find(std::uint8_t type, std::uint8_t index) const;

 private:
  Bytes device() const;
  Bytes configuration() const;
  Bytes hid() const;
  std::optional<Bytes> text(std::uint8_t index) const;

  simulators::HidDevice::Identity about_;
  Bytes report_;
  bool out_pipe_;
};

}  // namespace cartwright::hardware
