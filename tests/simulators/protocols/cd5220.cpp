#include "simulators/protocols/cd5220.hpp"

#include <cartwright/driver/code_page.hpp>

#include "simulators/protocols/cd5220_screen.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

class Cd5220Power final : public DisplayPower {
 public:
  explicit Cd5220Power(driver::CodePage page) : page_(page) {}

  const DisplayGlass& glass() const override { return shown_; }
  unsigned brightness() const override { return shown_.brightness; }
  unsigned blink() const override { return shown_.blink; }
  bool cursor_visible() const override { return shown_.cursor_visible; }

 private:
  void write(std::uint8_t character) override {
    if (shown_.listens()) shown_.write(driver::from_byte(page_, character));
  }
  std::size_t command_size() const override;
  std::size_t escape_size() const;
  void obey() override;
  void obey_escape();
  void obey_cursor();
  void write_string();

  driver::CodePage page_;
  Cd5220Screen shown_;
};

std::size_t Cd5220Power::command_size() const {
  if (byte(0) == 0x1B) return escape_size();
  if (byte(0) != 0x1F) return 1;
  return command().size() > 1 && byte(1) == 'E' ? 3 : 2;
}

std::size_t Cd5220Power::escape_size() const {
  const std::size_t there = command().size();
  if (there < 2) return 2;
  switch (command()[1]) {
    case 'Q': {
      // A text ends with CR, after at most 40 columns.
      const bool ended = there > 3 && command().back() == '\r';
      return ended || there > 44 ? there : there + 1;
    }
    case '&':
      return download_size(1, 8);
    case '[':
    case '*':
    case '_':
    case 'f':
    case 'c':
    case '=':
    case '%':
    case '?':
    case 's':
    case 'd':
    case '#':
      return 3;
    case 'l':
      return 4;
    case 'W':
      return 6;
    default:
      return 2;
  }
}

void Cd5220Power::obey() {
  if (command() == "\f") return shown_.clear();
  if (command() == "\x18") return shown_.clear_line();
  if (command().starts_with("\x1BQ")) return write_string();
  if (!shown_.listens() || move(shown_, command())) return;
  if (byte(0) == 0x1B) return obey_escape();
  if (command().starts_with("\x1F\x45")) shown_.blink = byte(2);  // US E
}

void Cd5220Power::write_string() {
  std::u32string text;
  for (const char c : command().substr(3)) {
    if (c != '\r') text += driver::from_byte(page_, static_cast<std::uint8_t>(c));
  }
  shown_.write_string(command()[2], text);
}

void Cd5220Power::obey_escape() {
  switch (command()[1]) {
    case '@':
      shown_ = {};
      return;
    case '\x11':
      return shown_.set_mode(ScrollMode::overwrite);
    case '\x12':
      return shown_.set_mode(ScrollMode::vertical);
    case '\x13':
      return shown_.set_mode(ScrollMode::horizontal);
    case 'l':
      return shown_.move_to(byte(2), byte(3));
    case 'W':
      return shown_.set_window(byte(2) != 0, byte(3), byte(4), byte(5));
    case '*':
      if (byte(2) <= 4) shown_.brightness = byte(2);
      return;
    case '_':
      shown_.cursor_visible = byte(2) != 0;
      return;
    case '[':
      return obey_cursor();
    default:
      return;  // fonts, downloads and the printer change nothing that is simulated
  }
}

void Cd5220Power::obey_cursor() {
  switch (command()[2]) {
    case 'A':
      return shown_.up();
    case 'B':
      return shown_.down();
    case 'C':
      return shown_.right();
    case 'D':
      return shown_.left();
    case 'H':
      return shown_.home();
    case 'K':
      return shown_.to_bottom();
    case 'L':
      return shown_.to_left_end();
    case 'R':
      return shown_.to_right_end();
    default:
      return;
  }
}

LineDisplay::PowerOn power_on(const OptionValues& given) {
  const Options options(given, cd5220_options());
  const std::string name =
      options.choice("code_page", {"ascii", "cp437", "cp850", "cp852", "cp858", "cp866", "cp1252"});
  return [page = *driver::code_page_named(name)] { return std::make_unique<Cd5220Power>(page); };
}

}  // namespace

Cd5220::Cd5220(const OptionValues& options) : LineDisplay(power_on(options)) {}

const std::vector<OptionHelp>& cd5220_options() {
  static const std::vector<OptionHelp> options{
      {"code_page", "cp437", "its font: ascii, cp437, cp850, cp852, cp858, cp866 or cp1252"},
  };
  return options;
}

Protocol cd5220_protocol() {
  return {"cd5220",
          "display-cd5220",
          "display",
          "a customer display of two rows of twenty columns",
          "Obeys the CD5220 standard commands: cursor, modes, windows, strings, brightness, "
          "blinking. Fonts and downloaded characters are taken and not shown.",
          &cd5220_options,
          [](const OptionValues& options) -> std::unique_ptr<Simulator> {
            return std::make_unique<Cd5220>(options);
          }};
}

}  // namespace cartwright::simulators
