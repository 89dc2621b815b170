#include "gs1/percent.hpp"

namespace cartwright::gs1 {
namespace {

// The value of a hexadecimal digit, or -1.
int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_encoded(std::string_view text, std::size_t at) {
  return text.size() - at >= 3 && text[at] == '%' && hex_value(text[at + 1]) >= 0 &&
         hex_value(text[at + 2]) >= 0;
}

}  // namespace

std::string percent_decoded(std::string_view text, bool in_query) {
  const bool is_plain = text.find('%') == std::string_view::npos &&
                        !(in_query && text.find('+') != std::string_view::npos);
  if (is_plain) return std::string(text);
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_encoded(text, i)) {
      result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      result += in_query && text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

std::size_t percent_offset(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; index > 0 && at < text.size(); --index) at += is_encoded(text, at) ? 3 : 1;
  return at;
}

}  // namespace cartwright::gs1
