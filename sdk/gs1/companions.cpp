#include <algorithm>

#include "gs1/elements.hpp"

// Which elements may, must and must not stand beside each other: check_together().

namespace cartwright::gs1 {
namespace {

// The first element that the pattern means, other than `but` itself.
const Element* other(std::span<const Element> elements, AiPattern pattern, Ai but) {
  for (const Element& element : elements) {
    if (pattern.matches(element.ai) && element.ai != but) return &element;
  }
  return nullptr;
}

std::string name(AiPattern pattern) {
  const std::string first = Ai{pattern.first, pattern.digits}.in_brackets();
  if (pattern.first == pattern.last) return first;
  return first + " to " + Ai{pattern.last, pattern.digits}.in_brackets();
}

// "(01) with (21), (02) or (8006)"
std::string names(std::span<const AiPattern> groups) {
  std::string text;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    text += name(groups[i]);
    if (groups[i].joined) {
      text += " with ";
    } else if (i + 1 < groups.size()) {
      const auto next = groups.subspan(i + 1);
      const auto end = std::ranges::find(next, false, &AiPattern::joined);
      const bool is_last = end + 1 == next.end();
      text += is_last ? " or " : ", ";
    }
  }
  return text;
}

bool has_a_group(std::span<const Element> elements, const Element& element) {
  bool holds = true;
  for (const AiPattern& pattern : required_by(*element.entry)) {
    holds = holds && other(elements, pattern, element.ai) != nullptr;
    if (pattern.joined) continue;
    if (holds) return true;
    holds = true;
  }
  return required_by(*element.entry).empty();
}

std::optional<Refusal> check_excluded(std::span<const Element> elements) {
  for (const Element& element : elements) {
    for (const AiPattern& pattern : excluded_by(*element.entry)) {
      if (const Element* found = other(elements, pattern, element.ai)) {
        return Refusal{
            element.ai.in_brackets() + " may not stand beside " + found->ai.in_brackets(),
            std::max(element.at, found->at)};
      }
    }
  }
  return std::nullopt;
}

std::optional<Refusal> check_required(std::span<const Element> elements) {
  for (const Element& element : elements) {
    if (has_a_group(elements, element)) continue;
    return Refusal{element.ai.in_brackets() + " must stand beside " +
                       names(required_by(*element.entry)) + ", which is missing",
                   element.at};
  }
  return std::nullopt;
}

std::optional<Refusal> check_repeated(std::span<const Element> elements) {
  for (std::size_t i = 1; i < elements.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (elements[i].ai != elements[j].ai || elements[i].value == elements[j].value) continue;
      return Refusal{elements[i].ai.in_brackets() + " stands there twice with different values",
                     elements[i].at};
    }
  }
  return std::nullopt;
}

// A digital signature (8030) signs one thing: keys that may have a serial part must have it.
std::optional<Refusal> check_signed(std::span<const Element> elements) {
  if (!value_of(elements, Ai{8030, 4})) return std::nullopt;
  constexpr std::array kKeys = {Ai{253, 3}, Ai{255, 3}, Ai{8003, 4}};
  for (const Element& element : elements) {
    if (std::ranges::find(kKeys, element.ai) == kKeys.end()) continue;
    if (element.value.size() > least_length(*element.entry)) continue;
    return Refusal{element.ai.in_brackets() + " needs its serial part beside a signature (8030)",
                   element.at};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> check_together(std::span<const Element> elements,
                                      const ElementOptions& options) {
  if (auto refusal = check_excluded(elements)) return refusal;
  if (options.require_companions) {
    if (auto refusal = check_required(elements)) return refusal;
  }
  if (auto refusal = check_repeated(elements)) return refusal;
  return check_signed(elements);
}

}  // namespace cartwright::gs1
