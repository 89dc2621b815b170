#include "url.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace cartwright::sink {
namespace {

// Control characters as dots: one of them would end the message, others steer who reads it.
std::string shown(std::string_view url) {
  std::string text(url);
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, '.');
  return text;
}

[[noreturn]] void refuse(std::string_view url, const std::string& what) {
  throw std::invalid_argument("setting url \"" + shown(url) + "\": " + what +
                              ", write http://HOST[:PORT][/PATH]");
}

bool is_plain(std::string_view text, std::string_view also) {
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && also.find(c) == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

HubUrl parse_hub_url(std::string_view url) {
  if (url.starts_with("https://")) {
    refuse(url,
           "https is not supported yet, use http to a hub on this machine or behind a proxy "
           "that adds TLS");
  }
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) refuse(url, "does not begin with http://");
  std::string_view rest = url.substr(scheme.size());
  HubUrl hub;
  const std::size_t slash = rest.find('/');
  if (slash != std::string_view::npos) {
    hub.path = rest.substr(slash);
    rest = rest.substr(0, slash);
  }
  while (hub.path.ends_with('/')) hub.path.pop_back();
  if (!is_plain(hub.path, "/-._~%")) refuse(url, "the path may not hold a query or a fragment");
  hub.authority = rest;

  const bool bracketed = rest.starts_with('[');
  const std::size_t host_end = bracketed ? rest.find(']') : rest.find(':');
  if (bracketed && host_end == std::string_view::npos) refuse(url, "a bracket is open");
  hub.host = bracketed ? rest.substr(1, host_end - 1) : rest.substr(0, host_end);
  if (hub.host.empty() || !is_plain(hub.host, bracketed ? ":." : "-.")) {
    refuse(url, "names no host");
  }
  std::string_view port;
  if (host_end != std::string_view::npos) port = rest.substr(host_end + (bracketed ? 1 : 0));
  if (!port.empty()) {
    const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), hub.port);
    if (port.front() != ':' || error != std::errc() || end != port.data() + port.size() ||
        hub.port == 0) {
      refuse(url, "the port is no number from 1 to 65535");
    }
  }
  return hub;
}

}  // namespace cartwright::sink
