#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "link/numbers.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto enters_within = 1s;  // two of them open the shell
constexpr std::string_view shell_prompt = "dwm> ";

struct Anchor {
  const char* id;
  std::int64_t x;
  std::int64_t y;
  std::int64_t z;
};
constexpr Anchor anchors[] = {{"0C2E", 0, 0, 2500},
                              {"47A7", 20000, 0, 2500},
                              {"5B39", 0, 15000, 2500},
                              {"5B26", 20000, 15000, 2500}};

// Millimetres as the firmware prints metres: two decimals.
std::string metres(std::int64_t millimetres) {
  const std::int64_t hundredths = (std::abs(millimetres) + 5) / 10;
  return (millimetres < 0 && hundredths != 0 ? "-" : "") + std::to_string(hundredths / 100) + "." +
         std::to_string(100 + hundredths % 100).substr(1);
}

std::int64_t root(std::int64_t square) {
  std::int64_t low = 0;
  std::int64_t high = 1'000'000;
  while (low < high) {
    const std::int64_t middle = (low + high + 1) / 2;
    if (middle * middle <= square) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

// A DWM1001 tag behind its UART: binary mode after power-on, the shell by double enter (Firmware
// API Guide, 6.2), lec, lep and les, each of which turns itself on and off (6.5).
class Dwm1001 final : public Simulator {
 public:
  explicit Dwm1001(const Options& options)
      : period_(std::chrono::milliseconds(options.number("period_ms", 10, 60'000))),
        quality_(options.number("quality", 0, 100)) {
    const std::string running = options.choice("running", {"no", "lep", "lec", "les"});
    if (running != "no") {
      shell_ = true;
      last_ = mode_ = running;
    }
  }

  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    std::string said;
    for (const std::byte byte : bytes) said += take(static_cast<char>(byte), now);
    return to_bytes(said);
  }

  Bytes happen(const link::Happening& what, nanoseconds) override {
    if (what.action != "position") refuse_action(what, "positioning module");
    x_ = millimetres(what, 0);
    y_ = millimetres(what, 1);
    has_fix_ = true;
    return {};
  }

  std::optional<nanoseconds> next_due() const override {
    if (mode_.empty()) return std::nullopt;
    return next_;
  }

  Bytes due(nanoseconds now) override {
    if (mode_.empty() || next_ > now) return {};
    next_ = now + period_;
    return to_bytes(line());
  }

  void reboot(nanoseconds) override {
    shell_ = false;
    mode_.clear();
    last_.clear();
    typed_.clear();
    enter_at_.reset();
  }

 private:
  static std::int64_t millimetres(const link::Happening& what, std::size_t word) {
    if (const auto value = link::read_signed(what.args.at(word), -1'000'000, 1'000'000)) {
      return *value;
    }
    throw Error(ErrorKind::invalid_input, "line " + std::to_string(what.line) + ": \"" +
                                              what.args.at(word) +
                                              "\" is no whole number of millimetres");
  }

  std::string take(char c, nanoseconds now) {
    if (!shell_) return take_binary(c, now);
    if (c != '\r') {
      typed_ += c;
      return {c};  // the shell echoes
    }
    if (!typed_.empty()) last_ = typed_;  // an empty line repeats the last command
    typed_.clear();
    std::string said = "\r\n";
    if (last_ == "lep" || last_ == "lec" || last_ == "les") {
      mode_ = mode_ == last_ ? "" : last_;
      next_ = now + period_;
    } else if (!last_.empty()) {
      said += "Unknown command\r\n";
    }
    return said + std::string(shell_prompt);
  }

  std::string take_binary(char c, nanoseconds now) {
    const auto first = std::exchange(enter_at_, std::nullopt);
    if (c != '\r') return {};
    if (!first || now - *first > enters_within) {
      enter_at_ = now;
      return {};
    }
    shell_ = true;
    return "\r\n\r\n DWM1001 TWR Real Time Location System\r\n\r\n Copyright :  2016-2019 LEAPS "
           "and "
           "Decawave\r\n License   :  Please visit https://decawave.com/dwm1001_license\r\n "
           "Compiled  :  Mar 27 2019 03:35:59\r\n\r\n Help      :  ? or help\r\n\r\n" +
           std::string(shell_prompt);
  }

  std::int64_t distance(const Anchor& to) const {
    const std::int64_t dx = to.x - x_;
    const std::int64_t dy = to.y - y_;
    const std::int64_t dz = to.z - z_;
    return root(dx * dx + dy * dy + dz * dz);
  }

  std::string position() const {
    return metres(x_) + "," + metres(y_) + "," + metres(z_) + "," + std::to_string(quality_);
  }

  std::string line() const {
    if (mode_ == "lep") return has_fix_ ? "POS," + position() + "\r\n" : "";
    if (mode_ == "lec") {
      std::string text = "DIST,4";
      int index = 0;
      for (const Anchor& one : anchors) {
        text += ",AN" + std::to_string(index++) + "," + one.id + "," + metres(one.x) + "," +
                metres(one.y) + "," + metres(one.z) + "," + metres(distance(one));
      }
      return text + (has_fix_ ? ",POS," + position() : "") + "\r\n";
    }
    std::string text;
    for (const Anchor& one : anchors) {
      text += std::string(one.id) + "[" + metres(one.x) + "," + metres(one.y) + "," +
              metres(one.z) + "]=" + metres(distance(one)) + " ";
    }
    return text + "le_us=2990 " + (has_fix_ ? "est[" + position() + "]" : "") + "\r\n";
  }

  nanoseconds period_;
  std::int64_t quality_;
  std::int64_t x_ = 0;
  std::int64_t y_ = 0;
  std::int64_t z_ = 900;  // a cart's height
  bool has_fix_ = false;
  bool shell_ = false;
  std::string mode_;   // what is told at present
  std::string last_;   // the shell's last command
  std::string typed_;  // of the command so far
  std::optional<nanoseconds> enter_at_;
  nanoseconds next_{0};
};

const std::vector<OptionHelp>& dwm1001_options() {
  static const std::vector<OptionHelp> options{
      {"period_ms", "100", "how often it tells its position"},
      {"quality", "85", "the quality factor that it tells, 0 to 100"},
      {"running", "no", "no, or what it tells already at the start: lep, lec or les"},
  };
  return options;
}

}  // namespace

Protocol dwm1001_protocol() {
  return {
      "dwm1001",
      "locator-dwm1001",
      "locator",
      "a UWB positioning tag that tells its position in lines",
      "Opens its shell on double enter; lep, lec and les begin and end what they tell, an empty "
      "line repeats the last command. `position X Y` in millimetres moves the tag; until then "
      "it has no position.",
      &dwm1001_options,
      [](const OptionValues& options) -> std::unique_ptr<Simulator> {
        return std::make_unique<Dwm1001>(Options(options, dwm1001_options()));
      }};
}

}  // namespace cartwright::simulators
