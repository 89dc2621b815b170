#pragma once

#include <optional>
#include <string_view>

namespace cartwright::gs1 {

// The check digit ('0' to '9') that belongs to a price or weight of four or five digits inside a
// restricted-circulation number (GS1 General Specifications 7.9.3 and 7.9.4). It differs from the
// check digit of a whole number. Nothing for other lengths and for other characters than digits.
std::optional<char> measure_check_digit(std::string_view digits);

}  // namespace cartwright::gs1
