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

// The symbology that an AIM identifier ("]E0", ISO/IEC 15424) stands for. `data` is what follows
// the identifier: its length parts UPC-A, UPC-E and EAN-13, which share ]E0, and ITF-14 from other
// Interleaved 2 of 5. `unknown` for identifiers of symbologies outside the list or no identifier.
Symbology symbology_from_aim(std::string_view aim, std::string_view data);

}  // namespace cartwright::gs1
