#pragma once

// The bar code type that stands in front of DECODE_DATA's data. Source: Zebra, Simple Serial
// Interface Programmer's Guide, 72E-40451, DECODE_DATA, table "Code Types"; the types from 0xC1 on
// as Zebra's Scanner SDK names them.

#include <cartwright/abi/scanner.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace cartwright::ssi {

struct CodeType {
  std::uint8_t type;
  std::uint32_t symbology;
  std::string_view aim;  // what an AIM identifier of such a label is; empty where several are
};

inline constexpr std::array<CodeType, 57> code_types{{
    {0x01, CW_SYMBOLOGY_CODE39, "]A0"},
    {0x02, CW_SYMBOLOGY_CODABAR, "]F0"},
    {0x03, CW_SYMBOLOGY_CODE128, "]C0"},
    {0x06, CW_SYMBOLOGY_ITF, "]I0"},
    {0x07, CW_SYMBOLOGY_CODE93, "]G0"},
    {0x08, CW_SYMBOLOGY_UPCA, "]E0"},
    {0x09, CW_SYMBOLOGY_UPCE, "]E0"},
    {0x0A, CW_SYMBOLOGY_EAN8, "]E4"},
    {0x0B, CW_SYMBOLOGY_EAN13, "]E0"},
    {0x0F, CW_SYMBOLOGY_GS1_128, "]C1"},
    {0x11, CW_SYMBOLOGY_PDF417, "]L0"},
    {0x13, CW_SYMBOLOGY_CODE39, "]A4"},   // full ASCII
    {0x16, CW_SYMBOLOGY_EAN13, "]E0"},    // Bookland
    {0x18, CW_SYMBOLOGY_CODABAR, "]F0"},  // NW7
    {0x19, CW_SYMBOLOGY_CODE128, "]C0"},  // ISBT 128
    {0x1A, CW_SYMBOLOGY_PDF417, "]L3"},   // micro PDF
    {0x1B, CW_SYMBOLOGY_DATAMATRIX, "]d1"},
    {0x1C, CW_SYMBOLOGY_QR, "]Q1"},
    {0x20, CW_SYMBOLOGY_CODE39, "]A0"},   // Code 32
    {0x21, CW_SYMBOLOGY_CODE128, "]C4"},  // ISBT 128, concatenated
    {0x28, CW_SYMBOLOGY_PDF417, "]L0"},   // macro PDF
    {0x29, CW_SYMBOLOGY_QR, "]Q1"},       // macro QR
    {0x2C, CW_SYMBOLOGY_QR, "]Q1"},       // micro QR
    {0x2D, CW_SYMBOLOGY_AZTEC, "]z0"},
    {0x2E, CW_SYMBOLOGY_AZTEC, "]zC"},  // rune
    {0x30, CW_SYMBOLOGY_DATABAR, "]e0"},
    {0x31, CW_SYMBOLOGY_DATABAR, "]e0"},  // limited
    {0x32, CW_SYMBOLOGY_DATABAR_EXPANDED, "]e0"},
    {0x48, CW_SYMBOLOGY_UPCA, "]E3"},  // with a supplement of two digits
    {0x49, CW_SYMBOLOGY_UPCE, "]E3"},
    {0x4A, CW_SYMBOLOGY_EAN8, ""},
    {0x4B, CW_SYMBOLOGY_EAN13, "]E3"},
    {0x51, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x52, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x53, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x54, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x55, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x56, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x57, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x58, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x59, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x61, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x62, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x63, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x64, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x65, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x66, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x67, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x68, CW_SYMBOLOGY_COMPOSITE, "]e1"},
    {0x88, CW_SYMBOLOGY_UPCA, "]E3"},  // with a supplement of five digits
    {0x89, CW_SYMBOLOGY_UPCE, "]E3"},
    {0x8A, CW_SYMBOLOGY_EAN8, ""},
    {0x8B, CW_SYMBOLOGY_EAN13, "]E3"},
    {0x9A, CW_SYMBOLOGY_PDF417, "]L3"},            // macro micro PDF
    {0xB4, CW_SYMBOLOGY_DATABAR_EXPANDED, "]e0"},  // coupon
    {0xC1, CW_SYMBOLOGY_GS1_DATAMATRIX, "]d2"},
    {0xC2, CW_SYMBOLOGY_GS1_QR, "]Q3"},
}};

// What a type of the table is; unknown for all others. An ITF of 14 digits is an ITF-14.
constexpr CodeType code_type(std::uint8_t type, std::size_t data_size) {
  for (CodeType known : code_types) {
    if (known.type != type) continue;
    if (known.symbology == CW_SYMBOLOGY_ITF && data_size == 14) {
      known.symbology = CW_SYMBOLOGY_ITF14;
    }
    return known;
  }
  return {type, CW_SYMBOLOGY_UNKNOWN, ""};
}

}  // namespace cartwright::ssi
