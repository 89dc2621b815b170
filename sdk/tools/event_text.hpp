#pragma once

#include <cartwright/events.hpp>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace cartwright::tools {

// {"event":"line_added",...}: the names are those of events.hpp, fields as they stand there.
nlohmann::ordered_json to_json(const Event& event);
nlohmann::ordered_json to_json(const Trip& trip);

// One line for a person; empty for what needs no line.
std::string to_text(const Event& event);

// "up", "link_down" and so on.
std::string_view word_of(DeviceState state);

// "12.34 EUR"
std::string money_text(std::int64_t minor, const std::string& currency);

}  // namespace cartwright::tools
