#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::host::test {

// Reads rules by the grammar of udev(7), stricter than udev: only keys, operators and values that
// rules for access need.
class UdevReader {
 public:
  std::vector<std::string> faults;  // what is wrong, a line each

  void line(const std::string& text) {
    line_ = text;
    ++number_;
    if (text.empty() || text[0] == '#') return;
    bool matched = text.starts_with("LABEL=");
    std::string_view rest = text;
    while (true) {
      const std::size_t end_of_key = rest.find('=');
      const std::size_t open = rest.find('"');
      const std::size_t close = open == std::string_view::npos ? open : rest.find('"', open + 1);
      if (end_of_key == std::string_view::npos || close == std::string_view::npos) {
        return fault("no key, operator and value in quotes");
      }
      const std::size_t op = rest[end_of_key - 1] == '+' ? end_of_key - 1 : end_of_key;
      matched = part(std::string(rest.substr(0, op)), std::string(rest.substr(op, open - op)),
                     std::string(rest.substr(open + 1, close - open - 1))) ||
                matched;
      rest.remove_prefix(close + 1);
      if (rest.empty()) break;
      if (!rest.starts_with(", ")) return fault("no comma after a value");
      rest.remove_prefix(2);
    }
    if (!matched) fault("the rule is for every device");
  }

  void end() {
    if (labels_ != jumps_) fault("labels and jumps differ");
  }

 private:
  // One key, operator and value; true where it chooses devices.
  bool part(const std::string& key, const std::string& op, const std::string& value) {
    static const std::set<std::string> match{
        "ACTION",           "SUBSYSTEM",       "KERNEL",        "KERNELS",      "ENV{DEVTYPE}",
        "ATTR{idVendor}",   "ATTR{idProduct}", "ATTR{product}", "ATTR{serial}", "ATTRS{idVendor}",
        "ATTRS{idProduct}", "ATTRS{product}",  "ATTRS{serial}"};
    static const std::set<std::string> set{"MODE", "GROUP", "ENV{ID_MM_DEVICE_IGNORE}", "GOTO",
                                           "LABEL"};
    const bool is_match = match.contains(key);
    if (!is_match && !set.contains(key) && key != "TAG") fault("an unknown key " + key);
    if (op != (is_match ? "==" : key == "TAG" ? "+=" : "=")) fault(key + " with " + op);
    if (value.empty() || value.find('\\') != std::string::npos) fault(key + " has an odd value");
    if (std::count(value.begin(), value.end(), '[') !=
        std::count(value.begin(), value.end(), ']')) {
      fault("brackets do not match");
    }
    if (key == "MODE" && value != "0660") fault("an odd mode");
    if (key.ends_with("{idVendor}") || key.ends_with("{idProduct}")) check_id(value);
    if (key == "LABEL") labels_.insert(value);
    if (key == "GOTO") jumps_.insert(value);
    return is_match;
  }

  void check_id(const std::string& value) {
    if (value.size() != 4 || value.find_first_not_of("0123456789abcdef") != std::string::npos) {
      fault("no id of four digits");
    }
  }

  void fault(const std::string& what) {
    faults.push_back("line " + std::to_string(number_) + ": " + what + ": " + line_);
  }

  int number_ = 0;
  std::string line_;
  std::set<std::string> labels_;
  std::set<std::string> jumps_;
};

// What is wrong with a rules file; nothing where it is right.
inline std::vector<std::string> udev_faults(const std::string& text) {
  UdevReader reader;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    reader.line(text.substr(at, end - at));
    at = end + 1;
  }
  reader.end();
  return reader.faults;
}

}  // namespace cartwright::host::test
