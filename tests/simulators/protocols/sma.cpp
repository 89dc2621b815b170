#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "link/numbers.hpp"
#include "simulators/load.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto repeat_every = 200ms;  // SCP-0499 4.11: "continuously", each scale at its own rate

// SCP-0499 5.5: the fields of A and B, in their order.
constexpr std::array<std::string_view, 6> about{"SMA:2/1.0", "MFG:Cartwright", "MOD:Simulated",
                                                "REV:1.0",   "SN_:0815",       "END:"};

class Sma final : public Simulator {
 public:
  explicit Sma(const Options& options)
      : unit_(options.choice("unit", {"kg", "g", "lb", "oz"})),
        places_(static_cast<int>(options.number("places", 0, 4))),
        capacity_(options.text("capacity")),
        level_(options.number("level", 1, 2)),
        plate_(read_micrograms(capacity_, unit_),
               std::chrono::milliseconds(options.number("settle_ms", 0, 60'000))) {}

  // 3.1: a command stands between LF and CR; ESC ends whatever is under way and is not answered.
  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    Bytes answer;
    for (const std::byte byte : bytes) {
      const char c = static_cast<char>(byte);
      if (c == '\x1b') {
        command_.reset();
        repeats_ = 0;
      } else if (c == '\n') {
        command_.emplace();
      } else if (c == '\r' && command_) {
        const std::string command = *std::exchange(command_, std::nullopt);
        const Bytes more = to_bytes(obey(command, now));
        answer.insert(answer.end(), more.begin(), more.end());
      } else if (command_ && command_->size() < 20) {
        *command_ += c;
      }
    }
    return answer;
  }

  Bytes happen(const link::Happening& what, nanoseconds now) override {
    if (what.action == "error") {
      broken_ = true;
    } else if (!act_on(plate_, what, now)) {
      refuse_action(what, "scale");
    }
    return {};
  }

  std::optional<nanoseconds> next_due() const override {
    return repeats_ != 0 ? std::optional(next_) : std::nullopt;
  }
  Bytes due(nanoseconds now) override {
    if (repeats_ == 0 || now < next_ || broken_) return {};
    next_ = now + repeat_every;
    return to_bytes(weight(now, repeats_ == 'S'));
  }

  void reboot(nanoseconds) override {
    plate_.power_on();
    command_.reset();
    broken_ = false;
    repeats_ = 0;
    about_ = info_ = 0;
  }

 private:
  std::string obey(const std::string& command, nanoseconds now) {
    if (broken_) return {};
    repeats_ = 0;
    const char letter = command.empty() ? '\0' : command[0];
    const std::string data = command.substr(command.empty() ? 0 : 1);
    if (level_ == 1 && std::string_view("WZDAB").find(letter) == std::string_view::npos) {
      return "\n?\r";
    }
    if (letter != 'T' && !data.empty()) return "\n?\r";
    switch (letter) {
      case 'W':
      case 'P':
        return weight(now, false);
      case 'H':
      case 'Q':
        return weight(now, true);
      case 'R':
      case 'S':
        repeats_ = letter;
        next_ = now + repeat_every;
        return weight(now, letter == 'S');
      case 'Z':
        return zero(now);
      case 'T':
        return tare(data, now);
      case 'C':
        plate_.set_tare(0);
        return weight(now, false);
      case 'M':
        return standard(' ', 'T', false,
                        show_weight(plate_.gross() - plate_.net(), unit_, places_));
      case 'D':
        return "\n    \r";
      case 'A':
      case 'I':
        (letter == 'A' ? about_ : info_) = 0;
        return field(letter == 'A', 0);
      case 'B':
      case 'N':
        return field(letter == 'B', ++(letter == 'B' ? about_ : info_));
      default:
        return "\n?\r";
    }
  }

  // 5.5 and 5.6: behind END there is nothing. Each dialogue has a place of its own.
  std::string field(bool of_about, std::size_t at) const {
    const std::string range = "CAP:" + padded(unit_) + ":" +
                              show_weight(plate_.capacity(), unit_, places_) +
                              ":1:" + std::to_string(places_);
    const std::array<std::string_view, 5> info{"SMA:2/1.0", "TYP:S", range, "CMD:HPQRSTMC", "END:"};
    if (at >= (of_about ? about.size() : info.size())) return "\n?\r";
    return "\n" + std::string(of_about ? about[at] : info[at]) + "\r";
  }

  static std::string padded(std::string unit) {
    unit.resize(3, '_');
    return unit;
  }

  // 4.5: a zero that was refused is status E, and dashes.
  std::string zero(nanoseconds now) {
    if (plate_.moves(now) || !plate_.within_zero_range() || plate_.has_tare()) {
      return refusal('E', now);
    }
    plate_.set_zero();
    return weight(now, false);
  }

  // 4.6 and 4.7: without data what lies there, with data that weight in the unit shown.
  std::string tare(const std::string& data, nanoseconds now) {
    if (data.empty()) {
      if (plate_.moves(now) || plate_.gross() <= 0) return refusal('T', now);
      plate_.set_tare(plate_.gross());
    } else {
      if (!link::is_decimal(data, false) || data.size() > 10) return "\n?\r";
      const std::int64_t tare = read_micrograms(data, unit_);
      if (tare < 0 || tare > plate_.capacity()) return refusal('T', now);
      plate_.set_tare(tare);
    }
    return weight(now, false);
  }

  std::string refusal(char status, nanoseconds now) const {
    return standard(status, plate_.has_tare() ? 'N' : 'G', plate_.moves(now), "----------");
  }

  std::string weight(nanoseconds now, bool high) const {
    const std::string digits = show_weight(plate_.net(), unit_, places_ + (high ? 1 : 0));
    char status = ' ';
    if (plate_.gross() == 0) status = 'Z';
    if (digits.starts_with('-')) status = 'U';
    if (plate_.over_capacity()) status = 'O';
    const char mode = plate_.has_tare() ? (high ? 'n' : 'N') : (high ? 'g' : 'G');
    return standard(status, mode, plate_.moves(now), digits);
  }

  // 5.1
  std::string standard(char status, char mode, bool moves, const std::string& digits) const {
    return std::string("\n") + status + "1" + mode + (moves ? "M" : " ") + " " +
           std::string(10 - std::min<std::size_t>(10, digits.size()), ' ') + digits +
           padded(unit_) + "\r";
  }

  std::string unit_;
  int places_;
  std::string capacity_;
  std::int64_t level_;
  Plate plate_;
  std::optional<std::string> command_;  // what came after LF
  bool broken_ = false;
  char repeats_ = 0;  // R or S while it repeats
  nanoseconds next_{0};
  std::size_t about_ = 0;  // the field of the A and B dialogue that was told last
  std::size_t info_ = 0;   // of the I and N dialogue
};

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"unit", "kg", "kg, g, lb or oz"},
      {"places", "3", "decimals of the weight"},
      {"capacity", "15", "the most it weighs, in its unit"},
      {"level", "2", "1: W, Z, D, A, B and ESC alone; 2: all but U and X"},
      {"settle_ms", "500", "how long a load moves before it rests, in milliseconds"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<Sma>(Options(options, options_help()));
}

}  // namespace

// A scale that speaks SMA SCP-0499, levels 1 and 2.
Protocol sma_protocol() {
  return {
      "sma",
      "scale-sma",
      "scale",
      "a scale that speaks SMA SCP-0499",
      "Answers W, P, H, Q, Z, T, M, C, D, A, B, I, N, R, S and ESC; others with ?. A load moves "
      "until it "
      "has settled. `place`, `remove`, `motion`, `overload`, `zero` and `tare` are what a person "
      "does at it; `error` makes it mute until `reboot`.",
      &options_help,
      &make};
}

}  // namespace cartwright::simulators
