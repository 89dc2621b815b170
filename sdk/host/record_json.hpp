#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "host/record.hpp"

namespace cartwright::host {

// A sound event or result as tools print it: {"type":"scanner.data","data_hex":...}, its keys in
// the schema's order; what the record lacks is absent. A type that this host does not know is
// {"type":"unknown","number":N,"hex":...}. Numbers without a name stand as numbers.
nlohmann::ordered_json record_to_json(const cw_record& record);

// A command written as {"show":{"lines":["Total","3.50"]}}. Error invalid_input names the command
// or field and the nearest valid one.
Record command_from_json(std::string_view text);

}  // namespace cartwright::host
