#pragma once

// Text in parts: fields of a line, settings that are lists.

#include <string_view>

namespace cartwright::driver {

// Without the blanks at both ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r") {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Takes what stands before the first of `ends` off the text, and that end; all where there is none.
constexpr std::string_view take_until(std::string_view& text, std::string_view ends) {
  const std::size_t at = text.find_first_of(ends);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

// Calls `read` with each part that is not blank, until it says what is wrong with one; says that,
// or nothing.
template <typename Read>
constexpr std::string_view each_part(std::string_view text, std::string_view ends, Read&& read) {
  while (!text.empty()) {
    const std::string_view part = trimmed(take_until(text, ends));
    if (part.empty()) continue;
    if (const std::string_view wrong = read(part); !wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace cartwright::driver
