#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "link/recording.hpp"

// Any text is a recording or an Error with its line; what is read is written and read to the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using cartwright::link::Recording;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Recording recording = Recording::parse(text, "fuzz");
    std::string again = to_line(recording.header) + "\n";
    for (const auto& entry : recording.entries) {
      again += to_line(entry, recording.header.redacted) + "\n";
    }
    if (Recording::parse(again, "fuzz").entries != recording.entries) {
      std::abort();
    }
  } catch (const cartwright::Error& error) {
    if (!std::string_view(error.what()).starts_with("fuzz:")) {
      std::abort();
    }
  }
  return 0;
}
