#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "link/uri.hpp"

// Any text is a URI that comes back from its text form, or an Error; so are its line settings.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto uri = cartwright::link::parse_uri(text);
    if (cartwright::link::parse_uri(to_text(uri)) != uri) {
      std::abort();
    }
    const auto settings = cartwright::link::line_settings(uri);
    if (cartwright::link::parse_line_settings(to_text(settings)) != settings) {
      std::abort();
    }
  } catch (const cartwright::Error&) {
  }
  return 0;
}
