#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "link/line_settings.hpp"

namespace cartwright::link {

// `scheme:path?key=value&key=value`. In path and values %XX stands for the byte XX, so that a path
// may hold a question mark.
struct Uri {
  std::string scheme;
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;  // in the order written

  std::optional<std::string_view> value(std::string_view key) const;
  friend bool operator==(const Uri&, const Uri&) = default;
};

// The schemes make_link knows, and the keys of one of them (empty for an unknown scheme).
std::span<const std::string_view> uri_schemes();
std::span<const std::string_view> uri_keys(std::string_view scheme);

// Reads strictly: Error invalid_input on an unknown scheme or key (with the nearest known one), a
// key twice or without value, a missing path, a broken %XX. Values are left to their link.
Uri parse_uri(std::string_view text);

std::string to_text(const Uri& uri);

// The Error for a value of `uri` that its link can not take: `link "URI": KEY "VALUE" WRONG`.
[[noreturn]] void refuse_value(const Uri& uri, std::string_view key, const std::string& wrong);

// The line settings among the keys of a URI, over the defaults 9600 8N1. Error names the value.
LineSettings line_settings(const Uri& uri);

}  // namespace cartwright::link
