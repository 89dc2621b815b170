#include "simulators/hid_scale.hpp"

#include "simulators/registry.hpp"

namespace cartwright::simulators {

Protocol hid_scale_protocol() {
  return {
      "hid-scale",
      "scale-hid",
      "scale",
      "a USB scale of the HID class",
      "Sends its weight in HID reports several times a second, with status, unit and exponent; "
      "its control report zeroes it. `place`, `remove`, `motion` and `zero` are what a person "
      "does at it; `error` breaks it until `reboot`. It is a USB device: its reports can not be "
      "served on a pty or over tcp.",
      &HidScale::options,
      [](const OptionValues& values) -> std::unique_ptr<Simulator> {
        return std::make_unique<HidScale>(Options(values, HidScale::options()));
      }};
}

}  // namespace cartwright::simulators
