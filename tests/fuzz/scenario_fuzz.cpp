#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "link/scenario.hpp"

// Any text is a scenario or an Error with its line; what is read is the same each time, and each
// message reads back to its words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using cartwright::link::Scenario;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Scenario scenario = Scenario::parse(text, "fuzz");
    if (Scenario::parse(text, "fuzz").happenings != scenario.happenings) {
      std::abort();
    }
    for (const auto& happening : scenario.happenings) {
      const auto words = cartwright::link::read_words(message_text(happening));
      if (!words || words->size() != happening.args.size() + 1) {
        std::abort();
      }
    }
  } catch (const cartwright::Error& error) {
    if (!std::string_view(error.what()).starts_with("fuzz:")) {
      std::abort();
    }
  }
  return 0;
}
