#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gs1/digital_link.hpp"
#include "gs1/elements.hpp"
#include "gs1/facts.hpp"
#include "gs1/gtin.hpp"
#include "gs1/refusal.hpp"
#include "gs1/symbology.hpp"

namespace cartwright::gs1 {

struct RestrictedRules;

// How scans are read. The defaults are as strict as those of the GS1 reference engine.
struct ReadOptions {
  LinkOptions link;                             // among them those of element strings
  const RestrictedRules* restricted = nullptr;  // the region's; null: none is taken apart
  Surroundings surroundings;
};

// What was scanned.
struct Reading {
  // As read or, where that is unknown, as the data tell; unknown for an element string by itself.
  Symbology symbology = Symbology::unknown;
  std::vector<Element> elements;  // as they stand; of an article number alone there are none
  std::optional<Gtin14> gtin;     // of the item: its article number, (01), or a restricted one's
  Facts facts;
  std::string add_on;           // the digits of an EAN-2 or EAN-5 add-on, mostly empty
  std::string restricted_rule;  // the rule that took a restricted number apart, else empty
};

using ReadResult = std::variant<Reading, Refusal>;

// From the data of a symbol to what it holds. `aim` is its AIM identifier ("]E0"); while it is
// empty the identifier may stand at the front of `data`. Without one the data decide, as for what a
// person typed: digits of 8, 12, 13 or 14 are an article number (8 that fail as EAN-8 and hold as
// UPC-E are UPC-E), "^01..." and "(01)..." are written element strings, http(s) is a Digital Link,
// and what begins with FNC1 or "01" and is longer is an element string. Text in a symbol that is
// not one of GS1 reads as nothing in it. White space round the data is ignored. Offsets are in
// `data`.
ReadResult read_scan(std::string_view data, std::string_view aim, const ReadOptions& options = {});

// The same where the kind of symbol is known without its AIM identifier.
ReadResult read_scan(std::string_view data, Symbology symbology, const ReadOptions& options = {});

}  // namespace cartwright::gs1
