#pragma once

// The units of HID Point of Sale Usage Tables 1.02, section 6.4.1 (usages 8d:51 to 8d:5c), in the
// units that a cart knows. Each is exact: no rounding, no floating point.

#include <cartwright/driver/scale.hpp>

namespace cartwright::scale_hid {

using driver::Decimal;

// One of the unit in `unit`: factor x 10^exponent.
struct UnitOf {
  std::uint32_t unit;
  std::int64_t factor;
  std::int32_t exponent;
};

// By the usage's id. Nothing for what is none and for taels, which differ by country.
constexpr std::optional<UnitOf> unit_of(std::uint32_t id) {
  switch (id) {
    case 0x51:
      return UnitOf{CW_UNIT_MILLIGRAM, 1, 0};
    case 0x52:
      return UnitOf{CW_UNIT_GRAM, 1, 0};
    case 0x53:
      return UnitOf{CW_UNIT_KILOGRAM, 1, 0};
    case 0x54:  // metric carat, 0.2 g
      return UnitOf{CW_UNIT_GRAM, 2, -1};
    case 0x56:  // grain, 64.79891 mg
      return UnitOf{CW_UNIT_MILLIGRAM, 6'479'891, -5};
    case 0x57:  // pennyweight, 24 grains
      return UnitOf{CW_UNIT_MILLIGRAM, 155'517'384, -5};
    case 0x58:  // metric ton
      return UnitOf{CW_UNIT_KILOGRAM, 1, 3};
    case 0x59:  // short ton, 2000 lb
      return UnitOf{CW_UNIT_POUND, 2, 3};
    case 0x5A:  // troy ounce, 480 grains
      return UnitOf{CW_UNIT_GRAM, 311'034'768, -7};
    case 0x5B:
      return UnitOf{CW_UNIT_OUNCE, 1, 0};
    case 0x5C:
      return UnitOf{CW_UNIT_POUND, 1, 0};
    default:
      return std::nullopt;
  }
}

}  // namespace cartwright::scale_hid
