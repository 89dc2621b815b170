#include "host/udev_rules.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/error.hpp"
#include "host/generic_device.hpp"
#include "host/link_name.hpp"
#include "link/uri.hpp"

namespace cartwright::host {
namespace {

// What one group of rules is about; equal ones are written once.
struct Target {
  AttachedKind kind = AttachedKind::serial;
  std::string ids;      // "05e0:1900" or "05e0:*"
  std::string product;  // a glob of udev; empty: any
  std::string serial;   // the same
  std::string node;     // "ttyS0" instead of ids
  auto operator<=>(const Target&) const = default;
};

bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
         c == '_' || c == '-' || c == '.' || c == ':' || c == '/';
}

// Text as a pattern of udev that fits it: what would be special there stands as any character.
std::string literal(std::string_view text) {
  std::string glob;
  for (const char c : text) glob += plain(c) ? c : '?';
  return glob;
}

// A manifest's product pattern, whose letters fit in either case.
std::string either_case(std::string_view pattern) {
  std::string glob;
  for (const char c : pattern) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower >= 'a' && lower <= 'z') {
      glob += {'[', static_cast<char>(lower - 'a' + 'A'), lower, ']'};
    } else {
      glob += plain(c) || c == '*' ? c : '?';
    }
  }
  return glob;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  return text;
}

std::string key(const std::string& name, const std::string& value) {
  return ", " + name + "==\"" + value + "\"";
}

// The device's attributes: its own (ATTR) or those of a parent (ATTRS).
std::string identity(const Target& target, const std::string& attribute) {
  std::string text = key(attribute + "{idVendor}", target.ids.substr(0, 4));
  if (!target.ids.ends_with('*')) text += key(attribute + "{idProduct}", target.ids.substr(5));
  if (!target.product.empty()) text += key(attribute + "{product}", target.product);
  if (!target.serial.empty()) text += key(attribute + "{serial}", target.serial);
  return text;
}

class Writer {
 public:
  explicit Writer(const UdevWish& wish) : wish_(wish) {}

  std::string write() {
    for (const Manifest* manifest : wish_.manifests) {
      for (const MatchRule& rule : manifest->match) read(*manifest, rule);
    }
    for (const std::string& link : wish_.links) read(link);
    std::string text =
        "# Access to the devices of Cartwright's drivers. Written by: cartwright doctor --udev\n"
        "# It belongs into /etc/udev/rules.d/60-cartwright.rules; then run\n"
        "#   udevadm control --reload && udevadm trigger\n"
        "ACTION==\"remove\", GOTO=\"cartwright_end\"\n";
    for (const auto& [target, drivers] : targets_) {
      std::string names;
      for (const std::string& name : drivers) names += (names.empty() ? "" : ", ") + name;
      text += "\n# " + names + "\n" + rules_for(target);
    }
    for (const std::string& note : notes_) text += "\n# " + note + "\n";
    return text + "\nLABEL=\"cartwright_end\"\n";
  }

 private:
  std::string access(AttachedKind kind) const {
    const bool serial = kind == AttachedKind::serial;
    const std::string group = wish_.group.empty() ? serial ? "dialout" : "plugdev" : wish_.group;
    return ", MODE=\"0660\", GROUP=\"" + group + "\", TAG+=\"uaccess\"";
  }

  std::string rules_for(const Target& target) const {
    const std::string no_modem = ", ENV{ID_MM_DEVICE_IGNORE}=\"1\"";
    if (!target.node.empty()) {
      return "SUBSYSTEM==\"tty\"" + key("KERNEL", target.node) + access(target.kind) + no_modem +
             "\n";
    }
    const std::string device =
        "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\"" + identity(target, "ATTR");
    if (target.kind == AttachedKind::serial) {
      return "SUBSYSTEM==\"tty\"" + identity(target, "ATTRS") + access(target.kind) + no_modem +
             "\n" + device + no_modem + "\n";
    }
    std::string text = device + access(target.kind) + "\n";
    if (target.kind == AttachedKind::hid) {
      // By the kernel's name for it, over USB (0003) and Bluetooth (0005).
      const std::string number = target.ids.ends_with('*') ? "" : ".*";
      text += "SUBSYSTEM==\"hidraw\"" + key("KERNELS", "000[35]:" + upper(target.ids) + number) +
              access(target.kind) + "\n";
    }
    return text;
  }

