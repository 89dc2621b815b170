#pragma once

#include <string>

#include "link/link.hpp"

namespace cartwright::link {

// How an error of libusb looks to people and to the owner of a link: `what` failed at `device`.
struct UsbFailure {
  DownReason reason;
  std::string text;
};
UsbFailure usb_failure(int error, const std::string& what, const std::string& device);

}  // namespace cartwright::link
