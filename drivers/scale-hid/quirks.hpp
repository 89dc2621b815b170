#pragma once

// Scales that differ from the usage tables, or are not what they say, as data: one line a device.
// Known from the projects that read them; each line names where it was told.

#include <cstdint>
#include <string_view>

namespace cartwright::scale_hid {

struct Quirk {
  std::uint16_t vendor;
  std::uint16_t product;
  bool stale_first;         // its first report is the weighing before
  bool no_status;           // status is none: stable is what stands still
  bool no_zero;             // the zero command is taken and does harm or nothing
  std::uint8_t unit;        // usage id of the unit where a report names none, 0 for none
  std::string_view refuse;  // not empty: not of the HID class, whatever it says
};

// erjiang/usbscale, scales.h: "the first result may be incorrect (from the previous weighing)",
// said of all of its list; its issues 1, 4, 14, 15 and 21 and the pull request 21 for the rest.
inline constexpr Quirk quirks[] = {
    // DYMO 1772057, M25, S180 and S250
    {0x0922, 0x8003, true, false, false, 0, {}},
    {0x0922, 0x8004, true, false, false, 0, {}},
    {0x0922, 0x8009, true, false, false, 0, {}},
    // SANFORD DYMO 10 lb
    {0x6096, 0x0158, true, false, false, 0, {}},
    // Mettler-Toledo PS60
    {0x0EB8, 0xF000, true, false, false, 0, {}},
    // Fairbanks SCB-R9000
    {0x0B67, 0x555E, true, false, false, 0, {}},
    // Elane UParcel PS311
    {0x7B7C, 0x0100, true, false, false, 0, {}},
    // Stamps.com 510: only the weight changes, in tenths of an ounce (issue 4)
    {0x1446, 0x6A73, true, true, false, 0x5B, {}},
    // Stamps.com stainless steel 5 lb and 35 lb: after the zero command it says no more (issue 1)
    {0x2474, 0x0550, true, false, true, 0, {}},
    {0x2474, 0x3550, true, false, true, 0, {}},
    // Pitney Bowes 397-B: the zero command does nothing (pull request 21)
    {0x0D8F, 0x0200, true, false, true, 0, {}},
    // AccuPost PP-10: reports of its own (issue 14)
    {0x04D9, 0x8010, false, false, false, 0,
     "an AccuPost PP-10 sends reports of its own and is no scale of the HID class"},
    // RadioShack 26-950: raw counts, most significant byte first
    // (Z3r0XG/RadioShack-26-950-HID-Scale)
    {0x2233, 0x6323, false, false, false, 0,
     "a RadioShack 26-950 sends raw counts and is no scale of the HID class"},
};

// Null for a device of which nothing odd is known.
constexpr const Quirk* find_quirk(std::uint16_t vendor, std::uint16_t product) {
  for (const Quirk& quirk : quirks) {
    if (quirk.vendor == vendor && quirk.product == product) return &quirk;
  }
  return nullptr;
}

}  // namespace cartwright::scale_hid
