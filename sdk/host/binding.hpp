#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "host/attached.hpp"
#include "host/plugin_index.hpp"

namespace cartwright::host {

// What one driver's manifest says of one device.
enum class Verdict : std::uint8_t {
  no,        // no rule fits, or its link can not be of that kind
  withheld,  // a rule fits, but the device is generic and the rule names no product
  yes
};
struct Fit {
  Verdict verdict = Verdict::no;
  std::string rule;         // "usb 05e0:1900"
  std::string withheld;     // why, for people
  std::uint8_t narrow = 0;  // a product counts most, then exact ids, then a usage
};

// The best of the manifest's rules. A driver that does its own I/O, or has several links, never
// fits: what it opens is the configuration's to say.
Fit fit(const Manifest& manifest, const Attached& device);

// True where the driver's one link can be of that kind.
bool reaches(const Manifest& manifest, AttachedKind kind);

// Which driver a device binds to by the manifests' rules: the only one that fits, or the one whose
// rule is the narrowest. A tie binds nothing.
struct Binding {
  std::string driver;  // empty: none binds by itself
  std::string why;     // the rule that fits, the tie, or what to do where none does
};

Binding binding_of(const Attached& device, std::span<const Manifest* const> manifests);

// Of the usable plugins; they live as long as the index.
std::vector<const Manifest*> manifests_of(const PluginIndex& plugins);

}  // namespace cartwright::host
