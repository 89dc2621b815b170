#include "simulators/protocols/escpos.hpp"

#include <cartwright/driver/utf8.hpp>

#include <algorithm>
#include <chrono>

#include "simulators/protocols/escpos_characters.hpp"
#include "simulators/protocols/escpos_screen.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

constexpr unsigned dark = 255;  // US E 255

// What commands set and power-on resets.
struct Settings {
  std::uint8_t table = 0;
  std::uint8_t country = 0;
  unsigned brightness = 4;
  unsigned blink = 0;
  bool cursor = true;
  bool reversed = false;
};

enum class Clock : std::uint8_t { hidden, minutes, seconds };

}  // namespace

// The screen behind the commands: takes bytes until they are a command.
class Escpos::Display {
 public:
  Display(int height, int width) : rows(height), columns(width), shown(height, width) {}

  void take(std::uint8_t byte);
  std::string clock_text() const;

  int rows;
  int columns;
  EscposScreen shown;
  Settings set;
  bool selected = true;
  Clock clock = Clock::hidden;
  nanoseconds now{0};

 private:
  static constexpr std::size_t incomplete = 0;

  std::uint8_t byte(std::size_t i) const { return static_cast<std::uint8_t>(command_[i]); }
  std::size_t command_size() const;
  std::size_t escape_size() const;
  std::size_t us_size() const;
  std::size_t download_size() const;
  void write(std::uint8_t character) {
    shown.write(escpos_character(character, set.table, set.country));
  }
  void obey();
  void obey_escape();
  void obey_us();
  void initialize();
  void play();

  std::string command_;
  std::string macro_;
  bool recording_ = false;
  bool playing_ = false;
  nanoseconds counted_from_{0};
};

void Escpos::Display::take(std::uint8_t next) {
  // Data for the printer: only what selects the display again is heard.
  if (!selected) {
    command_ += static_cast<char>(next);
    if (command_.size() > 3) command_.erase(0, command_.size() - 3);
    if (command_.size() == 3 && command_.starts_with("\x1B=") && (byte(2) & 2) != 0) {
      selected = true;
      command_.clear();
    }
    return;
  }
  if (recording_ && macro_.size() < 80) macro_ += static_cast<char>(next);
  if (command_.empty() && next >= 0x20) {
    write(next);
  } else {
    command_ += static_cast<char>(next);
    if (command_size() == incomplete) return;
    obey();
    command_.clear();
  }
  if (shown.on_bottom_row() && clock != Clock::hidden) clock = Clock::hidden;
}

// How long the command is that has begun; 0 while bytes are missing.
std::size_t Escpos::Display::command_size() const {
  std::size_t size = 1;
  if (command_[0] == '\x1B') size = escape_size();
  if (command_[0] == '\x1F') size = us_size();
  if (command_[0] == '\x10') size = 2;  // DLE: for a printer, in real time
  return command_.size() < size ? incomplete : size;
}

std::size_t Escpos::Display::escape_size() const {
  if (command_.size() < 2) return 2;
  switch (command_[1]) {
    case '%':
    case '=':
    case '?':
    case 'R':
    case 't':
      return 3;
    case 'W':
      return command_.size() < 4 || (byte(3) & 1) != 0 ? 8 : 4;
    case '&':
      return download_size();
    default:
      return 2;
  }
}

// ESC & s n m [a p1..ps*a] x (m-n+1): the pattern of each character has its own width.
std::size_t Escpos::Display::download_size() const {
  std::size_t at = 5;
  if (command_.size() < at) return at;
  for (int c = byte(3); c <= byte(4); ++c) {
    if (at >= command_.size()) return at + 1;
    at += 1 + std::size_t{byte(2)} * (byte(at) % 6u);
  }
  return at;
}

std::size_t Escpos::Display::us_size() const {
  if (command_.size() < 2) return 2;
  switch (command_[1]) {
    case '$':
    case '#':
    case 'T':
    case '^':
      return 4;
    case 'C':
    case 'E':
    case 'X':
    case 'r':
    case 'v':
    case '.':
    case ',':
    case ';':
      return 3;
    case '(':
      return command_.size() < 5 ? 5 : 5u + byte(3) + 256u * byte(4);
    default:
      return 2;
  }
}

void Escpos::Display::obey() {
  switch (command_[0]) {
    case '\x1B':
      return obey_escape();
    case '\x1F':
      return obey_us();
    case '\b':
      return shown.left();
    case '\t':
      return shown.right();
    case '\n':
      return shown.down();
    case '\v':
      return shown.home();
    case '\f':
      clock = Clock::hidden;
      return shown.clear();
    case '\r':
      return shown.to_left_end();
    case '\x18':
      return shown.clear_line();
    default:
      return;
  }
}

void Escpos::Display::obey_escape() {
  switch (command_[1]) {
    case '@':
      return initialize();
    case '=':
      selected = (byte(2) & 2) != 0;
      return;
    case 'R':
      if (byte(2) <= 13) set.country = byte(2);
      return;
    case 't':
      set.table = byte(2);
      return;
    case 'W':
      if ((byte(3) & 1) == 0) return shown.close_window(byte(2));
      return shown.open_window(byte(2), byte(4), byte(5), byte(6), byte(7));
    default:
      return;  // the user's own characters are taken and not shown
  }
}

