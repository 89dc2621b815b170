#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cartwright::sink {

// Where a hub listens.
struct HubUrl {
  std::string host;  // name or address, an IPv6 address without its brackets
  std::uint16_t port = 80;
  std::string path;       // "" or "/base", without a slash at its end
  std::string authority;  // as the Host header names it
};

// Reads `http://HOST[:PORT][/PATH]`. Throws std::invalid_argument with a text that says what is
// wrong with it and what to write instead; https is refused until it is carried.
HubUrl parse_hub_url(std::string_view url);

}  // namespace cartwright::sink
