#include "link/sysfs.hpp"

#include <charconv>
#include <fstream>
#include <system_error>

#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

namespace fs = std::filesystem;

// A product string has at most 126 characters (USB 2.0, 9.6.7), three bytes each in UTF-8.
constexpr std::size_t longest_line = 4096;

std::optional<std::uint32_t> read_hex(const std::string& text) {
  std::uint32_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string sysfs_attribute(const fs::path& file) {
  const Bytes bytes = sysfs_bytes(file, longest_line);
  std::string line(as_text(bytes));
  line.resize(std::min(line.find('\n'), line.size()));
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
  return line;
}

Bytes sysfs_bytes(const fs::path& file, std::size_t most) {
  std::error_code none;
  // Nothing but a file of sysfs: a FIFO in its place would keep the reader waiting.
  if (!fs::is_regular_file(file, none)) return {};
  std::ifstream in(file, std::ios::binary);
  std::string text(most, '\0');
  in.read(text.data(), static_cast<std::streamsize>(most));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
  return to_bytes(text);
}

std::string sysfs_driver(const fs::path& folder) {
  std::error_code none;
  const fs::path driver = fs::read_symlink(folder / "driver", none);
  return none ? std::string() : driver.filename().string();
}

std::string usb_node(unsigned bus, unsigned address) {
  const auto digits = [](unsigned number) {
    const std::string text = std::to_string(number);
    return std::string(text.size() < 3 ? 3 - text.size() : 0, '0') + text;
  };
  return "bus/usb/" + digits(bus) + "/" + digits(address);
}

UsbIdentity usb_identity(const fs::path& folder) {
  const auto number = [&](const char* name) {
    return static_cast<unsigned>(read_unsigned(sysfs_attribute(folder / name), 999).value_or(0));
  };
  const unsigned bus = number("busnum");
  const unsigned address = number("devnum");
  return {sysfs_attribute(folder / "idVendor") + ":" + sysfs_attribute(folder / "idProduct"),
          folder.filename().string(),
          sysfs_attribute(folder / "manufacturer"),
          sysfs_attribute(folder / "product"),
          sysfs_attribute(folder / "serial"),
          bus != 0 && address != 0 ? usb_node(bus, address) : ""};
}

std::optional<UsbPlace> usb_place_of(const fs::path& folder, const fs::path& sysfs) {
  UsbPlace place;
  for (fs::path at = folder; at != sysfs && at.has_relative_path(); at = at.parent_path()) {
    if (fs::exists(at / "idVendor")) {
      place.device = usb_identity(at);
      place.folder = at;
      return place;
    }
    if (!place.interface && fs::exists(at / "bInterfaceNumber")) {
      place.interface = read_hex(sysfs_attribute(at / "bInterfaceNumber"));
    }
  }
  return std::nullopt;
}

}  // namespace cartwright::link
