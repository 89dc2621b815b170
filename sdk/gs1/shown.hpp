#pragma once

#include <string>
#include <string_view>

namespace cartwright::gs1 {

// A character or a piece of scanned data in a sentence for a person: in quotes, with what cannot be
// seen named by its byte.
std::string shown(char c);                     // "A", or byte 0x1d
std::string in_quotes(std::string_view text);  // "891", unprintable bytes as dots

}  // namespace cartwright::gs1
