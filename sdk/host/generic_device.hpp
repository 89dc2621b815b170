#pragma once

#include <string>

namespace cartwright::host {

struct Attached;

// Why nothing about the device says what it is, so that no rule by ids or usage may bind it: a
// USB bridge chip or an id that many kinds of devices share, or a keyboard, which may be a
// person's. For people, such as "0403:6001 is FTDI's bridge, which many kinds of devices have";
// empty where the device is not generic.
std::string generic_reason(const Attached& device);

// The same of ids alone; empty where they are not generic.
std::string generic_ids_reason(const std::string& ids);

// True where a program has the HID interface by libusb, as a cart that runs: the kernel's driver is
// off it meanwhile, so that sysfs tells no usages.
bool is_taken(const Attached& device);

}  // namespace cartwright::host
