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

// ]E0 is 13 digits by the standard, but most scanners leave UPC as it is printed. What follows the
// digits, a composite part, begins with the bar or the next identifier.
Symbology ean_upc(std::string_view data) {
  const std::size_t length = std::min(data.find_first_of("|]"), data.size());
  if (length == 12) return Symbology::upca;
  return length >= 6 && length <= 8 ? Symbology::upce : Symbology::ean13;
}

// ]E3 appends an add-on of two or five digits.
Symbology with_add_on(std::size_t length) {
  return length == 14 || length == 17 ? Symbology::upca : Symbology::ean13;
}

// ]I1 says that the scanner checked the digit; with other modifiers the number itself must hold.
Carrier interleaved(char modifier, std::string_view data) {
  if (data.size() == 14 && (modifier == '1' || has_valid_check_digit(data))) {
    return {Symbology::itf14, Content::digits};
  }
  return {Symbology::itf, Content::text};
}

// ]e0 is DataBar, or GS1-128 with its composite part behind; ]e1 a composite part alone, ]e2 and
// ]e3 what follows its escape out of GS1 data.
std::optional<Carrier> databar(char modifier, std::string_view data) {
  if (modifier == '1') return Carrier{Symbology::composite, Content::elements};
  if (modifier == '2' || modifier == '3') return Carrier{Symbology::composite, Content::text};
  if (modifier != '0') return std::nullopt;
  const bool is_gtin_alone = data.size() == kGtin14WithAi && data.starts_with("01");
  return Carrier{is_gtin_alone ? Symbology::databar : Symbology::databar_expanded,
                 Content::elements};
}

// With FNC1 in the first position a symbol holds an element string.
Carrier with_fnc1(bool first, Symbology gs1, Symbology plain) {
  return first ? Carrier{gs1, Content::elements} : Carrier{plain, Content::text};
}

bool is_among(char modifier, std::string_view modifiers) {
  return modifiers.find(modifier) != std::string_view::npos;
}

struct Other {
  char code;
  std::string_view name;
};

// ISO/IEC 15424, table 2: the code characters of symbologies that no point of sale meets.
constexpr std::array<Other, 21> kOthers = {{{'B', "Telepen"},
                                            {'D', "Code One"},
                                            {'H', "Code 11"},
                                            {'K', "Code 16K"},
                                            {'M', "MSI"},
                                            {'N', "Anker"},
                                            {'O', "Codablock"},
                                            {'P', "Plessey"},
                                            {'R', "Straight 2 of 5"},
                                            {'S', "Straight 2 of 5"},
                                            {'T', "Code 49"},
                                            {'U', "MaxiCode"},
                                            {'X', "vendor's own"},
                                            {'Y', "system expansion"},
                                            {'Z', "non-bar-code"},
                                            {'c', "Channel Code"},
                                            {'g', "Grid Matrix"},
                                            {'h', "Han Xin"},
                                            {'o', "OCR"},
                                            {'p', "PosiCode"},
                                            {'s', "SuperCode"}}};

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
std::optional<Carrier> carrier_from_aim(std::string_view aim, std::string_view data) {
  if (aim.size() != 3 || aim[0] != ']') return std::nullopt;
  const char modifier = aim[2];
  const bool is_digit = modifier >= '0' && modifier <= '9';
  if (!is_digit && (modifier < 'A' || modifier > 'F')) return std::nullopt;
  switch (aim[1]) {
    case 'A':
      return Carrier{Symbology::code39, Content::text};
    case 'C':
      return with_fnc1(modifier == '1', Symbology::gs1_128, Symbology::code128);
    case 'E':
      if (modifier == '0') return Carrier{ean_upc(data), Content::digits};
      if (modifier == '1' || modifier == '2') return Carrier{Symbology::unknown, Content::add_on};
      if (modifier == '3') return Carrier{with_add_on(data.size()), Content::digits};
      if (modifier == '4') return Carrier{Symbology::ean8, Content::digits};
      return std::nullopt;
    case 'F':
      return Carrier{Symbology::codabar, Content::text};
    case 'G':
      return Carrier{Symbology::code93, Content::text};
    case 'I':
      return interleaved(modifier, data);
    case 'J':
      return with_fnc1(is_among(modifier, "14"), Symbology::dotcode, Symbology::dotcode);
    case 'L':
      return Carrier{Symbology::pdf417, Content::text};
    case 'Q':
      return with_fnc1(is_among(modifier, "34"), Symbology::gs1_qr, Symbology::qr);
    case 'd':
      return with_fnc1(is_among(modifier, "25"), Symbology::gs1_datamatrix, Symbology::datamatrix);
    case 'e':
      return databar(modifier, data);
    case 'z':
      return Carrier{Symbology::aztec,
                     is_among(modifier, "14") ? Content::elements : Content::text};
    default:
      return std::nullopt;
  }
}

Symbology symbology_from_aim(std::string_view aim, std::string_view data) {
  const auto carrier = carrier_from_aim(aim, data);
  return carrier ? carrier->symbology : Symbology::unknown;
}

Content content_of(Symbology symbology) {
  switch (symbology) {
    case Symbology::ean8:
    case Symbology::ean13:
    case Symbology::upca:
    case Symbology::upce:
    case Symbology::itf14:
      return Content::digits;
    case Symbology::gs1_128:
    case Symbology::databar:
    case Symbology::databar_expanded:
    case Symbology::gs1_qr:
    case Symbology::gs1_datamatrix:
    case Symbology::dotcode:
    case Symbology::composite:
      return Content::elements;
    default:
      return Content::text;
  }
}

std::optional<std::string_view> other_symbology(char code_character) {
  const auto* const found = std::ranges::find(kOthers, code_character, &Other::code);
  if (found == kOthers.end()) return std::nullopt;
  return found->name;
}

}  // namespace cartwright::gs1
