#include "gs1/ai_table.hpp"

#include <algorithm>

namespace cartwright::gs1 {
namespace {

#include "gs1/ai_table_data.inc"

// Where the rows begin whose AIs start with two given digits, and how many digits those AIs have.
struct Prefix {
  std::uint8_t begin = 0;
  std::uint8_t end = 0;
  std::uint8_t digits = 0;
};

// The first two digits of a number of 2 to 4.
constexpr unsigned first_two(unsigned number, unsigned digits) {
  if (digits == 4) return number / 100;
  return digits == 3 ? number / 10 : number;
}

constexpr unsigned first_two(const AiEntry& entry) {
  return first_two(entry.first, entry.digits);
}

constexpr std::array<Prefix, 100> prefixes() {
  std::array<Prefix, 100> result = {};
  for (std::size_t i = 0; i < kEntries.size(); ++i) {
    const unsigned last = first_two(kEntries[i].last, kEntries[i].digits);
    for (unsigned two = first_two(kEntries[i]); two <= last; ++two) {
      Prefix& prefix = result[two];
      if (prefix.digits == 0) prefix.begin = static_cast<std::uint8_t>(i);
      prefix.end = static_cast<std::uint8_t>(i + 1);
      prefix.digits = kEntries[i].digits;
    }
  }
  return result;
}

constexpr std::array<Prefix, 100> kPrefixes = prefixes();

constexpr bool has_one_length_a_prefix() {
  return std::ranges::all_of(kEntries, [](const AiEntry& entry) {
    return kPrefixes[first_two(entry)].digits == entry.digits;
  });
}
static_assert(kEntries.size() < 256 && has_one_length_a_prefix());

// Characters of the value where the first two digits alone say them (General Specifications 7.8.5).
constexpr std::size_t predefined_length(unsigned two) {
  if (two == 0) return 18;
  if (two <= 3) return 14;
  if (two == 4) return 16;
  if (two >= 11 && two <= 19) return 6;
  if (two == 20) return 2;
  if (two >= 31 && two <= 36) return 6;
  return two == 41 ? 13 : 0;
}

constexpr bool flags_follow_the_prefix() {
  return std::ranges::all_of(kEntries, [](const AiEntry& entry) {
    return entry.predefined() == (predefined_length(first_two(entry)) != 0);
  });
}
static_assert(flags_follow_the_prefix());

constexpr AiComponent any_value(std::uint8_t least, std::uint8_t most) {
  return {CharacterSet::set82, least, most, false, {}};
}

// What stand_in() gives; their components are found by their place behind those of the dictionary.
constexpr std::array<AiComponent, 7> kUnknown = {
    {any_value(1, 90), any_value(2, 2), any_value(6, 6), any_value(13, 13), any_value(14, 14),
     any_value(16, 16), any_value(18, 18)}};

constexpr std::array<AiEntry, kUnknown.size()> stand_ins() {
  std::array<AiEntry, kUnknown.size()> rows = {};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].flags = AiEntry::kLinkAttribute;
    if (i > 0) rows[i].flags |= AiEntry::kPredefined;
    rows[i].components = {static_cast<std::uint16_t>(kComponents.size() + i), 1};
    rows[i].title = "UNKNOWN";
  }
  return rows;
}
constexpr std::array<AiEntry, kUnknown.size()> kStandIns = stand_ins();

template <typename Pool>
auto slice(const Pool& pool, AiEntry::Slice slice) {
  return std::span(pool).subspan(slice.begin, slice.size);
}

// The first two characters as a number, or 100.
unsigned two_digits(std::string_view data) {
  if (data.size() < 2 || data[0] < '0' || data[0] > '9' || data[1] < '0' || data[1] > '9') {
    return 100;
  }
  return static_cast<unsigned>((data[0] - '0') * 10 + (data[1] - '0'));
}

const AiEntry* row_of(Prefix prefix, Ai ai) {
  for (std::size_t i = prefix.begin; i < prefix.end; ++i) {
    if (ai.number <= kEntries[i].last) {
      return ai.number >= kEntries[i].first ? &kEntries[i] : nullptr;
    }
  }
  return nullptr;
}

}  // namespace

std::string Ai::text() const {
  std::string result = std::to_string(number);
  if (result.size() < digits) result.insert(0, digits - result.size(), '0');
  return result;
}

std::string Ai::in_brackets() const {
  std::string result(1, '(');
  result.append(text()).push_back(')');
  return result;
}

std::span<const AiEntry> ai_table() {
  return kEntries;
}

std::span<const AiComponent> components_of(const AiEntry& entry) {
  const std::size_t begin = entry.components.begin;
  if (begin >= kComponents.size())
    return std::span(kUnknown).subspan(begin - kComponents.size(), 1);
  return slice(kComponents, entry.components);
}

std::span<const AiPattern> required_by(const AiEntry& entry) {
  return slice(kPatterns, entry.required);
}

std::span<const AiPattern> excluded_by(const AiEntry& entry) {
  return slice(kPatterns, entry.excluded);
}

std::span<const AiPattern> qualifiers_of(const AiEntry& entry) {
  return slice(kPatterns, entry.qualifiers);
}

std::size_t least_length(const AiEntry& entry) {
  std::size_t length = 0;
  for (const AiComponent& part : components_of(entry)) {
    if (!part.optional) length += part.least;
  }
  return length;
}

std::size_t most_length(const AiEntry& entry) {
  std::size_t length = 0;
  for (const AiComponent& part : components_of(entry)) length += part.most;
  return length;
}

std::size_t ai_digits(std::string_view data) {
  const unsigned two = two_digits(data);
  return two < kPrefixes.size() ? kPrefixes[two].digits : 0;
}

AiAt find_ai_at(std::string_view data) {
  const unsigned two = two_digits(data);
  if (two >= kPrefixes.size() || kPrefixes[two].digits == 0) return {};
  const auto ai = Ai::parse(data.substr(0, kPrefixes[two].digits));
  if (!ai || ai->digits != kPrefixes[two].digits) return {};
  return {*ai, row_of(kPrefixes[two], *ai)};
}

const AiEntry* find_ai(Ai ai) {
  const unsigned two = first_two(ai.number, ai.digits);
  if (two >= kPrefixes.size() || kPrefixes[two].digits != ai.digits) return nullptr;
  return row_of(kPrefixes[two], ai);
}

const AiEntry* stand_in(Ai ai) {
  const unsigned two = first_two(ai.number, ai.digits);
  if (two >= kPrefixes.size() || ai.digits < 2) return nullptr;
  if (kPrefixes[two].digits != 0 && kPrefixes[two].digits != ai.digits) return nullptr;
  const std::size_t length = predefined_length(two);
  for (std::size_t i = 1; i < kUnknown.size(); ++i) {
    if (kUnknown[i].most == length) return &kStandIns[i];
  }
  return kStandIns.data();
}

}  // namespace cartwright::gs1
