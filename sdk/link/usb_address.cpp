#include "link/usb_address.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

std::optional<std::uint16_t> read_id(std::string_view text) {
  return text.size() == 4 ? read_hex16(text) : std::nullopt;
}

// "1-2.3": a bus, a dash, and one to seven ports with points between (USB 2.0, 4.1.1: five hubs).
bool is_port_path(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || !read_unsigned(text.substr(0, dash), 255)) return false;
  std::string_view ports = text.substr(dash + 1);
  for (int depth = 0; depth < 7; ++depth) {
    const std::size_t point = ports.find('.');
    if (read_unsigned(ports.substr(0, point), 255).value_or(0) == 0) return false;
    if (point == std::string_view::npos) return true;
    ports.remove_prefix(point + 1);
  }
  return false;
}

}  // namespace

UsbAddress read_usb_address(const Uri& uri) {
  UsbAddress address;
  address.hid = uri.scheme == "hid";
  const std::size_t colon = uri.path.find(':');
  const auto vendor = read_id(std::string_view(uri.path).substr(0, colon));
  const auto product = colon == std::string::npos
                           ? std::nullopt
                           : read_id(std::string_view(uri.path).substr(colon + 1));
  if (!vendor || !product) {
    throw Error(ErrorKind::invalid_input,
                "link \"" + to_text(uri) +
                    "\": needs VENDOR:PRODUCT of four hexadecimal digits each, such as " +
                    uri.scheme + ":05e0:1900" +
                    (address.hid ? ", or a node: hid:/dev/hidraw0" : ""));
  }
  address.vendor = *vendor;
  address.product = *product;
  if (const auto text = uri.value("serial")) address.serial = *text;
  if (const auto text = uri.value("port")) {
    if (!is_port_path(*text)) refuse_value(uri, "port", "is no path of ports such as 1-2.3");
    address.port = *text;
  }
  if (const auto text = uri.value("interface")) {
    const auto number = read_unsigned(*text, 255);
    if (!number) refuse_value(uri, "interface", "is no number from 0 to 255");
    address.interface = static_cast<std::uint8_t>(*number);
  }
  if (const auto text = uri.value("usage")) {
    address.usage = read_hid_usage(*text);
    if (!address.usage) {
      refuse_value(uri, "usage", "is no hexadecimal page or page and usage such as 8c or 8c:02");
    }
  }
  return address;
}

std::string usb_ids(std::uint16_t vendor, std::uint16_t product) {
  const auto digits = [](std::uint16_t number) {
    const std::byte bytes[] = {static_cast<std::byte>(number >> 8),
                               static_cast<std::byte>(number & 0xff)};
    return to_hex(bytes);
  };
  return digits(vendor) + ":" + digits(product);
}

}  // namespace cartwright::link
