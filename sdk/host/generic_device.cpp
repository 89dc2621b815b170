#include "host/generic_device.hpp"

#include <algorithm>
#include <string_view>

#include "host/attached.hpp"
#include "host/match_rule.hpp"

namespace cartwright::host {
namespace {

struct Bridge {
  std::string_view ids;  // with * at the end for a family
  std::string_view what;
};

// USB serial chips, and ids that chip makers and the Linux kernel give to everybody who builds a
// CDC-ACM device. A cable with such a chip may lead to anything. From the kernel's own tables in
// drivers/usb/serial and the makers' data sheets.
constexpr Bridge bridges[] = {
    {"0403:6001", "FTDI's bridge"},          // FT232
    {"0403:6006", "FTDI's bridge"},          // FT8U100AX
    {"0403:6010", "FTDI's bridge"},          // FT2232
    {"0403:6011", "FTDI's bridge"},          // FT4232
    {"0403:6014", "FTDI's bridge"},          // FT232H
    {"0403:6015", "FTDI's bridge"},          // FT-X
    {"0403:604*", "FTDI's bridge"},          // FT2233HP and its family
    {"067b:04bb", "Prolific's bridge"},      // PL2303 of old
    {"067b:23*", "Prolific's bridge"},       // PL2303 and its G family
    {"10c4:ea6*", "Silicon Labs' bridge"},   // CP2102 to CP2104
    {"10c4:ea7*", "Silicon Labs' bridge"},   // CP2105, CP2108
    {"10c4:ea80", "Silicon Labs' bridge"},   // CP2110, by HID
    {"1a86:7522", "WCH's bridge"},           // CH340K
    {"1a86:7523", "WCH's bridge"},           // CH340
    {"1a86:5523", "WCH's bridge"},           // CH341
    {"1a86:55d*", "WCH's bridge"},           // CH342 to CH9102
    {"04d8:000a", "Microchip's sample id"},  // CDC demonstration
    {"04d8:00dd", "Microchip's bridge"},     // MCP2221
    {"04d8:00df", "Microchip's bridge"},     // MCP2200
    {"0483:5740", "ST's sample id"},         // virtual COM port
    {"03eb:204b", "Atmel's sample id"},      // LUFA serial
    {"03eb:2404", "Atmel's sample id"},      // ASF CDC
    {"04b4:0003", "Cypress' bridge"},        // CY7C65213
    {"04e2:141*", "MaxLinear's bridge"},     // XR21V1410 to 1414
    {"0451:3410", "TI's bridge"},            // TUSB3410
    {"0557:2008", "ATEN's bridge"},          // UC-232A
    {"9710:77*", "MosChip's bridge"},        // MCS7703, MCS7720
    {"9710:78*", "MosChip's bridge"},        // MCS7810 to MCS7840
    {"0525:a4a*", "Linux' gadget id"},       // g_serial, g_multi
    {"1d6b:010*", "Linux' gadget id"},       // multifunction gadgets
    {"16c0:05*", "a shared id"},             // V-USB
    {"16c0:27*", "a shared id"},             // V-USB
};

bool is_keyboard(HidUsage usage) {
  // Usage Tables 4.1: keyboard and keypad, both type into whatever has the focus.
  return usage == HidUsage{0x01, 0x06} || usage == HidUsage{0x01, 0x07};
}

}  // namespace

std::string generic_ids_reason(const std::string& ids) {
  for (const Bridge& bridge : bridges) {
    if (fits_pattern(bridge.ids, ids)) {
      return ids + " is " + std::string(bridge.what) + ", which many kinds of devices have";
    }
  }
  return {};
}

bool is_taken(const Attached& device) {
  return device.kind == AttachedKind::hid && device.usages.empty() &&
         device.kernel_driver == "usbfs";
}

std::string generic_reason(const Attached& device) {
  if (std::ranges::any_of(device.usages, is_keyboard)) {
    return "it is a keyboard for the system, and may be a person's";
  }
  return generic_ids_reason(device.ids);
}

}  // namespace cartwright::host
