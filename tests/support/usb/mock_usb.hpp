#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.hpp"

namespace cartwright::test {

// USB devices without hardware: umockdev's sysfs and hot-plug, and the kernel's usbfs played by
// these classes, so that the unchanged libusb talks to them. A program that uses them links
// cartwright_mock_usb, and its bus must stand before the first use of libusb.

struct MockUsbEndpoint {
  std::uint8_t address = 0x81;
  bool interrupt = true;  // else bulk
  std::uint16_t packet = 64;
};

struct MockUsbInterface {
  std::uint8_t class_code = 3;  // HID
  std::uint8_t protocol = 0;
  Bytes report_descriptor;
  std::vector<MockUsbEndpoint> endpoints{{}};
};

struct MockUsbModel {
  std::uint16_t vendor = 0x05e0;
  std::uint16_t product = 0x1900;
  std::string serial;
  std::vector<MockUsbInterface> interfaces;
};

// A control transfer that reached the device.
struct MockUsbControl {
  std::uint8_t request_type = 0;
  std::uint8_t request = 0;
  std::uint16_t value = 0;
  std::uint16_t index = 0;
  std::uint16_t length = 0;
  Bytes data;
};

// One in a process at a time.
class MockUsbBus {
 public:
  MockUsbBus();
  ~MockUsbBus();
  MockUsbBus(const MockUsbBus&) = delete;
  MockUsbBus& operator=(const MockUsbBus&) = delete;

  struct State;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// A device that can be plugged in at a port of bus 1, by default unplugged. All functions may be
// called from any one thread.
class MockUsbDevice {
 public:
  // `port`: "1-2".
  MockUsbDevice(MockUsbBus& bus, MockUsbModel model, std::string port = "1-2");
  ~MockUsbDevice();
  MockUsbDevice(const MockUsbDevice&) = delete;
  MockUsbDevice& operator=(const MockUsbDevice&) = delete;

  // Under another address each time.
  void plug();
  // As a pulled plug looks most often: transfers end, then the hot-plug tells.
  void unplug();
  // The parts of it, for the other orders. break_pipes: all transfers in flight and to come end
  // with this error (-ESHUTDOWN, -EPROTO).
  void break_pipes(int error);
  void announce_removal();
  void mend_pipes();

  // What the device sends: each stands for one packet sequence that ends a transfer.
  void send(std::uint8_t endpoint, Bytes data);
  // After what was sent so far one transfer of the endpoint ends with this error (-EPIPE).
  void fail_once(std::uint8_t endpoint, int error);
  // OUT transfers stay in flight until they are cancelled; then so many bytes had passed.
  void hold_writes(std::optional<int> taken);
  // Answers to control reads; nothing stalls. Standard descriptors need none.
  std::function<std::optional<Bytes>(const MockUsbControl&)> answer;

  // The next so many claims fail with this error (EINVAL, EBUSY).
  void fail_claims(int count, int error);
  // Claims wait in the kernel until it is let go, as at a device that hangs.
  void hold_claims(bool held);
  std::string node() const;      // "/dev/bus/usb/001/002"
  void set_mode(unsigned mode);  // of the node

  // What came from the host.
  std::vector<MockUsbControl> controls() const;  // other than standard descriptors
  std::vector<std::pair<std::uint8_t, Bytes>> writes() const;
  unsigned in_flight(std::uint8_t endpoint) const;
  unsigned opened_claims() const;  // interfaces claimed now
  unsigned held_claims() const;
  unsigned kernel_driver_detached() const;
  unsigned kernel_driver_attached() const;
  unsigned halts_cleared() const;
  unsigned resets() const;

 private:
  struct Core;
  std::shared_ptr<Core> core_;
};

// A HID POS scanner (HID Point of Sale Usage Tables 1.02): input report 2 is one part of a scan.
extern const char* const kScannerReports;
MockUsbModel mock_scanner(std::string serial = {});

}  // namespace cartwright::test
