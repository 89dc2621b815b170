#pragma once

#include <cartwright/driver/driver.hpp>

#include "layouts.hpp"
#include "protocol.hpp"

namespace cartwright::scanner_hid_keyboard {

using driver::Fx;

// A scanner that types. Keys become characters of the layout that it is set to, characters a label
// up to its suffix. A label in which something can not be told is dropped whole: half a label must
// never be sold.
class Scanner {
 public:
  void configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(const driver::Message& message, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);

 private:
  enum class Suffix : std::uint8_t { enter, tab, silence };

  void press(std::uint8_t key, std::uint8_t modifiers, Fx& fx);
  void type(const Typed& typed, Fx& fx);
  void add(char32_t character, Fx& fx);
  void settle_accent(Fx& fx);
  void end_alt_code(Fx& fx);
  void end_label(Fx& fx);
  void tell(Fx& fx);
  void tear(std::string_view why, Fx& fx);
  void forget_label();

  Country country_ = Country::us;
  Suffix suffix_ = Suffix::enter;
  std::chrono::milliseconds idle_{100};
  std::chrono::milliseconds gap_{1000};
  std::uint32_t longest_ = 1024;
  std::uint8_t gs_key_ = 0;
  bool aim_ = true;

  Layout layout_;
  bool usable_ = true;
  bool up_ = false;
  bool enabled_ = true;
  bool in_garbage_ = false;  // its fault is told
  bool torn_ = false;        // what is typed up to the next end is the rest of a dropped label
  bool caps_ = false;
  char32_t accent_ = 0;  // a dead key that waits for its character

  // Alt with digits of the keypad: the character's number.
  std::uint32_t alt_code_ = 0;
  std::uint8_t alt_digits_ = 0;
  bool alt_zero_ = false;  // it began with 0

  Keys keys_;
  driver::FixedString<4000> label_;
};

}  // namespace cartwright::scanner_hid_keyboard
