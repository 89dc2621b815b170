#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "link/usb_choice.hpp"

struct libusb_device_handle;

namespace cartwright::link {

class UsbContext;

// An opened USB device. Its interfaces are leased to links; it closes with the last one that holds
// it. Any thread but the context's.
class UsbDevice {
 public:
  // Takes the handle.
  UsbDevice(std::shared_ptr<UsbContext> context, libusb_device_handle* handle, UsbSeen seen);
  ~UsbDevice();
  UsbDevice(const UsbDevice&) = delete;
  UsbDevice& operator=(const UsbDevice&) = delete;

  libusb_device_handle* handle() const { return handle_; }
  const UsbSeen& seen() const { return seen_; }

 private:
  friend class UsbLease;

  std::shared_ptr<UsbContext> context_;
  libusb_device_handle* handle_;
  UsbSeen seen_;
  std::mutex mutex_;
  std::set<std::uint8_t> leased_;
};

// One interface of a device, claimed for one link. The kernel's driver is taken off it and put back
// with the end of the lease.
class UsbLease {
 public:
  // Another link of this process has the interface.
  static constexpr int taken_here = 1;

  // Null and libusb's error, or taken_here, in `error`. To be called aside.
  static std::unique_ptr<UsbLease> take(const std::shared_ptr<UsbDevice>& device,
                                        std::uint8_t interface, int& error);
  ~UsbLease();
  UsbLease(const UsbLease&) = delete;
  UsbLease& operator=(const UsbLease&) = delete;

  std::uint8_t interface() const { return interface_; }

 private:
  UsbLease(std::shared_ptr<UsbDevice> device, std::uint8_t interface)
      : device_(std::move(device)), interface_(interface) {}

  std::shared_ptr<UsbDevice> device_;
  std::uint8_t interface_;
};

}  // namespace cartwright::link
