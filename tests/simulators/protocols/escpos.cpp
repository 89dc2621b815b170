#include "simulators/protocols/escpos.hpp"

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

class EscposPower final : public DisplayPower {
 public:
  EscposPower(int rows, int columns) : rows_(rows), columns_(columns), shown_(rows, columns) {}

  void take(std::uint8_t next) override;
  const DisplayGlass& glass() const override { return shown_; }
  std::vector<DisplayGlass::Row> seen() const override;
  unsigned brightness() const override { return set_.blink == dark ? 0 : set_.brightness; }
  unsigned blink() const override { return set_.blink; }
  bool cursor_visible() const override { return set_.cursor; }
  bool selected() const override { return selected_; }
  std::optional<nanoseconds> next_due() const override;

 private:
  void write(std::uint8_t character) override {
    shown_.write(escpos_character(character, set_.table, set_.country));
  }
  std::size_t command_size() const override;
  std::size_t escape_size() const;
  std::size_t us_size() const;
  void obey() override;
  void obey_escape();
  void obey_us();
  void initialize();
  void record();
  void play();
  void count_from(std::uint8_t hour, std::uint8_t minute);
  std::string clock_text() const;

  int rows_;
  int columns_;
  EscposScreen shown_;
  Settings set_;
  bool selected_ = true;
  std::array<std::uint8_t, 3> ignored_{};  // what came last while it was not
  std::string macro_;
  bool recording_ = false;
  bool playing_ = false;
  Clock clock_ = Clock::hidden;
  nanoseconds counted_from_{0};
};

void EscposPower::take(std::uint8_t next) {
  // Data for the printer: only what selects the display again is heard.
  if (!selected_) {
    ignored_ = {ignored_[1], ignored_[2], next};
    selected_ = ignored_[0] == 0x1B && ignored_[1] == '=' && (next & 2) != 0;
    if (selected_) ignored_ = {};
    return;
  }
  if (recording_ && macro_.size() < 80) macro_ += static_cast<char>(next);
  DisplayPower::take(next);
  if (shown_.on_bottom_row()) clock_ = Clock::hidden;
}

std::size_t EscposPower::command_size() const {
  if (byte(0) == 0x1B) return escape_size();
  if (byte(0) == 0x1F) return us_size();
  return byte(0) == 0x10 ? 2 : 1;  // DLE: for a printer, in real time
}

std::size_t EscposPower::escape_size() const {
  if (command().size() < 2) return 2;
  switch (command()[1]) {
    case '%':
    case '=':
    case '?':
    case 'R':
    case 't':
      return 3;
    case 'W':
      return command().size() < 4 || (byte(3) & 1) != 0 ? 8 : 4;
    case '&':
      return command().size() < 5 ? 5 : download_size(byte(2), 6);
    default:
      return 2;
  }
}

std::size_t EscposPower::us_size() const {
  if (command().size() < 2) return 2;
  switch (command()[1]) {
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
      return command().size() < 5 ? 5 : 5u + byte(3) + 256u * byte(4);
    default:
      return 2;
  }
}

void EscposPower::obey() {
  if (move(shown_, command())) return;
  switch (command()[0]) {
    case '\x1B':
      return obey_escape();
    case '\x1F':
      return obey_us();
    case '\f':
      clock_ = Clock::hidden;
      return shown_.clear();
    case '\x18':
      return shown_.clear_line();
    default:
      return;
  }
}

void EscposPower::obey_escape() {
  switch (command()[1]) {
    case '@':
      return initialize();
    case '=':
      selected_ = (byte(2) & 2) != 0;
      return;
    case 'R':
      if (byte(2) <= 13) set_.country = byte(2);
      return;
    case 't':
      set_.table = byte(2);
      return;
    case 'W':
      if ((byte(3) & 1) == 0) return shown_.close_window(byte(2));
      return shown_.open_window(byte(2), byte(4), byte(5), byte(6), byte(7));
    default:
      return;  // the user's own characters are taken and not shown
  }
}

void EscposPower::obey_us() {
  switch (command()[1]) {
    case '$':
      return shown_.move_to(byte(2), byte(3));
    case '.':
    case ',':
    case ';':
      return write(byte(2));  // with a mark below, which is not simulated
    case 'C':
      set_.cursor = (byte(2) & 1) != 0;
      return;
    case 'E':
      set_.blink = byte(2);
      return;
    case 'X':
      if (byte(2) >= 1 && byte(2) <= 4) set_.brightness = byte(2);
      return;
    case 'r':
      set_.reversed = (byte(2) & 1) != 0;
      return;
    case '@':
      return initialize();
    case ':':
      return record();
    case '^':
      return play();
    case 'T':
      return count_from(byte(2), byte(3));
    case 'U':
      shown_.home();
      clock_ = Clock::seconds;
      return;
    default:
      return;
  }
}

void EscposPower::initialize() {
  set_ = {};
  shown_ = EscposScreen(rows_, columns_);
  clock_ = Clock::hidden;
}

// US : begins the definition of the macro, and ends it.
void EscposPower::record() {
  if (!recording_) macro_.clear();
  if (recording_ && macro_.size() >= 2) macro_.resize(macro_.size() - 2);
  recording_ = !recording_;
}

// US ^ n m: what was defined, once and without its pauses.
void EscposPower::play() {
  if (playing_ || recording_) return;
  playing_ = true;
  forget_command();
  for (const char c : std::string(macro_)) take(static_cast<std::uint8_t>(c));
  playing_ = false;
}

void EscposPower::count_from(std::uint8_t hour, std::uint8_t minute) {
  if (hour > 23 || minute > 59) return;
  counted_from_ = now - std::chrono::hours(hour) - std::chrono::minutes(minute);
  shown_.clear();
  clock_ = Clock::minutes;
}

std::string EscposPower::clock_text() const {
  const auto total = (now - counted_from_) / 1s;
  const auto two = [](auto value) { return std::to_string(100 + value).substr(1); };
  const std::string text = two(total / 3600 % 24) + ":" + two(total / 60 % 60);
  return clock_ == Clock::seconds ? text + ":" + two(total % 60) : text;
}

std::optional<nanoseconds> EscposPower::next_due() const {
  if (clock_ == Clock::hidden) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(now) + 1s;
}

std::vector<DisplayGlass::Row> EscposPower::seen() const {
  auto rows = shown_.rows();
  if (set_.blink == dark) {
    for (auto& row : rows) row.assign(row.size(), U' ');
  } else if (clock_ != Clock::hidden) {
    const std::string clock = clock_text();
    std::copy(clock.begin(), clock.end(), rows.back().end() - static_cast<long>(clock.size()));
  }
  return rows;
}

LineDisplay::PowerOn power_on(const OptionValues& given) {
  const Options options(given, escpos_options());
  const auto rows = static_cast<int>(options.number("rows", 1, 8));
  const auto columns = static_cast<int>(options.number("columns", 8, 80));
  return [rows, columns] { return std::make_unique<EscposPower>(rows, columns); };
}

}  // namespace

Escpos::Escpos(const OptionValues& options) : LineDisplay(power_on(options)) {}

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
          "The user's own characters are taken and not shown_.",
          &escpos_options,
          [](const OptionValues& options) -> std::unique_ptr<Simulator> {
            return std::make_unique<Escpos>(options);
          }};
}

}  // namespace cartwright::simulators
