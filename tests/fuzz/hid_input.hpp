#pragma once

#include "driver_input.hpp"

namespace cartwright::fuzz {

// A HID driver under what the fuzzer makes up: a byte of its choice for the device's ids, one for
// the length of its report descriptor, the descriptor, then steps as DriverInput reads them.
inline void run_hid(DriverInput& input, const std::uint8_t* data, std::size_t size,
                    std::initializer_list<std::uint32_t> usb_ids) {
  if (size < 2) return;
  const std::size_t length = data[1] < size - 2 ? data[1] : size - 2;
  const std::uint32_t usb_id = std::data(usb_ids)[data[0] % usb_ids.size()];
  input.be_hid(usb_id, {data + 2, data + 2 + length});
  input.run(data + 2 + length, size - 2 - length);
}

}  // namespace cartwright::fuzz
