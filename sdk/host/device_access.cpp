#include "host/device_access.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"
#include "host/binding.hpp"
#include "host/generic_device.hpp"
#include "host/link_name.hpp"
#include "link/uri.hpp"

namespace cartwright::host {
namespace {

std::string group_name(gid_t id) {
  std::array<char, 4096> room{};
  group entry{};
  group* found = nullptr;
  ::getgrgid_r(id, &entry, room.data(), room.size(), &found);
  return found != nullptr ? found->gr_name : std::to_string(id);
}

std::string rules_remedy(const AccessQuestion& question) {
  return "cartwright doctor --udev" +
         (question.config.empty() ? "" : " --config " + question.config) +
         " | sudo tee /etc/udev/rules.d/60-cartwright.rules, then sudo udevadm control --reload && "
         "sudo udevadm trigger";
}

bool is_named(const Attached& device, const std::vector<std::string>& links) {
  return std::ranges::any_of(links, [&](const std::string& link) {
    try {
      return means(link::parse_uri(link), device);
    } catch (const Error&) {
      return false;  // `auto`, or one that `cartwright run` refuses with its place
    }
  });
}

// A device and the node by which it is opened.
struct Place {
  std::string node;
  std::string text;
};

Access of(const std::vector<Place>& places, const AccessQuestion& question) {
  std::string missing;
  std::string denied;
  std::string group;
  for (const Place& place : places) {
    const NodeAccess access = question.look(place.node);
    if (access.there && access.allowed) continue;
    std::string& list = access.there ? denied : missing;
    list += (list.empty() ? "" : ", ") + place.text;
    if (group.empty()) group = access.group;
  }
  if (denied.empty() && missing.empty()) {
    std::string all;
    for (const Place& place : places) all += (all.empty() ? "" : ", ") + place.text;
    return {true, "may use " + all, ""};
  }
  if (denied.empty()) {
    return {false, "not there: " + missing, "let this container or chroot see the nodes in /dev"};
  }
  if (!group.empty()) {
    return {false, "only the group " + group + " may use " + denied,
            "sudo usermod -aG " + group + " $USER, then log in again"};
  }
  const bool rules = !question.rules_file.empty();
  return {
      false,
      "may not use " + denied +
          (rules ? "; " + question.rules_file + " does not say so, or is not in force yet" : ""),
      rules_remedy(question)};
}

}  // namespace

NodeAccess node_access(const std::string& node) {
  constexpr mode_t both = S_IRGRP | S_IWGRP;
  struct stat file {};
  NodeAccess access;
  if (::stat(node.c_str(), &file) != 0) return access;
  access.there = true;
  access.allowed = ::faccessat(AT_FDCWD, node.c_str(), R_OK | W_OK, AT_EACCESS) == 0;
  if ((file.st_mode & both) == both && file.st_gid != 0) access.group = group_name(file.st_gid);
  return access;
}

std::string udev_rules_file() {
  std::error_code none;
  for (const char* const folder :
       {"/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d"}) {
    const auto file = std::filesystem::path(folder) / "60-cartwright.rules";
    if (std::filesystem::exists(file, none)) return file.string();
  }
  return {};
}

Access serial_access(const AccessQuestion& question) {
  std::vector<Place> places;
  for (const Attached& device : question.attached) {
    if (device.kind != AttachedKind::serial || device.is_console) continue;
    places.push_back({device.node, device.node});
  }
  return places.empty() ? Access{true, "none is there", ""} : of(places, question);
}

Access usb_access(const AccessQuestion& question) {
  std::vector<Place> places;
  for (const Attached& device : question.attached) {
    if (device.kind == AttachedKind::serial) continue;
    // A cart that runs has taken its own, and what they are is not told meanwhile.
    const bool wanted = is_taken(device) || is_named(device, question.links) ||
                        !binding_of(device, question.manifests).driver.empty();
    const std::string& node = device.usb_node.empty() ? device.node : device.usb_node;
    if (!wanted || node.empty()) continue;
    places.push_back({node, node + " (" + device.ids + ")"});
  }
  if (!places.empty()) return of(places, question);
  if (!question.rules_file.empty()) {
    return {true, "none is plugged in; the rules are in " + question.rules_file, ""};
  }
  return {::geteuid() == 0, "none is plugged in, and no udev rules are there",
          rules_remedy(question)};
}

}  // namespace cartwright::host
