#include "simulators/options.hpp"

#include <cartwright/driver/escapes.hpp>

#include <algorithm>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "link/numbers.hpp"

namespace cartwright::simulators {

Options::Options(const OptionValues& given, const std::vector<OptionHelp>& known) {
  std::vector<std::string_view> keys;
  for (const OptionHelp& option : known) {
    keys.push_back(option.key);
    values_.emplace(option.key, option.fallback);
  }
  for (const auto& [key, value] : given) {
    const auto found = values_.find(key);
    if (found == values_.end()) {
      throw Error(ErrorKind::invalid_input,
                  "this simulator has no option \"" + key + "\"" + did_you_mean(key, keys));
    }
    found->second = value;
  }
}

const std::string& Options::text(std::string_view key) const {
  return values_.find(key)->second;
}

std::string Options::choice(std::string_view key,
                            const std::vector<std::string_view>& choices) const {
  const std::string& value = text(key);
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return value;
  std::string known;
  for (const std::string_view choice : choices) {
    known += (known.empty() ? "" : ", ") + std::string(choice);
  }
  refuse(key, "is none of " + known);
}

std::int64_t Options::number(std::string_view key, std::int64_t least, std::int64_t most) const {
  if (const auto value = link::read_signed(text(key), least, most)) return *value;
  refuse(key, "is no whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

std::string Options::bytes(std::string_view key) const {
  if (const auto value = driver::read_escapes<64>(text(key))) return std::string(value->view());
  refuse(key, "has an unknown escape or more than 64 bytes; \\r \\n \\t \\\\ \\xHH are known");
}

void Options::refuse(std::string_view key, const std::string& wrong) const {
  throw Error(ErrorKind::invalid_input,
              "option " + std::string(key) + " \"" + text(key) + "\" " + wrong);
}

}  // namespace cartwright::simulators
