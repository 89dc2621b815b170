#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <thread>

#include "bench/samples.hpp"

struct libusb_context;
struct libusb_device_handle;
struct libusb_transfer;

namespace cartwright::bench {

// A thread in libusb's event loop and one interrupt transfer whose callback takes the time and
// submits it again: the least that any reader of a HID device costs.
class RawUsb {
 public:
  // `received` is called on that thread. std::runtime_error where the device can not be opened.
  RawUsb(std::uint16_t vendor, std::uint16_t product,
         std::function<void(Clock::time_point)> received);
  ~RawUsb();
  RawUsb(const RawUsb&) = delete;
  RawUsb& operator=(const RawUsb&) = delete;

 private:
  friend struct RawUsbCalls;

  std::function<void(Clock::time_point)> received_;
  libusb_context* context_ = nullptr;
  libusb_device_handle* handle_ = nullptr;
  libusb_transfer* transfer_ = nullptr;
  std::array<unsigned char, 64> buffer_{};
  std::atomic<bool> ending_{false};
  std::atomic<bool> flying_{true};
  std::thread thread_;
};

}  // namespace cartwright::bench
