#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::gs1 {

// What kind of symbol was read. Names are those of scanner.data events, values those of the ABI's
// CW_SYMBOLOGY_* (cartwright/abi/scanner.h).
enum class Symbology : std::uint8_t {
  unknown,
  ean8,
  ean13,
  upca,
  upce,
  itf14,
  itf,
  code39,
  code93,
  code128,
  gs1_128,
  databar,
  databar_expanded,
  qr,
  gs1_qr,
  datamatrix,
  gs1_datamatrix,
  pdf417,
  aztec,
  dotcode,
  codabar,
  composite,
  gs1_digital_link,
};

// "ean13"; the closed list of the documentation. Lives for ever.
std::string_view name(Symbology symbology);
std::optional<Symbology> symbology_from_name(std::string_view name);

// What a symbol holds.
enum class Content : std::uint8_t {
  digits,    // an article number, perhaps with an add-on or a composite part behind it
  add_on,    // an add-on alone
  elements,  // a GS1 element string
  text,      // anything else, among it GS1 Digital Links
};

// What an AIM identifier says.
struct Carrier {
  Symbology symbology = Symbology::unknown;
  Content content = Content::text;
};

// What an AIM identifier ("]E0", ISO/IEC 15424) stands for. `data` is what follows the identifier:
// its length parts UPC-A, UPC-E and EAN-13, which share ]E0, and ITF-14 from other Interleaved 2 of
// 5. Nothing where it is no identifier or one of a symbology outside the list.
std::optional<Carrier> carrier_from_aim(std::string_view aim, std::string_view data);

// The same, without the content; `unknown` where there is none.
Symbology symbology_from_aim(std::string_view aim, std::string_view data);

// What a symbol of this kind holds where no AIM identifier says it. Of dotcode, qr and others that
// may hold either, the one that a point of sale meets.
Content content_of(Symbology symbology);

// "MaxiCode" for the code character ('U') of an AIM identifier whose symbology is outside the list;
// nothing for one that ISO/IEC 15424 does not have or that is in the list.
std::optional<std::string_view> other_symbology(char code_character);

}  // namespace cartwright::gs1
