#pragma once

#include <string_view>

#include "gs1/elements.hpp"

namespace cartwright::gs1 {

struct LinkOptions {
  ElementOptions elements;
  // A GTIN of 8, 12 or 13 digits in place of 14, as links had it before URI syntax 1.2.
  bool zero_suppressed = false;
};

// Whether the text begins with http:// or https://, in any case of letters.
bool is_web_address(std::string_view text);

// The elements of a GS1 Digital Link URI (GS1 Digital Link Standard: URI Syntax), those of the path
// first, then those of the query, decoded and checked as an element string's. The path may have any
// stem; its last primary key counts. In the query, keys that are no numbers are passed over, and
// numbers that are no AI refused. What stands behind # does not count. Compressed links and the
// withdrawn short names (/gtin/) are refused with a word that says so. `at` of elements and
// refusals are offsets in `uri`.
Elements read_digital_link(std::string_view uri, const LinkOptions& options = {});

}  // namespace cartwright::gs1
