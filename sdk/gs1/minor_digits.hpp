#pragma once

#include <optional>
#include <string_view>

namespace cartwright::gs1 {

// The digits behind the point of a currency by ISO 4217: 2 for "EUR", 0 for "JPY", 3 for "KWD".
// Nothing for what is no three capital letters. A code that ISO 4217 does not list counts as 2.
std::optional<int> minor_digits(std::string_view currency);

}  // namespace cartwright::gs1
