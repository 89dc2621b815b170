#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "gs1/gtin.hpp"
#include "gs1/symbology.hpp"

namespace cartwright::gs1 {

// What a scan says about the thing that was scanned.
struct Identity {
  Gtin14 gtin;
  Symbology symbology;  // as read or, where it was unknown, as the digits tell
  std::string add_on;   // the digits of an EAN-2 or EAN-5 add-on, mostly empty
};

// What kind of mistake keeps a scan from being a product.
enum class RefusalKind : std::uint8_t {
  not_a_product,      // another thing: a shelf label, a voucher, a web address, letters
  wrong_length,       // digits, but too few, too many or cut off
  wrong_check_digit,  // an article number that was misread or mistyped
};

// Why a scan is no product.
struct Refusal {
  std::string text;    // one sentence for a person
  std::size_t at = 0;  // the offset in the data that it speaks of
  RefusalKind kind = RefusalKind::not_a_product;
};

using Identified = std::variant<Identity, Refusal>;

// From the data of a symbol (without AIM identifier) to the product. With Symbology::unknown the
// digits' count decides, as for digits that a person typed: 8 is EAN-8 or, where its check digit
// fails and it holds as UPC-E, UPC-E; 12 is UPC-A, 13 EAN-13, 14 ITF-14; 6 and 7 digits are no
// product, since nothing in them can be checked. White space round the data is ignored.
Identified identify(std::string_view data, Symbology symbology);

// The same with the AIM identifier ("]E0"), which may also stand at the front of `data` while
// `aim` is empty.
Identified identify(std::string_view data, std::string_view aim);

}  // namespace cartwright::gs1
