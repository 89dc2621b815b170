#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.hpp"
#include "link/scenario.hpp"

namespace cartwright::simulators {

using std::chrono::nanoseconds;

// The far end of a line: one device, without I/O, threads or a clock. `now` is the time since its
// start and never goes back. What is returned is what the device sends at that moment.
class Simulator {
 public:
  virtual ~Simulator() = default;

  // The cart sent bytes, in whatever pieces.
  virtual Bytes bytes_in(ByteView bytes, nanoseconds now) = 0;
  // A person does something to the device: one of the actions of its class in a scenario. Error
  // invalid_input for an action that this device does not know.
  virtual Bytes happen(const link::Happening& what, nanoseconds now) = 0;
  // When due() is next worth a call; nothing where the device waits for others.
  virtual std::optional<nanoseconds> next_due() const { return std::nullopt; }
  virtual Bytes due(nanoseconds /*now*/) { return {}; }
  // Power was off for a moment.
  virtual void reboot(nanoseconds now) = 0;
  // What is to be seen, a UTF-8 text a row, each as wide as the display; empty for other devices.
  virtual std::vector<std::string> screen() const { return {}; }
  // The report descriptor of a HID device; empty for others. Such a device takes and sends whole
  // reports: one a call, and due() is called again until it has none.
  virtual Bytes descriptor() const { return {}; }
  virtual std::uint32_t usb_id() const { return 0; }  // vendor << 16 | product
};

// The Error for an action of another class of device.
[[noreturn]] void refuse_action(const link::Happening& what, std::string_view device);

}  // namespace cartwright::simulators