  void add(Target target, const std::string& who) { targets_[std::move(target)].insert(who); }

  static std::vector<AttachedKind> kinds_of(const Manifest& manifest) {
    std::vector<AttachedKind> kinds;
    const auto needs = [&](std::string_view need) {
      return std::ranges::find(manifest.needs, need) != manifest.needs.end();
    };
    const auto takes = [&](AttachedKind kind) {
      return std::ranges::any_of(manifest.links, [&](const ManifestLink& link) {
        return std::ranges::find(link.schemes, to_text(kind)) != link.schemes.end();
      });
    };
    if (takes(AttachedKind::serial) || needs("tty")) kinds.push_back(AttachedKind::serial);
    if (takes(AttachedKind::hid) || needs("usb"))
      kinds.push_back(AttachedKind::hid);
    else if (takes(AttachedKind::usb))
      kinds.push_back(AttachedKind::usb);
    return kinds;
  }

  void read(const Manifest& manifest, const MatchRule& rule) {
    const std::string generic = generic_ids_reason(rule.usb);
    if (!generic.empty() && rule.product.empty()) {
      notes_.insert("Left out for " + manifest.id + ": " + generic +
                    ". --config FILE takes what a cart's configuration names.");
      return;
    }
    const bool any_keyboard = rule.usage && rule.usage->page == 1;
    for (const AttachedKind kind : kinds_of(manifest)) {
      if (rule.is_exact()) {
        add({kind, rule.usb, either_case(rule.product), {}, {}}, manifest.id);
      } else if (any_keyboard) {
        notes_.insert("Left out for " + manifest.id + ": it fits by " + to_text(rule) +
                      ", and a keyboard may be a person's. --config FILE takes those that a "
                      "cart's configuration names.");
      } else if (!rule.usage && !rule.usb.empty()) {
        add({kind, rule.usb, either_case(rule.product), {}, {}}, manifest.id);
      } else {
        read_attached(manifest, rule, kind);
      }
    }
  }

  // udev sees no usages: the devices that are there stand for the rule.
  void read_attached(const Manifest& manifest, const MatchRule& rule, AttachedKind kind) {
    bool any = false;
    bool taken = false;
    for (const Attached& device : wish_.attached) {
      taken = taken || (device.kind == kind && is_taken(device));
      if (device.kind != kind || !fits(rule, device) || !generic_reason(device).empty()) continue;
      add({kind, device.ids, {}, {}, {}}, manifest.id);
      any = true;
    }
    if (!any) {
      notes_.insert("Nothing for " + manifest.id + " by " + to_text(rule) + ": plug the device in" +
                    (taken ? ", end the program that uses it," : std::string()) +
                    " and write these rules again.");
    }
  }

  void read(const std::string& link) {
    link::Uri uri;
    try {
      uri = link::parse_uri(link);
    } catch (const Error&) {
      return;  // `auto`, or one that `cartwright run` refuses with its place
    }
    for (const AttachedKind kind : {AttachedKind::serial, AttachedKind::hid, AttachedKind::usb}) {
      if (uri.scheme != to_text(kind)) continue;
      if (!uri.path.starts_with('/')) {
        const std::string serial(uri.value("serial").value_or(""));
        // The hidraw rule goes by name and can not ask for a serial number.
        add({kind, uri.path, {}, kind == AttachedKind::serial ? literal(serial) : "", {}},
            "configured: " + literal(link));
        continue;
      }
      for (const Attached& device : wish_.attached) {
        if (!means(uri, device)) continue;
        const std::string node = device.node.substr(device.node.rfind('/') + 1);
        Target target{kind, device.ids, {}, {}, device.ids.empty() ? literal(node) : ""};
        add(std::move(target), "configured: " + literal(link));
      }
    }
  }

  const UdevWish& wish_;
  std::map<Target, std::set<std::string>> targets_;
  std::set<std::string> notes_;
};

}  // namespace

bool is_group_name(std::string_view text) {
  const auto first = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !text.empty() && text.size() <= 32 && first(text[0]) &&
         std::ranges::all_of(
             text, [&](char c) { return first(c) || (c >= '0' && c <= '9') || c == '-'; });
}

std::string udev_rules(const UdevWish& wish) {
  return Writer(wish).write();
}

}  // namespace cartwright::host
