#include "link/usb_error.hpp"

#include <libusb.h>

namespace cartwright::link {

UsbFailure usb_failure(int error, const std::string& what, const std::string& device) {
  switch (error) {
    case LIBUSB_ERROR_ACCESS:
      return {DownReason::refused,
              device +
                  ": permission denied: this user may not use the device; `cartwright doctor "
                  "--udev` writes the rules that allow it"};
    case LIBUSB_ERROR_BUSY:
      return {DownReason::in_use, device + ": another program holds the interface; end it"};
    case LIBUSB_ERROR_NO_DEVICE:
      return {DownReason::unplugged, device + " was unplugged"};
    default:
      return {DownReason::error, device + ": " + what + " failed: " + libusb_strerror(error)};
  }
}

}  // namespace cartwright::link
