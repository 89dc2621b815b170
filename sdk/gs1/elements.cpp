#include "gs1/elements.hpp"

#include <algorithm>
#include <utility>

#include "gs1/shown.hpp"

namespace cartwright::gs1 {
namespace {

std::string lengths(const AiEntry& entry) {
  const std::size_t least = least_length(entry);
  const std::size_t most = most_length(entry);
  return least == most ? std::to_string(most)
                       : std::to_string(least) + " to " + std::to_string(most);
}

Refusal cut_off(Ai ai, const AiEntry& entry, std::size_t size, std::size_t at) {
  return {ai.in_brackets() + " is cut off after " + std::to_string(size) + " characters; it has " +
              lengths(entry),
          at, RefusalKind::wrong_length};
}

Refusal too_long(Ai ai, const AiEntry& entry, std::size_t at) {
  return {ai.in_brackets() + " is too long; it has " + lengths(entry) + " characters", at,
          RefusalKind::wrong_length};
}

Refusal faulty(Ai ai, LintFault fault, std::size_t at) {
  return {ai.in_brackets() + " " + std::move(fault.text), at + fault.at,
          fault.check_digit ? RefusalKind::wrong_check_digit : RefusalKind::not_a_product};
}

// Checks the parts of the value that begins `text`; `used` becomes its length.
std::optional<Refusal> take(Ai ai, const AiEntry& entry, std::string_view text, std::size_t at,
                            std::size_t& used) {
  used = 0;
  for (const AiComponent& part : components_of(entry)) {
    const std::string_view value = text.substr(used, part.most);
    if (part.optional && value.empty()) break;
    if (value.size() < part.least) return cut_off(ai, entry, text.size(), at);
    if (auto fault = check_characters(part.set, value)) return faulty(ai, *fault, at + used);
    for (const Lint lint : part.lints) {
      if (lint == Lint::none) break;
      if (auto fault = check(lint, value)) return faulty(ai, *fault, at + used);
    }
    used += value.size();
  }
  return std::nullopt;
}

Refusal unknown_ai(std::string_view text, std::size_t at) {
  return {in_quotes(text.substr(0, 4)) + " begins no application identifier that GS1 has defined",
          at};
}

// The AI at the front of `data`.
AiAt row_at(std::string_view data, const ElementOptions& options) {
  const AiAt known = find_ai_at(data);
  if (known.entry != nullptr || !options.permit_unknown_ai) return known;
  const auto ai = Ai::parse(data.substr(0, ai_digits(data)));
  return ai ? AiAt{*ai, stand_in(*ai)} : AiAt{};
}

Elements read_separated(std::string_view data, char separator, const ElementOptions& options) {
  std::vector<Element> elements;
  elements.reserve(8);
  std::size_t at = data.starts_with(separator) ? 1 : 0;
  if (at == data.size()) return Refusal{"there are no elements in it", at};
  while (at < data.size()) {
    const std::string_view rest = data.substr(at);
    const auto [ai, entry] = row_at(rest, options);
    if (entry == nullptr) return unknown_ai(rest, at);
    if (elements.size() == kMostElements) return Refusal{"there are too many elements in it", at};
    const std::size_t digits = ai.digits;
    const std::string_view text = rest.substr(digits, rest.find(separator, digits) - digits);
    if (text.empty()) return Refusal{ai.in_brackets() + " has no value", at + digits};
    std::size_t used = 0;
    if (auto refusal = take(ai, *entry, text, at + digits, used)) return *std::move(refusal);
    const bool ends = used == text.size();
    if (!ends && !entry->predefined()) return too_long(ai, *entry, at + digits + used);
    elements.push_back({ai, std::string(text.substr(0, used)), at, entry});
    at += digits + used;
    if (ends && at < data.size()) ++at;  // the separator, which may follow any element
  }
  return elements;
}

Elements together(Elements read, const ElementOptions& options) {
  if (const auto* elements = std::get_if<std::vector<Element>>(&read)) {
    if (auto refusal = check_together(*elements, options)) return *std::move(refusal);
  }
  return read;
}

// A value between brackets, and where it ends.
struct Bracketed {
  std::string value;
  std::size_t end = 0;
};

Bracketed value_at(std::string_view data, std::size_t at) {
  Bracketed result{{}, at};
  while (result.end < data.size() && data[result.end] != '(') {
    if (data.substr(result.end, 2) == "\\(") ++result.end;
    result.value += data[result.end++];
  }
  return result;
}

// Where the character of a value at `offset` stands, from the value's begin, where brackets are
// escaped.
std::size_t with_escapes(std::string_view value, std::size_t offset) {
  return offset + static_cast<std::size_t>(
                      std::ranges::count(value.substr(0, std::min(offset, value.size())), '('));
}

const AiEntry* row_of(Ai ai, const ElementOptions& options) {
  const AiEntry* known = find_ai(ai);
  return known != nullptr || !options.permit_unknown_ai ? known : stand_in(ai);
}

Elements read_brackets(std::string_view data, const ElementOptions& options) {
  std::vector<Element> elements;
  std::size_t at = 0;
  if (data.empty()) return Refusal{"there are no elements in it", 0};
  while (at < data.size()) {
    const std::size_t close = data.find(')', at);
    if (data[at] != '(' || close == std::string_view::npos) {
      return Refusal{"an application identifier in brackets, such as (01), is missing here", at};
    }
    const std::string_view name = data.substr(at + 1, close - at - 1);
    const auto ai = Ai::parse(name);
    const AiEntry* entry = ai ? row_of(*ai, options) : nullptr;
    if (entry == nullptr) {
      return Refusal{in_quotes(name) + " is no application identifier that GS1 has defined",
                     at + 1};
    }
    if (elements.size() == kMostElements) return Refusal{"there are too many elements in it", at};
    Bracketed text = value_at(data, close + 1);
    if (auto refusal = check_value(*ai, *entry, text.value, 0)) {
      refusal->at = close + 1 + with_escapes(text.value, refusal->at);
      return *std::move(refusal);
    }
    elements.push_back({*ai, std::move(text.value), at, entry});
    at = text.end;
  }
  return elements;
}

}  // namespace

Elements read_part(std::string_view data, const ElementOptions& options) {
  return read_separated(data, kGroupSeparator, options);
}

Elements read_element_string(std::string_view data, const ElementOptions& options) {
  return together(read_part(data, options), options);
}

Elements read_written_elements(std::string_view data, const ElementOptions& options) {
  if (!data.starts_with('^')) return Refusal{"FNC1, written as ^, is missing at the front", 0};
  return together(read_separated(data, '^', options), options);
}

Elements read_bracketed_elements(std::string_view data, const ElementOptions& options) {
  return together(read_brackets(data, options), options);
}

std::optional<Refusal> check_value(Ai ai, const AiEntry& entry, std::string_view value,
                                   std::size_t at) {
  if (value.empty()) return Refusal{ai.in_brackets() + " has no value", at};
  const bool has_one_part = components_of(entry).size() == 1;
  if (!has_one_part && value.size() < least_length(entry)) {
    return cut_off(ai, entry, value.size(), at);
  }
  const std::size_t most = has_one_part ? components_of(entry)[0].most : most_length(entry);
  if (value.size() > most) return too_long(ai, entry, at + most);
  std::size_t used = 0;
  return take(ai, entry, value, at, used);
}

std::string human_readable(std::span<const Element> elements) {
  std::string text;
  for (const Element& element : elements) {
    text += element.ai.in_brackets();
    for (const char c : element.value) {
      if (c == '(') text += '\\';
      text += c;
    }
  }
  return text;
}

std::optional<std::string_view> value_of(std::span<const Element> elements, Ai ai) {
  for (const Element& element : elements) {
    if (element.ai == ai) return element.value;
  }
  return std::nullopt;
}

}  // namespace cartwright::gs1
