#include "host/manifest_words.hpp"

#include <algorithm>

namespace cartwright::host {
namespace {

bool lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), digit) &&
         (text.size() == 1 || text[0] != '0');
}

// Cuts `text` at `divider`; every part must please `part`.
template <typename Part>
bool all_parts(std::string_view text, char divider, std::size_t least, std::size_t most,
               const Part& part) {
  for (std::size_t count = 1;; ++count) {
    const std::size_t end = text.find(divider);
    if (!part(text.substr(0, end)) || count > most) return false;
    if (end == std::string_view::npos) return count >= least;
    text.remove_prefix(end + 1);
  }
}

bool is_version_label(std::string_view text, bool numbers_are_numbers) {
  return all_parts(text, '.', 1, 16, [&](std::string_view part) {
    const bool plain = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
      return lower(c) || digit(c) || c == '-' || (c >= 'A' && c <= 'Z');
    });
    const bool all_digits = plain && std::all_of(part.begin(), part.end(), digit);
    return plain && (!numbers_are_numbers || !all_digits || is_number(part));
  });
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 32 && lower(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return lower(c) || digit(c) || c == '_'; });
}

bool is_plugin_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && lower(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return lower(c) || digit(c) || c == '-' || c == '.'; });
}

bool is_semantic_version(std::string_view text) {
  if (text.size() > 64) return false;
  const std::size_t build = text.find('+');
  if (build != std::string_view::npos) {
    if (!is_version_label(text.substr(build + 1), false)) return false;
    text = text.substr(0, build);
  }
  const std::size_t release = text.find('-');
  if (release != std::string_view::npos) {
    if (!is_version_label(text.substr(release + 1), true)) return false;
    text = text.substr(0, release);
  }
  return all_parts(text, '.', 3, 3, is_number);
}

bool is_vendor_class(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos || text.size() > 128 || text.starts_with("cw.")) return false;
  return is_number(text.substr(slash + 1)) &&
         all_parts(text.substr(0, slash), '.', 3, 16, [](std::string_view label) {
           return !label.empty() && lower(label[0]) &&
                  std::all_of(label.begin(), label.end(),
                              [](char c) { return lower(c) || digit(c) || c == '-' || c == '_'; });
         });
}

bool is_usb_pattern(std::string_view text) {
  const auto four = [](std::string_view part) {
    return part.size() == 4 && std::all_of(part.begin(), part.end(), [](char c) {
             return digit(c) || (c >= 'a' && c <= 'f');
           });
  };
  return text.size() >= 6 && text[4] == ':' && four(text.substr(0, 4)) &&
         (text.substr(5) == "*" || four(text.substr(5)));
}

bool is_port(std::string_view text) {
  return is_number(text) && text.size() <= 5 && text != "0" && (text.size() < 5 || text <= "65535");
}

}  // namespace cartwright::host
