#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

#include "base/hex.hpp"

struct libusb_device_handle;
struct libusb_transfer;

namespace cartwright::link {

// The packet that begins a control transfer (USB 2.0, 9.3).
struct UsbSetup {
  std::uint8_t request_type = 0;
  std::uint8_t request = 0;
  std::uint16_t value = 0;
  std::uint16_t index = 0;
};

// One transfer with its buffer, used again and again. Between submit() and `ended` it belongs to
// libusb; everything else is called by the owner's thread alone.
class UsbTransfer {
 public:
  // `ended` is called on libusb's event thread, once for each successful submit(), and must only
  // post.
  explicit UsbTransfer(std::function<void()> ended);
  // Cancels and waits.
  ~UsbTransfer();
  UsbTransfer(const UsbTransfer&) = delete;
  UsbTransfer& operator=(const UsbTransfer&) = delete;

  // What to do; each may follow when the one before has ended. A timeout of 0 is none.
  void read(libusb_device_handle* handle, std::uint8_t endpoint, bool interrupt, std::size_t room);
  void write(libusb_device_handle* handle, std::uint8_t endpoint, bool interrupt, ByteView data,
             unsigned timeout_ms);
  void control_in(libusb_device_handle* handle, const UsbSetup& setup, std::uint16_t room,
                  unsigned timeout_ms);
  void control_out(libusb_device_handle* handle, const UsbSetup& setup, ByteView data,
                   unsigned timeout_ms);

  // 0 or libusb's error. Begins what was set, also again.
  int submit();
  // Asks for an early end, which may come or not.
  void cancel();
  // Until it has ended; `ended` may still be on its way through an executor.
  void wait();

  // How it ended: libusb's transfer status, and the bytes that passed.
  int status() const;
  std::size_t length() const;
  ByteView data() const;

  // After a stall of a pipe (a control pipe clears itself). Blocks for a request to the device.
  void clear_halt();
  // Overwrites the bytes: they may be sensitive.
  void forget();

 private:
  friend struct UsbTransferCalls;

  libusb_transfer* transfer_;
  std::function<void()> ended_;
  Bytes buffer_;
  std::mutex mutex_;
  std::condition_variable landed_;
  bool flying_ = false;
};

}  // namespace cartwright::link
