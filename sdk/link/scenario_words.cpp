#include "link/scenario_words.hpp"

#include <algorithm>
#include <array>

#include "base/nearest.hpp"
#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

constexpr std::array<std::string_view, 5> classes{"scanner", "scale", "display", "terminal",
                                                  "locator"};
constexpr std::array<std::string_view, 4> weight_units{"kg", "g", "lb", "oz"};
constexpr std::array<std::string_view, 8> word_names{"TEXT",   "NAME", "DURATION", "COUNT",
                                                     "WEIGHT", "UNIT", "NUMBER",   "DBM"};

const std::vector<Action>& own_actions(std::string_view device_class) {
  static const std::vector<Action> scanner{{"scan", {Word::text, Word::name}, 1}};
  static const std::vector<Action> scale{{"place", {Word::weight, Word::unit}, 2},
                                         {"remove", {}, 0},
                                         {"motion", {}, 0},
                                         {"zero", {}, 0},
                                         {"overload", {}, 0},
                                         {"tare", {Word::weight, Word::unit}, 2},
                                         {"error", {}, 0}};
  static const std::vector<Action> display;
  static const std::vector<Action> terminal{{"approve", {}, 0},
                                            {"decline", {Word::text}, 1},
                                            {"busy", {}, 0},
                                            {"mute", {}, 0},
                                            {"delay", {Word::duration}, 1}};
  static const std::vector<Action> locator{{"zone", {Word::text}, 1},
                                           {"position", {Word::number, Word::number}, 2},
                                           {"beacon", {Word::text, Word::dbm}, 2}};
  if (device_class == "scanner") return scanner;
  if (device_class == "scale") return scale;
  if (device_class == "terminal") return terminal;
  if (device_class == "locator") return locator;
  return display;
}

const std::vector<Action>& common_actions() {
  static const std::vector<Action> common{{"garbage", {Word::count}, 1},
                                          {"noise", {Word::count}, 1},
                                          {"delay", {Word::duration}, 1},
                                          {"silence", {Word::duration}, 1},
                                          {"unplug", {Word::duration}, 0},
                                          {"plug", {}, 0},
                                          {"reboot", {}, 0},
                                          {"crash", {}, 0},
                                          {"lose", {Word::count}, 1},
                                          {"double", {Word::count}, 1},
                                          {"spoil", {Word::count}, 1},
                                          {"slow", {Word::duration}, 1},
                                          {"nak", {Word::count}, 1}};
  return common;
}

bool is_name(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

}  // namespace

std::span<const std::string_view> device_classes() {
  return classes;
}

std::optional<std::string_view> class_of(std::string_view unit) {
  const std::size_t letters = unit.find_first_of("0123456789");
  const std::string_view name = unit.substr(0, letters);
  const bool numbered =
      letters != std::string_view::npos && read_unsigned(unit.substr(letters), 999).has_value();
  const auto* const found = std::find(classes.begin(), classes.end(), name);
  return numbered && found != classes.end() ? std::optional(*found) : std::nullopt;
}

std::vector<Action> actions_of(std::string_view device_class) {
  std::vector<Action> actions = own_actions(device_class);
  actions.insert(actions.end(), common_actions().begin(), common_actions().end());
  return actions;
}

bool acts_on_link(std::string_view device_class, std::string_view action) {
  const auto is_it = [action](const Action& known) { return known.name == action; };
  const auto& own = own_actions(device_class);
  const auto& common = common_actions();
  return action != "crash" && std::none_of(own.begin(), own.end(), is_it) &&
         std::any_of(common.begin(), common.end(), is_it);
}

std::optional<std::string> wrong_word(Word word, std::string_view text) {
  switch (word) {
    case Word::text:
      if (!text.empty()) return std::nullopt;
      return "is empty";
    case Word::name:
      if (is_name(text)) return std::nullopt;
      return "is no name of small letters, digits, - and _";
    case Word::duration:
      if (read_duration(text)) return std::nullopt;
      return "is no duration like 1.5s or 250ms";
    case Word::count:
      if (read_unsigned(text, 4096).value_or(0) > 0) return std::nullopt;
      return "is no number from 1 to 4096";
    case Word::weight:
      if (is_decimal(text, true)) return std::nullopt;
      return "is no weight like 1.250";
    case Word::unit:
      if (std::find(weight_units.begin(), weight_units.end(), text) != weight_units.end()) {
        return std::nullopt;
      }
      return "is none of kg, g, lb, oz" + did_you_mean(text, weight_units);
    case Word::number:
      if (is_decimal(text, true)) return std::nullopt;
      return "is no number like 12.5";
    case Word::dbm:
      break;
  }
  if (read_signed(text, -127, 20)) return std::nullopt;
  return "is no signal strength from -127 to 20 dBm";
}

std::string usage(const Action& action) {
  std::string text(action.name);
  for (std::size_t i = 0; i < action.words.size(); ++i) {
    const std::string name(word_names[static_cast<std::size_t>(action.words[i])]);
    text += i < action.required ? " " + name : " [" + name + "]";
  }
  return text;
}

}  // namespace cartwright::link
