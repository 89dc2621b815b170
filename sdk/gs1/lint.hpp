#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::gs1 {

// Which characters a part of an AI's value may have (GS1 General Specifications 7.11).
enum class CharacterSet : std::uint8_t {
  digits,
  set82,  // ISO/IEC 646's invariant characters without the space
  set39,  // # - / 0-9 A-Z
  set64,  // base64 for files and URIs, padded or not
};

// What a part of an AI's value must be beside its characters and length; the names are those of
// the GS1 Syntax Dictionary.
enum class Lint : std::uint8_t {
  none,
  couponcode,
  couponposoffer,
  csum,
  csumalpha,
  gcppos1,
  gcppos2,
  hasnondigit,
  hh,
  hhmi,
  hyphen,
  iban,
  importeridx,
  iso3166,
  iso3166999,
  iso3166alpha2,
  iso4217,
  iso5218,
  latitude,
  longitude,
  mediatype,
  mi,
  nonzero,
  nozeroprefix,
  packagetype,
  pcenc,
  pieceoftotal,
  posinseqslash,
  ss,
  winding,
  yesno,
  yymmd0,
  yymmdd,
  yyyymmdd,
  zero,
};

// What is wrong with a value.
struct LintFault {
  std::string text;          // ends a sentence that begins "(17) "
  std::size_t at = 0;        // the offset in the value
  bool check_digit = false;  // a check digit or pair does not hold: misread or mistyped
};

// Nothing if all characters of `value` are of the set.
std::optional<LintFault> check_characters(CharacterSet set, std::string_view value);

// Nothing if `value` is what the lint asks for. `value` has the part's characters already.
std::optional<LintFault> check(Lint lint, std::string_view value);

}  // namespace cartwright::gs1
