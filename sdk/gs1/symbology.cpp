#include "gs1/symbology.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "gs1/gtin.hpp"

namespace cartwright::gs1 {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 23> kNames = {"unknown",
                                                     "ean8",
                                                     "ean13",
                                                     "upca",
                                                     "upce",
                                                     "itf14",
                                                     "itf",
                                                     "code39",
                                                     "code93",
                                                     "code128",
                                                     "gs1_128",
                                                     "databar",
                                                     "databar_expanded",
                                                     "qr",
                                                     "gs1_qr",
                                                     "datamatrix",
                                                     "gs1_datamatrix",
                                                     "pdf417",
                                                     "aztec",
                                                     "dotcode",
                                                     "codabar",
                                                     "composite",
                                                     "gs1_digital_link"};
static_assert(kNames.size() == static_cast<std::size_t>(Symbology::gs1_digital_link) + 1);

constexpr std::size_t kGtin14WithAi = 16;  // "01" and 14 digits

// ]E0 is 13 digits by the standard, but most scanners leave UPC as it is printed; ]E3 appends an
// add-on of two or five digits.
Symbology ean_upc(char modifier, std::size_t length) {
  switch (modifier) {
    case '0':
      if (length == 12) return Symbology::upca;
      if (length >= 6 && length <= 8) return Symbology::upce;
      return Symbology::ean13;
    case '3':
      return length == 14 || length == 17 ? Symbology::upca : Symbology::ean13;
    case '4':
      return Symbology::ean8;
    default:  // ]E1 and ]E2 are an add-on alone
      return Symbology::unknown;
  }
}

// ]I1 says that the scanner checked the digit; with other modifiers the number itself must hold.
Symbology interleaved(char modifier, std::string_view data) {
  if (data.size() != 14) return Symbology::itf;
  return modifier == '1' || has_valid_check_digit(data) ? Symbology::itf14 : Symbology::itf;
}

Symbology databar(char modifier, std::string_view data) {
  if (modifier != '0') return Symbology::composite;
  return data.size() == kGtin14WithAi && data.starts_with("01") ? Symbology::databar
                                                                : Symbology::databar_expanded;
}

}  // namespace

std::string_view name(Symbology symbology) {
  const auto index = static_cast<std::size_t>(symbology);
  return index < kNames.size() ? kNames[index] : kNames[0];
}

std::optional<Symbology> symbology_from_name(std::string_view text) {
  const auto found = std::find(kNames.begin(), kNames.end(), text);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Symbology>(found - kNames.begin());
}

// ISO/IEC 15424:2008, table 2 (code characters) and annexes (modifiers).
Symbology symbology_from_aim(std::string_view aim, std::string_view data) {
  if (aim.size() != 3 || aim[0] != ']') return Symbology::unknown;
  const char modifier = aim[2];
  switch (aim[1]) {
    case 'A':
      return Symbology::code39;
    case 'C':
      return modifier == '1' ? Symbology::gs1_128 : Symbology::code128;
    case 'E':
      return ean_upc(modifier, data.size());
    case 'F':
      return Symbology::codabar;
    case 'G':
      return Symbology::code93;
    case 'I':
      return interleaved(modifier, data);
    case 'J':
      return Symbology::dotcode;
    case 'L':
      return Symbology::pdf417;
    case 'Q':
      return modifier == '3' ? Symbology::gs1_qr : Symbology::qr;
    case 'd':
      return modifier == '2' ? Symbology::gs1_datamatrix : Symbology::datamatrix;
    case 'e':
      return databar(modifier, data);
    case 'z':
      return Symbology::aztec;
    default:
      return Symbology::unknown;
  }
}

}  // namespace cartwright::gs1
