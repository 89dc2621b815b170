#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

// Lower-case hexadecimal, two digits a byte.
std::string to_hex(ByteView bytes);

// Reads hexadecimal of either case; white space between bytes is allowed. Nothing on anything else.
std::optional<Bytes> from_hex(std::string_view text);

inline ByteView as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(std::string_view text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

// True if the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool is_utf8(ByteView bytes);

}  // namespace cartwright
