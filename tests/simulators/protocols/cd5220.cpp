#include "simulators/protocols/cd5220.hpp"

#include <cartwright/driver/code_page.hpp>
#include <cartwright/driver/utf8.hpp>

#include "simulators/protocols/cd5220_screen.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {

// The screen behind the commands: takes bytes until they are a command.
class Cd5220::Screen {
 public:
  explicit Screen(driver::CodePage code_page) : page(code_page) {}

  void take(std::uint8_t byte);

  driver::CodePage page;
  Cd5220Screen shown;

 private:
  static constexpr std::size_t incomplete = 0;

  std::size_t command_size() const;
  std::size_t escape_size() const;
  std::size_t download_size() const;
  void obey();
  void obey_escape();
  void obey_us();

  std::string command_;
};

void Cd5220::Screen::take(std::uint8_t byte) {
  if (command_.empty() && byte >= 0x20) return shown.write(byte);
  command_ += static_cast<char>(byte);
  if (command_size() != incomplete) {
    obey();
    command_.clear();
  }
}

// How long the command is that has begun; 0 while that is open or bytes are missing.
std::size_t Cd5220::Screen::command_size() const {
  if (command_[0] == '\x1B') return escape_size();
  if (command_[0] != '\x1F') return 1;
  if (command_.size() < 2) return incomplete;
  const std::size_t size = command_[1] == 'E' ? 3 : 2;
  return command_.size() < size ? incomplete : size;
}

std::size_t Cd5220::Screen::escape_size() const {
  if (command_.size() < 2) return incomplete;
  std::size_t size = 2;
  switch (command_[1]) {
    case 'Q': {
      // A text ends with CR, after at most 40 columns.
      const bool ended = command_.size() > 3 && command_.back() == '\r';
      return ended || command_.size() > 44 ? command_.size() : incomplete;
    }
    case '&':
      return download_size();
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
      size = 3;
      break;
    case 'l':
      size = 4;
      break;
    case 'W':
      size = 6;
      break;
    default:
      break;
  }
  return command_.size() < size ? incomplete : size;
}

// ESC & s n m [a p1..pa] x (m-n+1): the pattern of each character has its own width.
std::size_t Cd5220::Screen::download_size() const {
  if (command_.size() < 5) return incomplete;
  const auto first = static_cast<std::uint8_t>(command_[3]);
  const auto last = static_cast<std::uint8_t>(command_[4]);
  std::size_t at = 5;
  for (int c = first; c <= last; ++c) {
    if (at >= command_.size()) return incomplete;
    at += 1 + static_cast<std::uint8_t>(command_[at]) % 8;
  }
  return command_.size() < at ? incomplete : at;
}

void Cd5220::Screen::obey() {
  switch (command_[0]) {
    case '\x1B':
      return obey_escape();
    case '\x1F':
      return obey_us();
    case '\x0C':
      return shown.clear();
    case '\x18':
      return shown.clear_line();
    default:
      break;
  }
  if (!shown.listens()) return;
  switch (command_[0]) {
    case '\b':
      return shown.left();
    case '\t':
      return shown.right();
    case '\n':
      return shown.down();
    case '\v':
      return shown.move_to(1, 1);
    case '\r':
      return shown.to_left_end();
    default:
      return;
  }
}

void Cd5220::Screen::obey_escape() {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(command_[i]); };
  if (command_[1] == 'Q') {
    std::string text = command_.substr(3);
    if (text.ends_with('\r')) text.pop_back();
    return shown.write_string(command_[2], text);
  }
  if (!shown.listens()) return;
  switch (command_[1]) {
    case '@':
      shown = {};
      return;
    case '\x11':
      return shown.set_mode(ScrollMode::overwrite);
    case '\x12':
      return shown.set_mode(ScrollMode::vertical);
    case '\x13':
      return shown.set_mode(ScrollMode::horizontal);
    case 'l':
      return shown.move_to(byte(2), byte(3));
    case 'W':
      return shown.set_window(byte(2) != 0, byte(3), byte(4), byte(5));
    case '*':
      if (byte(2) <= 4) shown.brightness = byte(2);
      return;
    case '_':
      shown.cursor_visible = byte(2) != 0;
      return;
    case '[':
      break;
    default:
      return;  // fonts, downloads and the printer change nothing that is simulated
  }
  switch (command_[2]) {
    case 'A':
      return shown.up();
    case 'B':
      return shown.down();
    case 'C':
      return shown.right();
    case 'D':
      return shown.left();
    case 'H':
      return shown.move_to(1, 1);
    case 'K':
      return shown.move_to(1, 2);
    case 'L':
      return shown.to_left_end();
    case 'R':
      return shown.to_right_end();
    default:
      return;
  }
}

void Cd5220::Screen::obey_us() {
  if (!shown.listens()) return;
  switch (command_[1]) {
    case '\x01':
      return shown.set_mode(ScrollMode::overwrite);
    case '\x02':
      return shown.set_mode(ScrollMode::vertical);
    case '\x03':
      return shown.set_mode(ScrollMode::horizontal);
    case '\n':
      return shown.up();
    case '\r':
      return shown.to_right_end();
    case 'B':
      return shown.move_to(1, 2);
    case 'E':
      shown.blink = static_cast<std::uint8_t>(command_[2]);
      return;
    default:
      return;
  }
}

Cd5220::Cd5220(const OptionValues& given) {
  const Options options(given, cd5220_options());
  const std::string name =
      options.choice("code_page", {"ascii", "cp437", "cp850", "cp852", "cp858", "cp866", "cp1252"});
  screen_ = std::make_unique<Screen>(*driver::code_page_named(name));
}

Cd5220::~Cd5220() = default;

Bytes Cd5220::bytes_in(ByteView bytes, nanoseconds) {
  for (const std::byte byte : bytes) screen_->take(static_cast<std::uint8_t>(byte));
  return {};
}

Bytes Cd5220::happen(const link::Happening& what, nanoseconds) {
  refuse_action(what, "display");
}

void Cd5220::reboot(nanoseconds) {
  *screen_ = Screen(screen_->page);
}

std::vector<std::string> Cd5220::screen() const {
  std::vector<std::string> lines;
  for (const auto& row : screen_->shown.rows()) {
    std::string line;
    for (const std::uint8_t byte : row) {
      line += driver::to_utf8(driver::from_byte(screen_->page, byte)).view();
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string Cd5220::mode() const {
  return std::string(screen_->shown.mode_name());
}
unsigned Cd5220::brightness() const {
  return screen_->shown.brightness;
}
bool Cd5220::cursor_visible() const {
  return screen_->shown.cursor_visible;
}
unsigned Cd5220::blink() const {
  return screen_->shown.blink;
}
std::array<unsigned, 2> Cd5220::cursor() const {
  return screen_->shown.cursor();
}

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
