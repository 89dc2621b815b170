#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gs1/lint.hpp"

namespace cartwright::gs1 {

// An application identifier: 2 to 4 digits (GS1 General Specifications 3.2). (01) and (1) differ.
struct Ai {
  std::uint16_t number = 0;
  std::uint8_t digits = 0;

  // The identifier that `text` is, or nothing where it is not 2 to 4 digits.
  static constexpr std::optional<Ai> parse(std::string_view text) {
    if (text.size() < 2 || text.size() > 4) return std::nullopt;
    Ai ai{0, static_cast<std::uint8_t>(text.size())};
    for (const char c : text) {
      if (c < '0' || c > '9') return std::nullopt;
      ai.number = static_cast<std::uint16_t>(ai.number * 10 + (c - '0'));
    }
    return ai;
  }
  // "01"
  std::string text() const;
  // "(01)", as people read it.
  std::string in_brackets() const;
  auto operator<=>(const Ai&) const = default;
};

// A part of an AI's value; the parts stand one behind the other.
struct AiComponent {
  CharacterSet set = CharacterSet::digits;
  std::uint8_t least = 0;          // characters; of an optional part where it is there at all
  std::uint8_t most = 0;           // only the last part has most > least
  bool optional = false;           // may be left out, with all behind it
  std::array<Lint, 3> lints = {};  // in this order; Lint::none ends them
};

// "01" or "31nn": the AIs from `first` to `last` of so many digits. A list of patterns is read as
// groups: `joined` patterns belong to one group with the pattern behind them.
struct AiPattern {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  std::uint8_t digits = 0;
  bool joined = false;

  constexpr bool matches(Ai ai) const {
    return ai.digits == digits && ai.number >= first && ai.number <= last;
  }
};

// A row of the table: one AI, or a run of AIs (3100 to 3105) that differ in their last digits only.
struct AiEntry {
  // A range of the pool of components or of the pool of patterns.
  struct Slice {
    std::uint16_t begin = 0;
    std::uint8_t size = 0;
  };

  std::uint16_t first = 0;
  std::uint16_t last = 0;
  std::uint8_t digits = 0;  // of the AI
  std::uint8_t flags = 0;   // of those below
  Slice components = {};
  Slice required = {};    // one group must be there too; an empty list asks for nothing
  Slice excluded = {};    // none of them may be there too, itself apart
  Slice qualifiers = {};  // of a primary key: sequences (groups) whose members may stand behind it
  std::string_view title = {};  // the data title ("BATCH/LOT")

  static constexpr std::uint8_t kPredefined = 1;
  static constexpr std::uint8_t kLinkAttribute = 2;
  static constexpr std::uint8_t kLinkKey = 4;
  // Its length is known without the table: no FNC1 need stand behind it.
  constexpr bool predefined() const { return (flags & kPredefined) != 0; }
  // It may stand in the query of a GS1 Digital Link.
  constexpr bool link_attribute() const { return (flags & kLinkAttribute) != 0; }
  // It is a primary key of GS1 Digital Links.
  constexpr bool link_key() const { return (flags & kLinkKey) != 0; }
};

std::span<const AiEntry> ai_table();
std::span<const AiComponent> components_of(const AiEntry& entry);
std::span<const AiPattern> required_by(const AiEntry& entry);
std::span<const AiPattern> excluded_by(const AiEntry& entry);
std::span<const AiPattern> qualifiers_of(const AiEntry& entry);

// Fewest and most characters of the value.
std::size_t least_length(const AiEntry& entry);
std::size_t most_length(const AiEntry& entry);

// How many digits an AI has that begins with these two; 0 where no AI does (or they are no digits).
std::size_t ai_digits(std::string_view data);

// The AI that stands at the front of `data`, with its row; the row is null where none does.
struct AiAt {
  Ai ai;
  const AiEntry* entry = nullptr;
};
AiAt find_ai_at(std::string_view data);

// The row of the AI, or null where the dictionary has none.
const AiEntry* find_ai(Ai ai);

// A row for an AI that the dictionary does not have: 1 to 90 characters, or as many as its first
// two digits fix (GS1 General Specifications 7.8.5, the predefined lengths). Null where AIs that
// begin so have another number of digits. For those who permit AIs to come.
const AiEntry* stand_in(Ai ai);

}  // namespace cartwright::gs1
