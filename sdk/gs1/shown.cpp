#include "gs1/shown.hpp"

#include "base/hex.hpp"

namespace cartwright::gs1 {
namespace {

bool is_visible(char c) {
  return c > 0x20 && c < 0x7F;
}

}  // namespace

std::string shown(char c) {
  if (is_visible(c)) return std::string("\"") + c + "\"";
  return "byte 0x" + to_hex(as_bytes(std::string_view(&c, 1)));
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) result += is_visible(c) || c == ' ' ? c : '.';
  return result + "\"";
}

}  // namespace cartwright::gs1
