#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace cartwright {

// JSON from outside, strictly: UTF-8, no comment, no key twice in one object, lists and objects not
// deeper than 16, at most `most_bytes` bytes. Error invalid_input `NAME: ...`, with line and column
// where the text is no JSON and with the path of a key that stands twice.
nlohmann::json parse_strict_json(std::string_view text, const std::string& name,
                                 std::size_t most_bytes = std::string_view::npos);

// A value as it stands in a message: on one line, cut where it is long.
std::string shown_json(const nlohmann::json& value);

}  // namespace cartwright
