#include <algorithm>
#include <chrono>
#include <utility>

#include "link/numbers.hpp"
#include "simulators/load.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto repeat_every = 100ms;

// MT-SICS Reference Manual, I0: each command with its level.
constexpr std::pair<char, std::string_view> commands[] = {
    {'0', "@"},  {'0', "I0"}, {'0', "I1"}, {'0', "I2"},  {'0', "I3"},
    {'0', "I4"}, {'0', "S"},  {'0', "SI"}, {'0', "SIR"}, {'0', "Z"},
    {'0', "ZI"}, {'1', "T"},  {'1', "TA"}, {'1', "TAC"}, {'1', "TI"}};

class MtSics final : public Simulator {
 public:
  explicit MtSics(const Options& options)
      : unit_(options.choice("unit", {"g", "kg", "lb", "oz"})),
        places_(static_cast<int>(options.number("places", 0, 5))),
        capacity_(options.text("capacity")),
        level_(options.number("level", 0, 1)),
        patience_(std::chrono::milliseconds(options.number("patience_ms", 100, 60'000))),
        plate_(read_micrograms(capacity_, unit_),
               std::chrono::milliseconds(options.number("settle_ms", 0, 60'000))) {}

  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    std::string answer;
    for (const std::byte byte : bytes) {
      const char c = static_cast<char>(byte);
      if (c == '\r') continue;
      if (c != '\n') {
        if (command_.size() < 60) command_ += c;
        continue;
      }
      answer += obey(std::exchange(command_, {}), now);
    }
    return to_bytes(answer);
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
    std::optional<nanoseconds> next;
    if (repeats_) next = next_;
    if (!waiting_.empty()) next = next ? std::min(*next, look_at_) : look_at_;
    return next;
  }

  Bytes due(nanoseconds now) override {
    if (broken_) return {};
    std::string said;
    if (!waiting_.empty() && now >= look_at_) {
      look_at_ = now + 20ms;
      if (!plate_.moves(now)) {
        said += settle(std::exchange(waiting_, {}), now);
      } else if (now >= give_up_at_) {
        said += std::exchange(waiting_, {}) + " I\r\n";
      }
    }
    if (repeats_ && now >= next_) {
      next_ = now + repeat_every;
      said += weight(now);
    }
    return to_bytes(said);
  }

  // "I4 A" comes by itself after power-on.
  void reboot(nanoseconds now) override {
    plate_.power_on();
    reset(now);
    broken_ = false;
  }

 private:
  void reset(nanoseconds) {
    command_.clear();
    waiting_.clear();
    repeats_ = false;
  }

  std::string obey(const std::string& line, nanoseconds now) {
    if (broken_) return {};
    const std::string command = line.substr(0, line.find(' '));
    const std::string rest = line.size() > command.size() ? line.substr(command.size() + 1) : "";
    if (level_ == 0 && command.starts_with('T')) return "ES\r\n";
    if (command == "@") {
      reset(now);
      plate_.set_tare(0);
      return serial();
    }
    if (command.starts_with('I')) return about(command);
    if (!waiting_.empty()) return command + " I\r\n";  // busy with another
    if (command == "TA") return tare(rest);
    if (!rest.empty()) return "ES\r\n";
    if (command == "SI" || command == "SIR") {
      repeats_ = command == "SIR";
      next_ = now + repeat_every;
      return weight(now);
    }
    if (command == "S" || command == "Z" || command == "T") return wait(command, now);
    if (command == "ZI" || command == "TI") return at_once(command, now);
    if (command == "TAC") {
      plate_.set_tare(0);
      return "TAC A\r\n";
    }
    return "ES\r\n";
  }

  static std::string serial() { return "I4 A \"0815\"\r\n"; }

  std::string about(const std::string& command) const {
    if (command == "I0") {
      std::string list;
      for (const auto& [level, name] : commands) {
        list += std::string("I0 ") + (name == "TI" ? "A " : "B ") + level + " \"" +
                std::string(name) + "\"\r\n";
      }
      return list;
    }
    if (command == "I1") return "I1 A \"01\" \"2.30\" \"2.22\" \"\" \"\"\r\n";
    if (command == "I2") return "I2 A \"Simulated Standard " + capacity_ + " " + unit_ + "\"\r\n";
    if (command == "I3") return "I3 A \"1.10 18.6.1.1361.772\"\r\n";
    return command == "I4" ? serial() : "ES\r\n";
  }

  // S, Z and T are done when the load rests, or refused with I when it does not in time.
  std::string wait(const std::string& command, nanoseconds now) {
    if (command == "S") repeats_ = false;
    if (!plate_.moves(now)) return settle(command, now);
    waiting_ = command;
    look_at_ = now + 20ms;
    give_up_at_ = now + patience_;
    return {};
  }

  std::string settle(const std::string& command, nanoseconds now) {
    if (command == "S") return weight(now);
    if (command == "Z") {
      const std::string limit = beyond_zero();
      if (!limit.empty()) return "Z " + limit + "\r\n";
      set_zero();
      return "Z A\r\n";
    }
    if (plate_.over_capacity()) return "T +\r\n";
    if (plate_.gross() < 0) return "T -\r\n";
    plate_.set_tare(plate_.gross());
    return "T S " + value(plate_.gross()) + "\r\n";
  }

  std::string at_once(const std::string& command, nanoseconds now) {
    const std::string status = plate_.moves(now) ? "D" : "S";
    if (command == "ZI") {
      const std::string limit = beyond_zero();
      if (!limit.empty()) return "ZI " + limit + "\r\n";
      set_zero();
      return "ZI " + status + "\r\n";
    }
    plate_.set_tare(plate_.gross());
    return "TI " + status + " " + value(plate_.gross()) + "\r\n";
  }

  std::string beyond_zero() const {
    if (plate_.within_zero_range()) return {};
    return plate_.gross() > 0 ? "+" : "-";
  }
  // Setting zero clears the tare.
  void set_zero() {
    plate_.set_zero();
    plate_.set_tare(0);
  }

  std::string tare(const std::string& rest) {
    if (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      const std::string digits = rest.substr(0, space);
      if (space == std::string::npos || rest.substr(space + 1) != unit_ ||
          !link::is_decimal(digits, false)) {
        return "TA L\r\n";
      }
      const std::int64_t tare = read_micrograms(digits, unit_);
      if (tare < 0 || tare > plate_.capacity()) return "TA L\r\n";
      plate_.set_tare(tare);
    }
    return "TA A " + value(plate_.gross() - plate_.net()) + "\r\n";
  }

  std::string weight(nanoseconds now) const {
    if (plate_.over_capacity()) return "S +\r\n";
    if (plate_.gross() < -plate_.capacity() / 50) return "S -\r\n";
    return std::string("S ") + (plate_.moves(now) ? "D " : "S ") + value(plate_.net()) + "\r\n";
  }

  // 2.1: the value fills ten columns from the right, then a space and the unit.
  std::string value(std::int64_t micrograms) const {
    const std::string digits = show_weight(micrograms, unit_, places_);
    return std::string(10 - std::min<std::size_t>(10, digits.size()), ' ') + digits + " " + unit_;
  }

  std::string unit_;
  int places_;
  std::string capacity_;
  std::int64_t level_;
  nanoseconds patience_;
  Plate plate_;
  std::string command_;  // what came since the last LF
  std::string waiting_;  // S, Z or T that waits for the load to rest
  nanoseconds look_at_{0};
  nanoseconds give_up_at_{0};
  bool repeats_ = false;
  nanoseconds next_{0};
  bool broken_ = false;
};

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"unit", "g", "g, kg, lb or oz"},
      {"places", "2", "decimals of the weight"},
      {"capacity", "5100", "the most it weighs, in its unit"},
      {"level", "1", "the level of MT-SICS, 0 or 1"},
      {"patience_ms", "10000", "how long S, Z and T wait for the load to rest, in milliseconds"},
      {"settle_ms", "500", "how long a load moves before it rests, in milliseconds"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<MtSics>(Options(options, options_help()));
}

}  // namespace

// A scale that speaks MT-SICS, level 0 or 1.
Protocol mtsics_protocol() {
  return {"mtsics",
          "scale-mtsics",
          "scale",
          "a scale that speaks Mettler-Toledo MT-SICS",
          "Answers @, I0 to I4, S, SI, SIR, Z, ZI, T, TI, TA and TAC; others with ES. A load moves "
          "until "
          "it has settled. `place`, `remove`, `motion`, `overload`, `zero` and `tare` are what a "
          "person does at it; `error` makes it mute until `reboot`.",
          &options_help,
          &make};
}

}  // namespace cartwright::simulators
