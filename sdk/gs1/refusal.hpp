#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace cartwright::gs1 {

// What kind of mistake keeps a scan from being a product.
enum class RefusalKind : std::uint8_t {
  not_a_product,      // another thing: a shelf label, a voucher, a web address, letters
  wrong_length,       // digits, but too few, too many or cut off
  wrong_check_digit,  // an article number that was misread or mistyped
};

// Why a scan is no product, or holds no GS1 data.
struct Refusal {
  std::string text;    // one sentence for a person
  std::size_t at = 0;  // the offset in the data that it speaks of
  RefusalKind kind = RefusalKind::not_a_product;
};

}  // namespace cartwright::gs1
