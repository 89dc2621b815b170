#pragma once

#include <string_view>

#include "base/json_object.hpp"
#include "host/manifest.hpp"

namespace cartwright::host {

// The words a manifest is made of.

// 1 to 32 of a-z, 0-9 and _, a letter first: units, links, settings.
bool is_name(std::string_view text);
// 1 to 64 of a-z, 0-9, - and ., a letter first: "scale-toledo8217".
bool is_plugin_id(std::string_view text);
// Semantic Versioning 2.0.0, clauses 2, 9 and 10.
bool is_semantic_version(std::string_view text);
// A reversed domain name of at least three labels and a number: "com.example.thing/1".
bool is_vendor_class(std::string_view text);
// "0403:6001" or "0403:*", lower case.
bool is_usb_pattern(std::string_view text);
// 1 to 65535 without leading zero.
bool is_port(std::string_view text);

// One entry of "settings". Error as for parse_manifest.
SettingSchema read_setting_schema(JsonObject object);

}  // namespace cartwright::host
