#include <algorithm>
#include <cstdlib>
#include <string>

#include "host/attached.hpp"
#include "host/binding.hpp"
#include "host/link_name.hpp"
#include "host/udev_rules.hpp"
#include "link/uri.hpp"

// What a device says of itself comes from whoever plugged it in: names, numbers and the report
// descriptor pass through binding, the link to write, and the udev rules.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find('\n');
  host::Attached device;
  device.kind = host::AttachedKind::serial;
  device.ids = "0403:6001";
  device.port = "1-1";
  device.serial = text.substr(0, cut);
  std::erase(device.serial, '\0');  // a line of sysfs has none
  device.product = device.serial;
  device.usages = host::top_level_usages(as_bytes(text));
  host::Manifest manifest;
  manifest.id = "fuzz";
  manifest.links.push_back({"line", link::Shape::stream, {"serial"}, {}, false});
  manifest.match.push_back({"0403:6001", {}, "*" + text.substr(0, size / 2) + "*", {}});
  const host::Manifest* const manifests[] = {&manifest};
  host::binding_of(device, manifests);
  const std::string uri = host::link_of(device, {device});
  if (!host::means(link::parse_uri(uri), device)) std::abort();
  const std::string rules = host::udev_rules({manifests, {&device, 1}, {uri}, {}});
  // Every line is a rule of quoted values or a comment; a quote too many would begin another key.
  for (std::size_t at = 0; at < rules.size();) {
    const std::size_t end = rules.find('\n', at);
    const std::string_view line(rules.data() + at, end - at);
    const bool known = line.empty() || line.starts_with("# ") ||
                       line.starts_with("SUBSYSTEM==\"") || line.starts_with("ACTION==\"") ||
                       line.starts_with("LABEL=\"");
    if (!known || std::count(line.begin(), line.end(), '"') % 2 != 0) std::abort();
    at = end + 1;
  }
  return 0;
}
