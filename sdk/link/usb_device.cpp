#include "link/usb_device.hpp"

#include <libusb.h>

#include "link/usb_context.hpp"

namespace cartwright::link {

UsbDevice::UsbDevice(std::shared_ptr<UsbContext> context, libusb_device_handle* handle,
                     UsbSeen seen)
    : context_(std::move(context)), handle_(handle), seen_(std::move(seen)) {
  libusb_set_auto_detach_kernel_driver(handle_, 1);
}

UsbDevice::~UsbDevice() {
  libusb_close(handle_);
}

std::unique_ptr<UsbLease> UsbLease::take(const std::shared_ptr<UsbDevice>& device,
                                         std::uint8_t interface, int& error) {
  {
    const std::lock_guard lock(device->mutex_);
    if (!device->leased_.insert(interface).second) {
      error = taken_here;
      return nullptr;
    }
  }
  error = libusb_claim_interface(device->handle_, interface);
  if (error == 0) return std::unique_ptr<UsbLease>(new UsbLease(device, interface));
  const std::lock_guard lock(device->mutex_);
  device->leased_.erase(interface);
  return nullptr;
}

UsbLease::~UsbLease() {
  libusb_release_interface(device_->handle_, interface_);
  const std::lock_guard lock(device_->mutex_);
  device_->leased_.erase(interface_);
}

}  // namespace cartwright::link
