#pragma once

#include <string>
#include <vector>

#include "host/attached.hpp"
#include "link/uri.hpp"

namespace cartwright::host {

// The link URI that means this device and no other of `all`, also after a replug: by its USB ids
// and serial number; by the place where it is plugged in where a twin is there and the serial
// number does not tell them apart; with the interface where the device has several of the kind. By
// its node where it hangs on no USB: "hid:05e0:1900?serial=S1", "serial:/dev/ttyS0".
std::string link_of(const Attached& device, const std::vector<Attached>& all);

// True where the URI means the device.
bool means(const link::Uri& uri, const Attached& device);

}  // namespace cartwright::host
