#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cartwright::gs1 {

// A piece of a web address without its percent encoding (RFC 3986, 2.1). "%" without two
// hexadecimal digits stands for itself. In a query, "+" is a space.
std::string percent_decoded(std::string_view text, bool in_query);

// Where in `text` the decoded character at `index` begins; text's length for one behind the end.
std::size_t percent_offset(std::string_view text, std::size_t index);

}  // namespace cartwright::gs1
