#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::link {

// What may stand at one place after an action.
enum class Word : std::uint8_t {
  text,      // anything but nothing
  name,      // lower-case letters, digits, - and _
  duration,  // 1.5s
  count,     // 1 to 4096
  weight,    // decimal, may be negative
  unit,      // kg, g, lb, oz
  number,    // decimal, may be negative
  dbm,       // -127 to 20
};

struct Action {
  std::string_view name;
  std::vector<Word> words;
  std::size_t required;  // the first so many words must be there
};

// The device classes a unit's name may begin with.
std::span<const std::string_view> device_classes();

// The class of `unit`, its name without the number: `scanner` for `scanner0`; nothing for others.
std::optional<std::string_view> class_of(std::string_view unit);

// The actions of a class, its own first, then those of all devices. Where a class has an action of
// the same name as all (a terminal's delay) its own comes first.
std::vector<Action> actions_of(std::string_view device_class);

// True for an action that happens to the link of a unit and is no message to its driver: unplug,
// silence, garbage and so on, but not a terminal's delay, and not crash.
bool acts_on_link(std::string_view device_class, std::string_view action);

// What is wrong with `text` as that word, for people; nothing where it fits.
std::optional<std::string> wrong_word(Word word, std::string_view text);

// `scan TEXT [NAME]`: how an action is written.
std::string usage(const Action& action);

}  // namespace cartwright::link
