#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::simulators {

// How a simulated device is set: texts under names, as `unit=lb` on a command line.
using OptionValues = std::map<std::string, std::string, std::less<>>;

struct OptionHelp {
  std::string_view key;
  std::string_view fallback;
  std::string_view help;
};

// The values given over the defaults of `known`. Error invalid_input names an unknown key with the
// nearest known one, or a value that can not be read.
class Options {
 public:
  Options(const OptionValues& given, const std::vector<OptionHelp>& known);

  const std::string& text(std::string_view key) const;
  std::string choice(std::string_view key, const std::vector<std::string_view>& choices) const;
  std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most) const;
  // With \r, \n, \t, \\ and \xHH read as bytes.
  std::string bytes(std::string_view key) const;

 private:
  [[noreturn]] void refuse(std::string_view key, const std::string& wrong) const;

  OptionValues values_;
};

}  // namespace cartwright::simulators
