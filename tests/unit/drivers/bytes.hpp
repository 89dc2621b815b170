#pragma once

#include <string>

#include "base/hex.hpp"
#include "support/published.hpp"

namespace cartwright::test {

// The bytes of a hexadecimal text, as the rig takes them.
inline std::string hex(std::string_view text) {
  return std::string(as_text(from_hex(text).value()));
}

inline std::string to_hex_text(std::string_view bytes) {
  return to_hex(as_bytes(bytes));
}

}  // namespace cartwright::test
