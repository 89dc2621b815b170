#pragma once

#include <string>
#include <variant>
#include <vector>

#include "gs1/elements.hpp"

namespace cartwright::gs1 {

// What was read, as people write it, or why it was refused.
inline std::string text_of(const Elements& read) {
  const auto* elements = std::get_if<std::vector<Element>>(&read);
  return elements != nullptr ? human_readable(*elements) : std::get<Refusal>(read).text;
}

inline Refusal refusal_of(const Elements& read) {
  const auto* refusal = std::get_if<Refusal>(&read);
  return refusal != nullptr ? *refusal : Refusal{"accepted " + text_of(read), 0};
}

}  // namespace cartwright::gs1
