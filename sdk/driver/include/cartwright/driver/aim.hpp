#pragma once

// Symbology identifiers of ISO/IEC 15424 ("AIM ids"): ']', a code letter, a modifier.

#include <cartwright/abi/scanner.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::driver {

struct AimScan {
  std::string_view aim;   // "]E0"
  std::string_view data;  // what follows
};

// Splits "]E04006381333931"; nothing where the text does not begin with an identifier.
constexpr std::optional<AimScan> split_aim(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto modifier = [&](char c) { return (c >= '0' && c <= '9') || letter(c); };
  if (text.size() < 3 || text[0] != ']' || !letter(text[1]) || !modifier(text[2])) {
    return std::nullopt;
  }
  return AimScan{text.substr(0, 3), text.substr(3)};
}

// The symbology that an identifier names. ]E0 is all of EAN-13, UPC-A and UPC-E: the length of the
// data tells them apart (a reader that sends UPC-A as 12 digits, UPC-E as 6 or 8).
constexpr std::uint32_t symbology_of(std::string_view aim, std::size_t data_size) {
  if (aim.size() != 3 || aim[0] != ']') return CW_SYMBOLOGY_UNKNOWN;
  const char modifier = aim[2];
  switch (aim[1]) {
    case 'A':
      return CW_SYMBOLOGY_CODE39;
    case 'C':
      return modifier == '1' ? CW_SYMBOLOGY_GS1_128 : CW_SYMBOLOGY_CODE128;
    case 'd':
      return modifier == '2' ? CW_SYMBOLOGY_GS1_DATAMATRIX : CW_SYMBOLOGY_DATAMATRIX;
    case 'E':
      if (modifier == '4') return CW_SYMBOLOGY_EAN8;
      if (data_size == 12) return CW_SYMBOLOGY_UPCA;
      if (data_size >= 6 && data_size <= 8) return CW_SYMBOLOGY_UPCE;
      return CW_SYMBOLOGY_EAN13;
    case 'e':
      if (modifier != '0') return CW_SYMBOLOGY_COMPOSITE;
      return data_size == 16 ? CW_SYMBOLOGY_DATABAR : CW_SYMBOLOGY_DATABAR_EXPANDED;
    case 'F':
      return CW_SYMBOLOGY_CODABAR;
    case 'G':
      return CW_SYMBOLOGY_CODE93;
    case 'I':
      return data_size == 14 ? CW_SYMBOLOGY_ITF14 : CW_SYMBOLOGY_ITF;
    case 'J':
      return CW_SYMBOLOGY_DOTCODE;
    case 'L':
      return CW_SYMBOLOGY_PDF417;
    case 'Q':
      return modifier == '3' ? CW_SYMBOLOGY_GS1_QR : CW_SYMBOLOGY_QR;
    case 'z':
      return CW_SYMBOLOGY_AZTEC;
    default:
      return CW_SYMBOLOGY_UNKNOWN;
  }
}

}  // namespace cartwright::driver
