#include "simulators/hid_scanner.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {

Protocol hid_pos_protocol() {
  return {"hid-pos",
          "scanner-hid-pos",
          "scanner",
          "a USB scanner that speaks HID POS",
          "Sends each `scan LABEL [SYMBOLOGY]` in HID reports of 56 bytes of data, unless its "
          "trigger report prevents it. It is a USB device: its reports can not be served on a pty "
          "or over tcp.",
          &HidScanner::options,
          [](const OptionValues& values) -> std::unique_ptr<Simulator> {
            return std::make_unique<HidScanner>(Options(values, HidScanner::options()));
          }};
}

}  // namespace cartwright::simulators
