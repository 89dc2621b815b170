#pragma once

#include <string>
#include <string_view>

namespace cartwright::tools {

// The text with \xHH as that byte and \\ as a backslash, as data with bytes that no one can type
// are written on a command line. Any other backslash stands for itself.
std::string without_escapes(std::string_view text);

}  // namespace cartwright::tools
