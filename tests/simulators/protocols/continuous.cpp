#include <chrono>
#include <utility>

#include "simulators/load.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

// A&D's own format, HW-G instruction manual 16.2; Dini Argeo's "standard string"; and the form that
// most imitations have.
enum class Form { ad, dini, common };

Form form_of(const std::string& name) {
  if (name == "ad") return Form::ad;
  return name == "dini" ? Form::dini : Form::common;
}

class Continuous final : public Simulator {
 public:
  explicit Continuous(const Options& options)
      : form_(form_of(options.choice("form", {"common", "ad", "dini"}))),
        unit_(options.choice("unit", {"kg", "g", "lb", "oz"})),
        places_(static_cast<int>(options.number("places", 0, 4))),
        sends_(options.choice("sends", {"always", "asked"}) == "always"),
        rate_(std::chrono::milliseconds(options.number("rate_ms", 20, 10'000))),
        plate_(read_micrograms(options.text("capacity"), unit_),
               std::chrono::milliseconds(options.number("settle_ms", 0, 60'000))) {}

  // HW-G 16.3.1: a command is a line; what is not known is not answered.
  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    Bytes answer;
    for (const std::byte byte : bytes) {
      const char c = static_cast<char>(byte);
      if (c == '\n') continue;
      if (c != '\r') {
        if (command_.size() < 20) command_ += c;
        continue;
      }
      const Bytes more = obey(std::exchange(command_, {}), now);
      answer.insert(answer.end(), more.begin(), more.end());
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
    return sends_ && !broken_ ? std::optional(next_) : std::nullopt;
  }

  Bytes due(nanoseconds now) override {
    if (!sends_ || broken_ || now < next_) return {};
    next_ = now + rate_;
    return to_bytes(line(now));
  }

  void reboot(nanoseconds now) override {
    plate_.power_on();
    broken_ = false;
    next_ = now + rate_;
    command_.clear();
  }

 private:
  Bytes obey(const std::string& command, nanoseconds now) {
    if (broken_) return {};
    if (command == "Q") return to_bytes(line(now));
    if (command == "Z") {
      if (!plate_.moves(now) && plate_.within_zero_range() && !plate_.has_tare()) plate_.set_zero();
    } else if (command == "T") {
      if (!plate_.moves(now) && plate_.gross() > 0) plate_.set_tare(plate_.gross());
    } else if (command == "CT") {
      plate_.set_tare(0);
    } else {
      return {};
    }
    return to_bytes(command + "\r\n");
  }

  std::string line(nanoseconds now) const {
    const std::string header = plate_.over_capacity() ? "OL" : (plate_.moves(now) ? "US" : "ST");
    const std::string mode = plate_.has_tare() ? "NT" : "GS";
    std::string digits = show_weight(plate_.net(), unit_, places_);
    const bool negative = digits.starts_with('-');
    if (negative) digits.erase(0, 1);
    if (form_ == Form::dini) {
      digits = (negative ? "-" : "") + digits;
      if (digits.size() < 8) digits.insert(0, 8 - digits.size(), ' ');
      return header + "," + mode + "," + digits + "," + unit_ + "\r\n";
    }
    if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
    digits.insert(0, negative ? "-" : "+");
    if (form_ == Form::common) return header + "," + mode + "," + digits + unit_ + "\r\n";
    return header + "," + digits + std::string(3 - unit_.size(), ' ') + unit_ + "\r\n";
  }

  Form form_;
  std::string unit_;
  int places_;
  bool sends_;
  nanoseconds rate_;
  Plate plate_;
  bool broken_ = false;
  nanoseconds next_{0};
  std::string command_;
};

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"form", "common",
       "common (ST,GS,+0001.234kg), ad (ST,+0001.234 kg) or dini (ST,GS,   1.2,kg)"},
      {"unit", "kg", "kg, g, lb or oz"},
      {"places", "3", "decimals of the weight"},
      {"capacity", "15", "the most it weighs, in its unit"},
      {"settle_ms", "500", "how long a load moves before it rests, in milliseconds"},
      {"sends", "always", "always or asked (Q)"},
      {"rate_ms", "100", "from one line to the next, in milliseconds"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<Continuous>(Options(options, options_help()));
}

}  // namespace

// A scale that sends its weight as a line ten times a second, as A&D's and their imitations do.
Protocol continuous_protocol() {
  return {
      "continuous",
      "scale-continuous",
      "scale",
      "a scale that sends lines such as ST,GS,+0001.234kg",
      "Sends a line each rate_ms and obeys Q, Z, T and CT. A load moves (US) until it has settled "
      "(ST). `place`, `remove`, `motion`, `overload`, `zero` and `tare` are what a person does at "
      "it; `error` makes it mute until `reboot`.",
      &options_help,
      &make};
}

}  // namespace cartwright::simulators
