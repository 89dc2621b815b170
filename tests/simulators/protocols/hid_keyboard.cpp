#include "simulators/hid_keyboard.hpp"

#include "simulators/registry.hpp"

namespace cartwright::simulators {

Protocol hid_keyboard_protocol() {
  return {
      "hid-keyboard",
      "scanner-hid-keyboard",
      "scanner",
      "a scanner that types as a USB keyboard",
      "Types each `scan LABEL [SYMBOLOGY]` for the keyboard of its country. It is a USB device: "
      "its reports can not be served on a pty or over tcp.",
      &HidKeyboard::options,
      [](const OptionValues& values) -> std::unique_ptr<Simulator> {
        return std::make_unique<HidKeyboard>(Options(values, HidKeyboard::options()));
      }};
}

}  // namespace cartwright::simulators
