#pragma once

#include <cartwright/events.hpp>

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace cartwright::tools {

// {"event":"line_added",...}: the names are those of events.hpp, fields as they stand there.
nlohmann::ordered_json to_json(const Event& event);
nlohmann::ordered_json to_json(const Trip& trip);

// For a person; lines parted by line feeds where it takes more than one.
std::string to_text(const Event& event);

// "12.34 EUR"
std::string money_text(std::int64_t minor, const std::string& currency);

}  // namespace cartwright::tools
