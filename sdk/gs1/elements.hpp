#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gs1/ai_table.hpp"
#include "gs1/refusal.hpp"

namespace cartwright::gs1 {

// FNC1 between elements, as scanners send it (GS1 General Specifications 7.8.3).
inline constexpr char kGroupSeparator = 0x1D;

// More elements than any symbol has; what is longer is refused.
inline constexpr std::size_t kMostElements = 64;

// An application identifier with its value.
struct Element {
  Ai ai;
  std::string value;
  std::size_t at = 0;              // where the AI begins in the data
  const AiEntry* entry = nullptr;  // its row of the table; lives for ever
};

// What is let pass beyond the GS1 reference engine's defaults.
struct ElementOptions {
  bool permit_unknown_ai = false;  // AIs that the dictionary does not have
  bool require_companions = true;  // (17) asks for (01) or another item, and so on
};

using Elements = std::variant<std::vector<Element>, Refusal>;

// The elements of an element string with FNC1 as 0x1D; a leading one is ignored. Every value is
// checked against the dictionary, then the elements against each other.
Elements read_element_string(std::string_view data, const ElementOptions& options = {});

// The same without the check of the elements against each other: for parts of composite symbols.
Elements read_part(std::string_view data, const ElementOptions& options);

// The same as people write it down: "^01...^10...", FNC1 as ^, the first one necessary.
Elements read_written_elements(std::string_view data, const ElementOptions& options = {});

// The same as people read it: "(01)...(10)...". An opening bracket within a value is written \(.
Elements read_bracketed_elements(std::string_view data, const ElementOptions& options = {});

// Nothing if `value`, which stands at `at` in the data, is one of this AI.
std::optional<Refusal> check_value(Ai ai, const AiEntry& entry, std::string_view value,
                                   std::size_t at);

// Nothing if the elements may stand together: none excludes another, what they require is there,
// an AI that occurs twice has one value, and a signed (8030) key has its serial part.
std::optional<Refusal> check_together(std::span<const Element> elements,
                                      const ElementOptions& options);

// "(01)09520123456788(10)A1", the human-readable interpretation; read_bracketed_elements() reads it
// back.
std::string human_readable(std::span<const Element> elements);

// The value of the first element with this AI, or nothing.
std::optional<std::string_view> value_of(std::span<const Element> elements, Ai ai);
// The same for an AI as it is written, "01".
inline std::optional<std::string_view> value_of(std::span<const Element> elements,
                                                std::string_view ai) {
  const auto wanted = Ai::parse(ai);
  return wanted ? value_of(elements, *wanted) : std::nullopt;
}

}  // namespace cartwright::gs1
