// The file of what a driver keeps, changed from outside: nothing but values within their bounds or
// a refusal comes out, and what was read is read again from the text that is written of it.

#include <cartwright/abi/effects.h>

#include <cstdlib>
#include <string_view>

#include "host/kept_text.hpp"

using namespace cartwright;
using namespace cartwright::host;

// A value that is sealed with this key stands in the corpus.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto key = [] {
    SealKey fixed;
    fixed.fill(std::byte{7});
    return fixed;
  };
  const auto values = read_kept_text(text, key);
  if (!values) return 0;
  std::size_t all = 0;
  for (const auto& [id, value] : values->values()) {
    if (value.bytes.empty()) std::abort();
    all += value.bytes.size();
  }
  if (all > CW_KEEP_LIMIT || values->encode().size() % 8 != 0) std::abort();
  const auto again = read_kept_text(kept_text(text.substr(0, 40), *values, key), key);
  if (!again || again->values() != values->values()) std::abort();
  return 0;
}
