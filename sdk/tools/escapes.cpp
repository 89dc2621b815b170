#include "tools/escapes.hpp"

#include "base/hex.hpp"

namespace cartwright::tools {

std::string without_escapes(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\\\\") {
      ++i;
    } else if (text.substr(i, 2) == "\\x" && text.size() - i >= 4) {
      if (const auto byte = from_hex(text.substr(i + 2, 2))) {
        result += as_text(*byte);
        i += 3;
        continue;
      }
    }
    result += text[i];
  }
  return result;
}

}  // namespace cartwright::tools
