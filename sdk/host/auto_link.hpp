#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/attached.hpp"
#include "host/devices.hpp"
#include "host/probe.hpp"

namespace cartwright::host {

// What stands in a configuration where the device is to be found by the manifest's rules.
inline constexpr std::string_view auto_link = "auto";

// Tries the device that the configuration's link names now. Opens it, and writes to it.
using Prober = std::function<ProbeResult(const DeviceConfig&)>;

// The configurations with the link of the device that was found in place of each `auto`. A device
// that another configuration names is left to it. Exactly one must fit; with `probe`, the ports
// that no rule decides are tried one after the other by `prober`, and exactly one must answer.
// Error names the place, what was looked at, and the line to write. Nothing is opened where no
// configuration says `probe`. A configuration whose driver is not among the manifests stays as it
// is: resolve_device refuses it.
std::vector<DeviceConfig> find_links(std::vector<DeviceConfig> configs,
                                     std::span<const Manifest* const> manifests,
                                     const std::vector<Attached>& attached, const Prober& prober);

}  // namespace cartwright::host