void Escpos::Display::obey_us() {
  switch (command_[1]) {
    case '\x01':
      return shown.set_mode(EscposMode::overwrite);
    case '\x02':
      return shown.set_mode(EscposMode::vertical);
    case '\x03':
      return shown.set_mode(EscposMode::horizontal);
    case '\n':
      return shown.up();
    case '\r':
      return shown.to_right_end();
    case 'B':
      return shown.to_bottom();
    case '$':
      return shown.move_to(byte(2), byte(3));
    case '.':
    case ',':
    case ';':
      return write(byte(2));  // with a mark below, which is not simulated
    case 'C':
      set.cursor = (byte(2) & 1) != 0;
      return;
    case 'E':
      set.blink = byte(2);
      return;
    case 'X':
      if (byte(2) >= 1 && byte(2) <= 4) set.brightness = byte(2);
      return;
    case 'r':
      set.reversed = (byte(2) & 1) != 0;
      return;
    case '@':
      return initialize();
    case ':':
      if (!recording_) macro_.clear();
      if (recording_ && macro_.size() >= 2) macro_.resize(macro_.size() - 2);
      recording_ = !recording_;
      return;
    case '^':
      return play();
    case 'T':
      if (byte(2) > 23 || byte(3) > 59) return;
      counted_from_ = now - std::chrono::hours(byte(2)) - std::chrono::minutes(byte(3));
      shown.clear();
      clock = Clock::minutes;
      return;
    case 'U':
      shown.home();
      clock = Clock::seconds;
      return;
    default:
      return;
  }
}

void Escpos::Display::initialize() {
  set = {};
  shown = EscposScreen(rows, columns);
  clock = Clock::hidden;
}

// US ^ n m: what was defined, once and without its pauses.
void Escpos::Display::play() {
  if (playing_ || recording_) return;
  playing_ = true;
  command_.clear();
  for (const char c : std::string(macro_)) take(static_cast<std::uint8_t>(c));
  playing_ = false;
}

std::string Escpos::Display::clock_text() const {
  const auto total = (now - counted_from_) / 1s;
  const auto two = [](auto value) { return std::to_string(100 + value).substr(1); };
  const std::string text = two(total / 3600 % 24) + ":" + two(total / 60 % 60);
  return clock == Clock::seconds ? text + ":" + two(total % 60) : text;
}

Escpos::Escpos(const OptionValues& given) {
  const Options options(given, escpos_options());
  display_ = std::make_unique<Display>(static_cast<int>(options.number("rows", 1, 8)),
                                       static_cast<int>(options.number("columns", 8, 80)));
}

Escpos::~Escpos() = default;

Bytes Escpos::bytes_in(ByteView bytes, nanoseconds now) {
  display_->now = now;
  for (const std::byte byte : bytes) display_->take(static_cast<std::uint8_t>(byte));
  return {};
}

Bytes Escpos::happen(const link::Happening& what, nanoseconds) {
  refuse_action(what, "display");
}

std::optional<nanoseconds> Escpos::next_due() const {
  if (display_->clock == Clock::hidden) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(display_->now) + 1s;
}

Bytes Escpos::due(nanoseconds now) {
  display_->now = now;
  return {};
}

void Escpos::reboot(nanoseconds now) {
  *display_ = Display(display_->rows, display_->columns);
  display_->now = now;
}

std::vector<std::string> Escpos::screen() const {
  const bool is_dark = display_->set.blink == dark;
  auto rows = display_->shown.rows();
  if (display_->clock != Clock::hidden) {
    const std::string clock = display_->clock_text();
    std::copy(clock.begin(), clock.end(), rows.back().end() - static_cast<long>(clock.size()));
  }
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    std::string line;
    for (const char32_t character : row) {
      line += driver::to_utf8(is_dark ? U' ' : character).view();
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string Escpos::mode() const {
  return std::string(display_->shown.mode_name());
}
unsigned Escpos::brightness() const {
  return display_->set.blink == dark ? 0 : display_->set.brightness;
}
unsigned Escpos::blink() const {
  return display_->set.blink;
}
bool Escpos::cursor_visible() const {
  return display_->set.cursor;
}
std::array<int, 2> Escpos::cursor() const {
  return display_->shown.cursor();
}
bool Escpos::selected() const {
  return display_->selected;
}

const std::vector<OptionHelp>& escpos_options() {
  static const std::vector<OptionHelp> options{
      {"rows", "2", "how many rows it has"},
      {"columns", "20", "how many columns it has"},
  };
  return options;
}

Protocol escpos_protocol() {
  return {"escpos",
          "display-escpos",
          "display",
          "an Epson DM-D customer display (ESC/POS)",
          "Obeys cursor, modes, windows, character tables, international sets, brightness, "
          "blinking, peripheral selection, macros (without their pauses) and the time counter. "
          "The user's own characters are taken and not shown.",
          &escpos_options,
          [](const OptionValues& options) -> std::unique_ptr<Simulator> {
            return std::make_unique<Escpos>(options);
          }};
}

}  // namespace cartwright::simulators
