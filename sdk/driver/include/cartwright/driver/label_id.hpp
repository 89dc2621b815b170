#pragma once

// Label identifiers of makers: one to three characters in front of a label that name its symbology.
// Each table is the maker's factory set; where it gives several symbologies one identifier, the
// label's digits decide, or it is unknown.

#include <cartwright/abi/scanner.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cartwright::driver {

struct LabelId {
  // What a label behind the identifier must be, and how its symbology follows from it.
  enum class Kind : std::uint8_t {
    any,
    digits,   // EAN and UPC, with or without a supplement
    ean_upc,  // one of EAN-8, EAN-13, UPC-A, UPC-E: the count of digits tells
    databar,  // (01) and 14 digits, or an expanded one
  };
  std::string_view id;
  std::uint32_t symbology = CW_SYMBOLOGY_UNKNOWN;
  Kind kind = Kind::any;
};

struct IdentifiedLabel {
  std::string_view data;
  std::uint32_t symbology = CW_SYMBOLOGY_UNKNOWN;
};

// Datalogic, "Label ID: Pre-loaded Sets", USA set (PowerScan PD9600 Product Reference Guide, table
// 18; QuickScan QD2400, table 35), and what Magellan scanners use instead for Code 39, Interleaved
// 2 of 5 and Code 128: B1, B2, B3.
inline constexpr std::array<LabelId, 22> datalogic_label_ids{{
    {"A", CW_SYMBOLOGY_UPCA, LabelId::Kind::digits},
    {"E", CW_SYMBOLOGY_UPCE, LabelId::Kind::digits},
    {"F", CW_SYMBOLOGY_EAN13, LabelId::Kind::digits},
    {"FF", CW_SYMBOLOGY_EAN8, LabelId::Kind::digits},
    {"#", CW_SYMBOLOGY_CODE128},
    {"%", CW_SYMBOLOGY_CODABAR},
    {"&", CW_SYMBOLOGY_CODE93},
    {"*", CW_SYMBOLOGY_CODE39},
    {"i", CW_SYMBOLOGY_ITF},
    {"B1", CW_SYMBOLOGY_CODE39},
    {"B2", CW_SYMBOLOGY_ITF},
    {"B3", CW_SYMBOLOGY_CODE128},
    {"R4", CW_SYMBOLOGY_DATABAR, LabelId::Kind::databar},  // Magellan: expanded ones too
    {"RL", CW_SYMBOLOGY_DATABAR},
    {"RX", CW_SYMBOLOGY_DATABAR_EXPANDED},
    {"Az", CW_SYMBOLOGY_AZTEC},
    {"DM", CW_SYMBOLOGY_DATAMATRIX},
    {"Dm", CW_SYMBOLOGY_DATAMATRIX},
    {"P", CW_SYMBOLOGY_PDF417},
    {"mP", CW_SYMBOLOGY_PDF417},
    {"QR", CW_SYMBOLOGY_QR},
    {"$Q", CW_SYMBOLOGY_QR},
}};

// The same, EU set.
inline constexpr std::array<LabelId, 26> datalogic_eu_label_ids{{
    {"A", CW_SYMBOLOGY_EAN8, LabelId::Kind::digits},
    {"J", CW_SYMBOLOGY_EAN8, LabelId::Kind::digits},
    {"K", CW_SYMBOLOGY_EAN8, LabelId::Kind::digits},
    {"B", CW_SYMBOLOGY_EAN13, LabelId::Kind::digits},
    {"L", CW_SYMBOLOGY_EAN13, LabelId::Kind::digits},
    {"M", CW_SYMBOLOGY_EAN13, LabelId::Kind::digits},
    {"C", CW_SYMBOLOGY_UPCA, LabelId::Kind::digits},
    {"F", CW_SYMBOLOGY_UPCA, LabelId::Kind::digits},
    {"G", CW_SYMBOLOGY_UPCA, LabelId::Kind::digits},
    {"D", CW_SYMBOLOGY_UPCE, LabelId::Kind::digits},
    {"H", CW_SYMBOLOGY_UPCE, LabelId::Kind::digits},
    {"I", CW_SYMBOLOGY_UPCE, LabelId::Kind::digits},
    {"R", CW_SYMBOLOGY_CODABAR},
    {"T", CW_SYMBOLOGY_CODE128},
    {"V", CW_SYMBOLOGY_CODE39},
    {"U", CW_SYMBOLOGY_CODE93},
    {"N", CW_SYMBOLOGY_ITF},
    {"k", CW_SYMBOLOGY_GS1_128},
    {"u", CW_SYMBOLOGY_DATABAR},
    {"v", CW_SYMBOLOGY_DATABAR},
    {"t", CW_SYMBOLOGY_DATABAR_EXPANDED},
    {"!", CW_SYMBOLOGY_AZTEC},
    {"w", CW_SYMBOLOGY_DATAMATRIX},
    {"r", CW_SYMBOLOGY_PDF417},
    {"y", CW_SYMBOLOGY_QR},
    {"$Q", CW_SYMBOLOGY_QR},
}};

