#pragma once

// The letter that Honeywell scanners put beside a label (usage ff66:04): their table "Symbology
// charts" of the user's guides. It serves where a device sends no AIM identifier.

#include <cartwright/abi/scanner.h>

#include <cstdint>

namespace cartwright::scanner_hid_pos {

constexpr std::uint32_t symbology_of_code_id(std::uint8_t code_id) {
  switch (code_id) {
    case 'd':
      return CW_SYMBOLOGY_EAN13;
    case 'D':
      return CW_SYMBOLOGY_EAN8;
    case 'c':
      return CW_SYMBOLOGY_UPCA;
    case 'E':
      return CW_SYMBOLOGY_UPCE;
    case 'j':
      return CW_SYMBOLOGY_CODE128;
    case 'I':
      return CW_SYMBOLOGY_GS1_128;
    case 'b':
      return CW_SYMBOLOGY_CODE39;
    case 'i':
      return CW_SYMBOLOGY_CODE93;
    case 'e':
      return CW_SYMBOLOGY_ITF;
    case 'a':
      return CW_SYMBOLOGY_CODABAR;
    case 'y':
    case '{':
      return CW_SYMBOLOGY_DATABAR;
    case '}':
      return CW_SYMBOLOGY_DATABAR_EXPANDED;
    case 'w':
      return CW_SYMBOLOGY_DATAMATRIX;
    case 's':
      return CW_SYMBOLOGY_QR;
    case 'r':
      return CW_SYMBOLOGY_PDF417;
    case 'z':
      return CW_SYMBOLOGY_AZTEC;
    default:
      return CW_SYMBOLOGY_UNKNOWN;
  }
}

}  // namespace cartwright::scanner_hid_pos
