#include <cartwright/driver/code_page.hpp>

#include "driver.hpp"

namespace cartwright::scanner_hid_keyboard {
namespace {

constexpr std::uint64_t timer_label = 1;

constexpr driver::FixedString<4> utf8_of(char32_t c) {
  driver::FixedString<4> bytes;
  const auto tail = [&](int shift) {
    bytes.push_back(static_cast<char>(0x80u | ((c >> shift) & 0x3Fu)));
  };
  if (c < 0x80) {
    bytes.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    bytes.push_back(static_cast<char>(0xC0u | (c >> 6)));
    tail(0);
  } else {
    bytes.push_back(static_cast<char>(0xE0u | (c >> 12)));
    tail(6);
    tail(0);
  }
  return bytes;
}

constexpr bool is_keypad_digit(std::uint8_t key) {
  return key >= key_pad_1 && key <= key_pad_0;
}

}  // namespace

void Scanner::configure(const driver::Settings& settings) {
  if (settings.text("layout") == "de") country_ = Country::de;
  if (settings.text("suffix") == "tab") suffix_ = Suffix::tab;
  if (settings.text("suffix") == "silence") suffix_ = Suffix::silence;
  idle_ = std::chrono::milliseconds(settings.integer("idle_ms"));
  gap_ = std::chrono::milliseconds(settings.integer("gap_ms"));
  gs_key_ = static_cast<std::uint8_t>(settings.integer("gs_key"));
  aim_ = settings.text("aim") != "off";
  longest_ = static_cast<std::uint32_t>(settings.integer("longest"));
}

void Scanner::on(const driver::LinkUp& up, Fx& fx) {
  up_ = usable_ = true;
  layout_ = Layout();
  if (up.descriptor.empty()) return;
  const std::string_view wrong = read_layout(up.descriptor, layout_);
  usable_ = wrong.empty();
  if (!usable_) fx.fault(wrong);
}

void Scanner::on(const driver::LinkDown&, Fx& fx) {
  up_ = in_garbage_ = torn_ = caps_ = false;
  keys_ = Keys();
  forget_label();
  fx.stop_timer(timer_label);
}

void Scanner::on(const driver::Message& message, Fx& fx) {
  if (!usable_) return;
  if (message.after_loss) {
    tear("reports of the scanner were lost, the label they were in is dropped", fx);
    keys_ = Keys();
  }
  Keys keys;
  const ReportIs is = read_keys(layout_, message.data, keys);
  if (is == ReportIs::other) return;
  if (is == ReportIs::garbage) {
    constexpr std::string_view why = "a report that is none of a keyboard";
    if (!label_.empty()) {
      tear(why, fx);
    } else if (!in_garbage_ && !torn_) {
      fx.fault(why);
    }
    in_garbage_ = true;
    return;
  }
  in_garbage_ = false;
  // Too many keys at once: what is down is told again when some are released.
  if (keys.rollover) return;
  const Keys before = std::exchange(keys_, keys);
  if ((keys.modifiers & (left_alt | right_alt)) == 0) end_alt_code(fx);
  for (const std::uint8_t key : keys.down) {
    if (!before.has(key)) press(key, keys.modifiers, fx);
  }
}

void Scanner::press(std::uint8_t key, std::uint8_t modifiers, Fx& fx) {
  const bool ctrl = (modifiers & any_ctrl) != 0;
  const bool has_alt_gr = country_ != Country::us;
  const bool alt = (modifiers & (has_alt_gr ? left_alt : left_alt | right_alt)) != 0;
  const bool alt_gr =
      has_alt_gr && ((modifiers & right_alt) != 0 || (alt && (modifiers & left_ctrl) != 0));
  const bool shift = (modifiers & any_shift) != 0;
  fx.timer(timer_label, suffix_ == Suffix::silence ? idle_ : gap_);
  if (key == gs_key_ && gs_key_ != 0) return type({U'\x1D', false}, fx);
  if (key == key_num_lock) return;
  if (key == key_caps_lock) {
    caps_ = !caps_;
    return;
  }
  if (key == key_enter || key == key_pad_enter) {
    return suffix_ == Suffix::enter ? end_label(fx) : type({U'\r', false}, fx);
  }
  if (key == key_tab && suffix_ == Suffix::tab) return end_label(fx);
  if (alt && !alt_gr && is_keypad_digit(key)) {
    const std::uint32_t digit = key == key_pad_0 ? 0 : std::uint32_t{key} - key_pad_1 + 1;
    if (alt_digits_ == 0) alt_zero_ = digit == 0;
    if (alt_digits_ < 6) ++alt_digits_;
    alt_code_ = (alt_code_ * 10 + digit) % 1'000'000;
    return;
  }
  if (ctrl && !alt_gr) {
    const char control = control_of(key);
    if (control == '\r' && suffix_ == Suffix::enter) return end_label(fx);
    return type({static_cast<char32_t>(control), false}, fx);
  }
  if (alt && !alt_gr) return tear("a key with Alt, which types no character", fx);
  type(typed(country_, key, shift, alt_gr, caps_), fx);
}

// Alt is released: its digits are a character, of Windows-1252 where they began with 0, else of the
// country's DOS page.
void Scanner::end_alt_code(Fx& fx) {
  if (alt_digits_ == 0) return;
  const std::uint32_t code = alt_code_;
  alt_code_ = alt_digits_ = 0;
  if (code > 255) return tear("a number with Alt that stands for no character", fx);
  const auto dos = country_ == Country::de ? driver::CodePage::cp850 : driver::CodePage::cp437;
  const auto table = alt_zero_ ? driver::CodePage::cp1252 : dos;
  const auto byte = static_cast<std::uint8_t>(code);
  if (code == '\r' && suffix_ == Suffix::enter) return end_label(fx);
  if (code == '\t' && suffix_ == Suffix::tab) return end_label(fx);
  type({code < 0x80 ? static_cast<char32_t>(code) : driver::from_byte(table, byte), false}, fx);
}

void Scanner::type(const Typed& typed, Fx& fx) {
  if (typed.character == 0 || typed.character == driver::replacement_character) {
    return tear("a key that types no character; is the setting layout that of the scanner?", fx);
  }
  if (accent_ != 0 && !typed.dead) {
    const char32_t both = composed(accent_, typed.character);
    if (both != 0) {
      accent_ = 0;
      return add(both, fx);
    }
  }
  settle_accent(fx);
  if (typed.dead) {
    accent_ = typed.character;
  } else {
    add(typed.character, fx);
  }
}

// A dead key that the next character does not take stands for itself.
void Scanner::settle_accent(Fx& fx) {
  if (const char32_t accent = std::exchange(accent_, 0); accent != 0) add(accent, fx);
}

void Scanner::add(char32_t character, Fx& fx) {
  if (torn_) return;
  const auto bytes = utf8_of(character);
  if (label_.size() + bytes.size() > longest_) {
    return tear("a label without end or longer than the setting longest", fx);
  }
  label_.append(bytes);
}

void Scanner::on(const driver::Timer&, Fx& fx) {
  if (suffix_ == Suffix::silence) return end_label(fx);
  if (!label_.empty() || accent_ != 0) {
    fx.fault("a label without its end; is the setting suffix that of the scanner?");
  }
  torn_ = false;
  forget_label();
}

void Scanner::end_label(Fx& fx) {
  settle_accent(fx);
  fx.stop_timer(timer_label);
  if (!torn_ && enabled_) tell(fx);
  torn_ = false;
  forget_label();
}

void Scanner::tell(Fx& fx) {
  std::string_view label = label_.view();
  const auto is_end = [](char c) { return c == '\r' || c == '\n' || c == '\t'; };
  while (!label.empty() && suffix_ == Suffix::silence && is_end(label.back())) {
    label.remove_suffix(1);
  }
  if (label.empty()) return;
  const auto scan = aim_ ? driver::split_aim(label) : std::nullopt;
  if (!scan) return fx.scan(label);
  if (scan->data.empty()) return;
  fx.scan(scan->data, driver::symbology_of(scan->aim, scan->data.size()), scan->aim);
}

// The label under way can not be told: it is dropped up to its end. One fault for each.
void Scanner::tear(std::string_view why, Fx& fx) {
  if (!torn_) fx.fault(why);
  torn_ = true;
  forget_label();
  fx.timer(timer_label, suffix_ == Suffix::silence ? idle_ : gap_);
}

void Scanner::forget_label() {
  label_.clear();
  accent_ = 0;
  alt_code_ = alt_digits_ = 0;
}

void Scanner::on(const driver::Enable& enable, Fx& fx) {
  enabled_ = enable.enabled;
  fx.done(enable.op);
}

// A keyboard answers nothing, so an open interface is all that can be told.
void Scanner::on(const driver::CheckHealth& check, Fx& fx) {
  if (!up_) return fx.done(check.op, CW_LINK_DOWN);
  fx.done(check.op, usable_ ? CW_OK : CW_DEVICE_ERROR);
}

}  // namespace cartwright::scanner_hid_keyboard
