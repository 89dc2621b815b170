#pragma once

#include <chrono>
#include <string>

#include "host/device.hpp"

namespace cartwright::host {

struct ProbeResult {
  bool well = false;
  std::string why;  // where it is not: "its link is down: ...", "check_health ended timeout"
};

// Opens the device's links, runs its driver there and asks it for its health, again and again until
// that ends ok or `limit` is over. Blocks. This writes to whatever hangs on the links. What the
// driver tells meanwhile is dropped without being committed, so that nothing is acknowledged to the
// device; nothing is recorded or kept.
ProbeResult probe(DeviceSetup setup, std::chrono::milliseconds limit);

}  // namespace cartwright::host