// Honeywell, formerly Hand Held Products, "Symbology Charts", column "Code ID" (Xenon 1900 User's
// Guide, appendix A; 3820 User's Guide, appendix A).
inline constexpr std::array<LabelId, 18> honeywell_label_ids{{
    {"c", CW_SYMBOLOGY_UPCA, LabelId::Kind::digits},
    {"E", CW_SYMBOLOGY_UPCE, LabelId::Kind::digits},
    {"d", CW_SYMBOLOGY_EAN13, LabelId::Kind::digits},
    {"D", CW_SYMBOLOGY_EAN8, LabelId::Kind::digits},
    {"a", CW_SYMBOLOGY_CODABAR},
    {"b", CW_SYMBOLOGY_CODE39},
    {"e", CW_SYMBOLOGY_ITF},
    {"i", CW_SYMBOLOGY_CODE93},
    {"j", CW_SYMBOLOGY_CODE128},
    {"I", CW_SYMBOLOGY_GS1_128},
    {"y", CW_SYMBOLOGY_DATABAR, LabelId::Kind::databar},
    {"{", CW_SYMBOLOGY_DATABAR, LabelId::Kind::databar},
    {"}", CW_SYMBOLOGY_DATABAR_EXPANDED},
    {"z", CW_SYMBOLOGY_AZTEC},
    {"w", CW_SYMBOLOGY_DATAMATRIX},
    {"r", CW_SYMBOLOGY_PDF417},
    {"R", CW_SYMBOLOGY_PDF417},  // MicroPDF417
    {"s", CW_SYMBOLOGY_QR},
}};

// Zebra and Symbol, "Symbol Code Identifiers" (SP72 Product Reference Guide, programming
// reference).
inline constexpr std::array<LabelId, 16> zebra_label_ids{{
    {"A", CW_SYMBOLOGY_UNKNOWN, LabelId::Kind::ean_upc},
    {"L", CW_SYMBOLOGY_UNKNOWN, LabelId::Kind::ean_upc},  // Bookland EAN
    {"B", CW_SYMBOLOGY_CODE39},
    {"C", CW_SYMBOLOGY_CODABAR},
    {"D", CW_SYMBOLOGY_CODE128},
    {"E", CW_SYMBOLOGY_CODE93},
    {"F", CW_SYMBOLOGY_ITF},
    {"K", CW_SYMBOLOGY_GS1_128},
    {"R", CW_SYMBOLOGY_DATABAR, LabelId::Kind::databar},
    {"T", CW_SYMBOLOGY_COMPOSITE},
    {"X", CW_SYMBOLOGY_PDF417},
    {"z", CW_SYMBOLOGY_AZTEC},
    {"P00", CW_SYMBOLOGY_DATAMATRIX},
    {"P01", CW_SYMBOLOGY_QR},
    {"P0G", CW_SYMBOLOGY_GS1_DATAMATRIX},
    {"P0Q", CW_SYMBOLOGY_GS1_QR},
}};

namespace detail {

constexpr bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::uint32_t symbology_behind(const LabelId& label, std::string_view data) {
  switch (label.kind) {
    case LabelId::Kind::ean_upc:
      if (data.size() == 13) return CW_SYMBOLOGY_EAN13;
      if (data.size() == 12) return CW_SYMBOLOGY_UPCA;
      // Eight digits are an EAN-8, or a UPC-E with number system and check digit.
      return data.size() == 6 || data.size() == 7 ? CW_SYMBOLOGY_UPCE : CW_SYMBOLOGY_UNKNOWN;
    case LabelId::Kind::databar:
      return data.size() == 16 && data.starts_with("01") && all_digits(data)
                 ? CW_SYMBOLOGY_DATABAR
                 : CW_SYMBOLOGY_DATABAR_EXPANDED;
    case LabelId::Kind::any:
    case LabelId::Kind::digits:
      break;
  }
  if (label.symbology == CW_SYMBOLOGY_ITF && data.size() == 14) return CW_SYMBOLOGY_ITF14;
  return label.symbology;
}

}  // namespace detail

// Splits "F4006381333931"; the longest identifier of the table that fits counts. Nothing where none
// does, or where an EAN or UPC would have other characters than digits.
constexpr std::optional<IdentifiedLabel> split_label_id(std::string_view text,
                                                        std::span<const LabelId> table) {
  const LabelId* found = nullptr;
  for (const LabelId& label : table) {
    const bool longer = found == nullptr || label.id.size() > found->id.size();
    if (!longer || !text.starts_with(label.id) || text.size() == label.id.size()) continue;
    const bool needs_digits =
        label.kind == LabelId::Kind::digits || label.kind == LabelId::Kind::ean_upc;
    const std::string_view behind = text.substr(label.id.size());
    if (needs_digits && !detail::all_digits(behind)) continue;
    // Datalogic's "A" names Code 32 too, whose labels have nine digits.
    if (label.symbology == CW_SYMBOLOGY_UPCA && behind.size() == 9) continue;
    found = &label;
  }
  if (found == nullptr) return std::nullopt;
  const std::string_view data = text.substr(found->id.size());
  return IdentifiedLabel{data, detail::symbology_behind(*found, data)};
}

}  // namespace cartwright::driver
