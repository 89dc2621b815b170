#include "link/uri.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/nearest.hpp"

namespace cartwright::link {
namespace {

constexpr std::array<std::string_view, 9> schemes{
    "serial", "pty", "tcp", "tls", "tcp-listen", "hid", "usb", "replay", "scenario"};
constexpr std::array<std::string_view, 9> serial_keys{"baud",  "format", "flow", "dtr",      "rts",
                                                      "lines", "serial", "port", "interface"};
constexpr std::array<std::string_view, 5> pty_keys{"baud", "format", "flow", "dtr", "rts"};
constexpr std::array<std::string_view, 2> tcp_keys{"connect_timeout", "keep_alive"};
constexpr std::array<std::string_view, 7> tls_keys{
    "connect_timeout", "keep_alive", "ca", "cert", "key", "name", "verify"};
constexpr std::array<std::string_view, 1> tcp_listen_keys{"keep_alive"};
constexpr std::array<std::string_view, 4> hid_keys{"serial", "port", "interface", "usage"};
constexpr std::array<std::string_view, 3> usb_keys{"serial", "port", "interface"};
constexpr std::array<std::string_view, 1> replay_keys{"speed"};
constexpr std::array<std::string_view, 2> scenario_keys{"unit", "seed"};

[[noreturn]] void refuse(std::string_view text, const std::string& what) {
  throw Error(ErrorKind::invalid_input, "link \"" + std::string(text) + "\": " + what);
}

std::string listed(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    list += (list.empty() ? "" : ", ") + std::string(name);
  }
  return list;
}

std::string unescaped(std::string_view text, std::string_view part) {
  std::string plain;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] != '%') {
      plain += part[i];
      continue;
    }
    const auto byte = i + 2 < part.size() ? from_hex(part.substr(i + 1, 2)) : std::nullopt;
    if (!byte || byte->size() != 1 || byte->front() == std::byte{0}) {
      refuse(text,
             "\"%\" must be followed by two hexadecimal digits other than 00, write %25 for "
             "the sign itself");
    }
    plain += static_cast<char>(byte->front());
    i += 2;
  }
  return plain;
}

std::string escaped(std::string_view plain) {
  std::string text;
  for (const char c : plain) {
    const bool special = c == '%' || c == '?' || c == '&' || c == '=' || c == ' ' ||
                         static_cast<unsigned char>(c) < 0x20;
    text += special ? "%" + to_hex(as_bytes(std::string_view(&c, 1))) : std::string(1, c);
  }
  return text;
}

void read_query(Uri& uri, std::string_view text, std::string_view query) {
  const auto keys = uri_keys(uri.scheme);
  while (true) {
    const std::string_view part = query.substr(0, query.find('&'));
    const std::size_t equals = part.find('=');
    const std::string key(part.substr(0, equals));
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      const std::string guess = did_you_mean(key, keys);
      refuse(text, "unknown key \"" + key + "\"" +
                       (guess.empty() ? ", " + uri.scheme + " knows " + listed(keys) : guess));
    }
    if (equals == std::string_view::npos || equals + 1 == part.size()) {
      refuse(text, "key \"" + key + "\" needs a value, write " + key + "=VALUE");
    }
    if (uri.value(key)) {
      refuse(text, "key \"" + key + "\" stands there twice");
    }
    uri.query.emplace_back(key, unescaped(text, part.substr(equals + 1)));
    if (part.size() == query.size()) {
      return;
    }
    query.remove_prefix(part.size() + 1);
  }
}

}  // namespace

std::optional<std::string_view> Uri::value(std::string_view key) const {
  for (const auto& [name, value] : query) {
    if (name == key) {
      return value;
    }
  }
  return std::nullopt;
}

std::span<const std::string_view> uri_schemes() {
  return schemes;
}

std::span<const std::string_view> uri_keys(std::string_view scheme) {
  if (scheme == "serial") return serial_keys;
  if (scheme == "pty") return pty_keys;
  if (scheme == "tcp") return tcp_keys;
  if (scheme == "tls") return tls_keys;
  if (scheme == "tcp-listen") return tcp_listen_keys;
  if (scheme == "hid") return hid_keys;
  if (scheme == "usb") return usb_keys;
  if (scheme == "replay") return replay_keys;
  if (scheme == "scenario") return scenario_keys;
  return {};
}

Uri parse_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    refuse(text, "must begin with a scheme: one of " + listed(schemes));
  }
  Uri uri;
  uri.scheme = text.substr(0, colon);
  if (uri_keys(uri.scheme).empty()) {
    const std::string guess = did_you_mean(uri.scheme, schemes);
    refuse(text, "unknown scheme \"" + uri.scheme + "\"" +
                     (guess.empty() ? ", known are " + listed(schemes) : guess));
  }
  const std::string_view rest = text.substr(colon + 1);
  const std::size_t mark = rest.find('?');
  uri.path = unescaped(text, rest.substr(0, mark));
  if (uri.path.empty() || uri.path.find('\0') != std::string::npos) {
    refuse(text, "needs a path after \"" + uri.scheme + ":\"");
  }
  if (mark != std::string_view::npos) {
    read_query(uri, text, rest.substr(mark + 1));
  }
  return uri;
}

std::string to_text(const Uri& uri) {
  std::string text = uri.scheme + ":" + escaped(uri.path);
  char before = '?';
  for (const auto& [key, value] : uri.query) {
    text += before + key + "=" + escaped(value);
    before = '&';
  }
  return text;
}

void refuse_value(const Uri& uri, std::string_view key, const std::string& wrong) {
  refuse(to_text(uri),
         std::string(key) + " \"" + std::string(uri.value(key).value_or("")) + "\" " + wrong);
}

LineSettings line_settings(const Uri& uri) {
  LineSettings settings;
  for (const auto& [key, value] : uri.query) {
    if (std::find(pty_keys.begin(), pty_keys.end(), key) == pty_keys.end()) {
      continue;
    }
    if (const auto wrong = set_line_setting(settings, key, value)) {
      refuse_value(uri, key, *wrong);
    }
  }
  return settings;
}

}  // namespace cartwright::link
