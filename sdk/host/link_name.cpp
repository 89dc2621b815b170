#include "host/link_name.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace cartwright::host {
namespace {

bool same_file(const std::string& one, const std::string& other) {
  if (one == other) return true;
  std::error_code none;
  const auto real = std::filesystem::weakly_canonical(one, none);
  return !none && real == std::filesystem::weakly_canonical(other, none);
}

}  // namespace

std::string link_of(const Attached& device, const std::vector<Attached>& all) {
  link::Uri uri{std::string(to_text(device.kind)), device.node, {}};
  if (device.port.empty()) return link::to_text(uri);
  uri.path = device.ids;
  const auto alike = [&](const Attached& one) {
    return one.kind == device.kind && one.ids == device.ids;
  };
  const auto twin = [&](const Attached& one) { return alike(one) && one.port != device.port; };
  const auto double_of = [&](const Attached& one) {
    return twin(one) && one.serial == device.serial;
  };
  if (!device.serial.empty() && std::ranges::none_of(all, double_of)) {
    uri.query.emplace_back("serial", device.serial);
  } else if (std::ranges::any_of(all, twin)) {
    uri.query.emplace_back("port", device.port);
  }
  const auto sibling = [&](const Attached& one) {
    return alike(one) && one.port == device.port && one.interface != device.interface;
  };
  if (device.interface && std::ranges::any_of(all, sibling)) {
    uri.query.emplace_back("interface", std::to_string(*device.interface));
  }
  return link::to_text(uri);
}

bool means(const link::Uri& uri, const Attached& device) {
  if (uri.scheme != to_text(device.kind)) return false;
  if (uri.path.starts_with('/')) return !device.node.empty() && same_file(uri.path, device.node);
  const auto is = [&](std::string_view key, const std::string& value) {
    const auto wanted = uri.value(key);
    return !wanted || *wanted == value;
  };
  const auto usage = link::read_hid_usage(uri.value("usage").value_or(""));
  const auto has = [&](HidUsage one) { return usage->fits(one); };
  if (usage && std::ranges::none_of(device.usages, has)) return false;
  return uri.path == device.ids && is("serial", device.serial) && is("port", device.port) &&
         (!device.interface || is("interface", std::to_string(*device.interface)));
}

}  // namespace cartwright::host
