#include "link/usb_transfer.hpp"

#include <libusb.h>

#include <algorithm>
#include <new>

namespace cartwright::link {

struct UsbTransferCalls {
  // On the event thread. Whoever waits for the end must not be let go before this is through, so
  // the lock is held to its end.
  static void LIBUSB_CALL ended(libusb_transfer* transfer) {
    auto& self = *static_cast<UsbTransfer*>(transfer->user_data);
    const std::lock_guard lock(self.mutex_);
    self.flying_ = false;
    self.ended_();
    self.landed_.notify_all();
  }
};

namespace {

unsigned char* raw(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

UsbTransfer::UsbTransfer(std::function<void()> ended)
    : transfer_(libusb_alloc_transfer(0)), ended_(std::move(ended)) {
  if (transfer_ == nullptr) throw std::bad_alloc();
}

UsbTransfer::~UsbTransfer() {
  cancel();
  wait();
  libusb_free_transfer(transfer_);
}

void UsbTransfer::read(libusb_device_handle* handle, std::uint8_t endpoint, bool interrupt,
                       std::size_t room) {
  buffer_.resize(room);
  libusb_fill_bulk_transfer(transfer_, handle, endpoint, raw(buffer_), static_cast<int>(room),
                            UsbTransferCalls::ended, this, 0);
  if (interrupt) transfer_->type = LIBUSB_TRANSFER_TYPE_INTERRUPT;
}

void UsbTransfer::write(libusb_device_handle* handle, std::uint8_t endpoint, bool interrupt,
                        ByteView data, unsigned timeout_ms) {
  buffer_.assign(data.begin(), data.end());
  libusb_fill_bulk_transfer(transfer_, handle, endpoint, raw(buffer_),
                            static_cast<int>(data.size()), UsbTransferCalls::ended, this,
                            timeout_ms);
  if (interrupt) transfer_->type = LIBUSB_TRANSFER_TYPE_INTERRUPT;
}

void UsbTransfer::control_in(libusb_device_handle* handle, const UsbSetup& setup,
                             std::uint16_t room, unsigned timeout_ms) {
  buffer_.assign(LIBUSB_CONTROL_SETUP_SIZE + std::size_t{room}, std::byte{0});
  libusb_fill_control_setup(raw(buffer_), setup.request_type, setup.request, setup.value,
                            setup.index, room);
  libusb_fill_control_transfer(transfer_, handle, raw(buffer_), UsbTransferCalls::ended, this,
                               timeout_ms);
}

void UsbTransfer::control_out(libusb_device_handle* handle, const UsbSetup& setup, ByteView data,
                              unsigned timeout_ms) {
  control_in(handle, setup, static_cast<std::uint16_t>(data.size()), timeout_ms);
  std::copy(data.begin(), data.end(), buffer_.begin() + LIBUSB_CONTROL_SETUP_SIZE);
}

int UsbTransfer::submit() {
  const std::lock_guard lock(mutex_);
  const int error = libusb_submit_transfer(transfer_);
  flying_ = error == 0;
  return error;
}

void UsbTransfer::cancel() {
  {
    const std::lock_guard lock(mutex_);
    if (!flying_) return;
  }
  libusb_cancel_transfer(transfer_);
}

void UsbTransfer::wait() {
  std::unique_lock lock(mutex_);
  landed_.wait(lock, [this] { return !flying_; });
}

int UsbTransfer::status() const {
  return transfer_->status;
}

std::size_t UsbTransfer::length() const {
  return static_cast<std::size_t>(transfer_->actual_length);
}

void UsbTransfer::clear_halt() {
  if (transfer_->type != LIBUSB_TRANSFER_TYPE_CONTROL) {
    libusb_clear_halt(transfer_->dev_handle, transfer_->endpoint);
  }
}

void UsbTransfer::forget() {
  std::fill(buffer_.begin(), buffer_.end(), std::byte{0});
}

ByteView UsbTransfer::data() const {
  const bool control = transfer_->type == LIBUSB_TRANSFER_TYPE_CONTROL;
  return ByteView(buffer_).subspan(control ? LIBUSB_CONTROL_SETUP_SIZE : 0, length());
}

}  // namespace cartwright::link
