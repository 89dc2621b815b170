#include "bench/raw_usb.hpp"

#include <libusb.h>

#include <stdexcept>

namespace cartwright::bench {

struct RawUsbCalls {
  static void LIBUSB_CALL ended(libusb_transfer* transfer) {
    auto& self = *static_cast<RawUsb*>(transfer->user_data);
    if (transfer->status == LIBUSB_TRANSFER_COMPLETED) {
      self.received_(Clock::now());
      if (libusb_submit_transfer(transfer) == 0) return;
    }
    self.flying_ = false;
  }
};

RawUsb::RawUsb(std::uint16_t vendor, std::uint16_t product,
               std::function<void(Clock::time_point)> received)
    : received_(std::move(received)) {
  constexpr unsigned char endpoint = 0x81;
  if (libusb_init(&context_) != 0) throw std::runtime_error("libusb does not begin");
  handle_ = libusb_open_device_with_vid_pid(context_, vendor, product);
  if (handle_ == nullptr || libusb_claim_interface(handle_, 0) != 0) {
    throw std::runtime_error("the mocked device can not be opened");
  }
  transfer_ = libusb_alloc_transfer(0);
  libusb_fill_interrupt_transfer(transfer_, handle_, endpoint, buffer_.data(),
                                 static_cast<int>(buffer_.size()), RawUsbCalls::ended, this, 0);
  if (libusb_submit_transfer(transfer_) != 0) throw std::runtime_error("no transfer");
  thread_ = std::thread([this] {
    while (!ending_) {
      timeval longest{1, 0};
      libusb_handle_events_timeout_completed(context_, &longest, nullptr);
    }
  });
}

RawUsb::~RawUsb() {
  libusb_cancel_transfer(transfer_);
  while (flying_) std::this_thread::yield();
  ending_ = true;
  libusb_interrupt_event_handler(context_);
  thread_.join();
  libusb_free_transfer(transfer_);
  libusb_release_interface(handle_, 0);
  libusb_close(handle_);
  libusb_exit(context_);
}

}  // namespace cartwright::bench
