#include <chrono>
#include <utility>

#include "simulators/load.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

// "Scale status byte bit definitions".
constexpr unsigned moving = 1u << 0;
constexpr unsigned over_capacity = 1u << 1;
constexpr unsigned under_zero = 1u << 2;
constexpr unsigned outside_capture = 1u << 3;
constexpr unsigned centre_of_zero = 1u << 4;
constexpr unsigned net_weight = 1u << 5;
constexpr unsigned always_set = 1u << 6;

constexpr auto tare_delay = 150ms;  // "after 150 ms delay" for T and C

Bytes status_reply(unsigned status) {
  return to_bytes({"\x02?" + std::string(1, static_cast<char>(status)) + "\r"});
}

class Toledo8217 final : public Simulator {
 public:
  explicit Toledo8217(const Options& options)
      : pounds_(options.choice("unit", {"kg", "lb"}) == "lb"),
        // The last digit shown: 1 g or 0.01 lb, as micrograms times 100 to stay whole.
        digit_hundredths_(pounds_ ? 453'592'370 : 100'000'000),
        division_(options.number("division", 1, 50)),
        plate_(options.number("capacity", 1, 99) * digit_hundredths_ * (pounds_ ? 100 : 1000) / 100,
               std::chrono::milliseconds(options.number("settle_ms", 0, 60'000))) {}

  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    Bytes answer;
    for (const std::byte byte : bytes) append(answer, take(static_cast<char>(byte), now));
    return answer;
  }

  Bytes happen(const link::Happening& what, nanoseconds now) override {
    if (what.action == "place") {
      plate_.put(read_micrograms(what.args.at(0), what.args.at(1)), now);
    } else if (what.action == "remove") {
      plate_.put(0, now);
    } else if (what.action == "motion") {
      plate_.shake(now);
    } else if (what.action == "zero") {
      zero(now);
    } else if (what.action == "overload") {
      plate_.put(plate_.capacity() + plate_.capacity() / 10, now);
    } else if (what.action == "tare") {
      plate_.set_tare(read_micrograms(what.args.at(0), what.args.at(1)));
    } else if (what.action == "error") {
      broken_ = true;
    } else {
      refuse_action(what, "scale");
    }
    return {};
  }

  std::optional<nanoseconds> next_due() const override { return late_at_; }

  Bytes due(nanoseconds now) override {
    if (!late_at_ || *late_at_ > now) return {};
    late_at_.reset();
    return status_reply(status(now));
  }

  void reboot(nanoseconds) override {
    plate_.power_on();
    broken_ = echoing_ = tested_ = false;
    late_at_.reset();
    tare_text_.reset();
  }

 private:
  static void append(Bytes& to, const Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
  }

  // One byte of the cart. Commands are single capitals, T alone has more to come.
  Bytes take(char c, nanoseconds now) {
    if (broken_) return {};
    if (echoing_) {
      echoing_ = c != 'F';
      return echoing_ ? to_bytes({&c, 1}) : Bytes{};
    }
    if (tare_text_) return take_tare(c, now);
    switch (c) {
      case 'W':
        return weigh(now);
      case 'Z':
        zero(now);
        return status_reply(status(now));
      case 'T':
        tare_text_.emplace();
        return {};
      case 'C':
        if (!plate_.moves(now)) plate_.set_tare(0);
        late_at_ = now + tare_delay;
        return {};
      case 'A':
        tested_ = true;
        return to_bytes("\x02\r");
      case 'B':  // "@": all tests passed; read again without a new test it is NUL
        return status_reply(std::exchange(tested_, false) ? always_set : 0);
      case 'E':
        echoing_ = true;
        return to_bytes(
            "\x02"
            "E\r");
      default:
        return {};
    }
  }

  // T CR tares what lies there, T with five digits and CR a known weight.
  Bytes take_tare(char c, nanoseconds now) {
    if (c != '\r') {
      const bool fits = c >= '0' && c <= '9' && tare_text_->size() < 5;
      if (fits) {
        *tare_text_ += c;
      } else {
        tare_text_.reset();
      }
      return {};
    }
    if (tare_text_->size() == 5) {
      plate_.set_tare(std::stoll(*tare_text_) * digit_hundredths_ / 100);
    } else if (tare_text_->empty() && !plate_.moves(now) && plate_.gross() > 0) {
      plate_.set_tare(plate_.gross());
    }
    tare_text_.reset();
    late_at_ = now + tare_delay;
    return {};
  }

  // "Zero will be captured if the weight is stable, within capture range, and no tare is taken."
  void zero(nanoseconds now) {
    if (!plate_.moves(now) && plate_.within_zero_range() && !plate_.has_tare()) plate_.set_zero();
  }

  // The net weight in steps of the last digit, to the nearest division.
  std::int64_t indicated() const {
    const std::int64_t step = digit_hundredths_ * division_;
    const std::int64_t net = plate_.net() * 100;
    return (net + (net < 0 ? -step / 2 : step / 2)) / step * division_;
  }

  unsigned status(nanoseconds now) const {
    unsigned bits = always_set;
    if (plate_.moves(now)) bits |= moving;
    if (plate_.over_capacity()) bits |= over_capacity;
    if (indicated() < 0) bits |= under_zero;
    if (!plate_.within_zero_range()) bits |= outside_capture;
    if (plate_.gross() == 0) bits |= centre_of_zero;
    if (plate_.has_tare()) bits |= net_weight;
    return bits;
  }

  Bytes weigh(nanoseconds now) const {
    const unsigned bits = status(now);
    if ((bits & (moving | over_capacity | under_zero)) != 0) return status_reply(bits);
    const std::string digits = std::to_string(100'000 + indicated()).substr(1);
    const std::string weight = pounds_ ? digits.substr(0, 3) + "." + digits.substr(3)
                                       : digits.substr(0, 2) + "." + digits.substr(2);
    return to_bytes("\x02" + weight + (plate_.has_tare() ? "N" : "") + "\r");
  }

  bool pounds_;
  std::int64_t digit_hundredths_;
  std::int64_t division_;
  Plate plate_;
  bool broken_ = false;
  bool echoing_ = false;
  bool tested_ = false;
  std::optional<std::string> tare_text_;  // what came after T
  std::optional<nanoseconds> late_at_;    // when the answer to T or C is due
};

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"unit", "kg", "kg (WW.WWW) or lb (WWW.WW)"},
      {"capacity", "15", "the most it weighs, in its unit"},
      {"division", "1", "its step, in units of the last digit shown"},
      {"settle_ms", "500", "how long a load moves before it rests, in milliseconds"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<Toledo8217>(Options(options, options_help()));
}

}  // namespace

// A scale that speaks Toledo 8217: W, Z, T, C, A, B, E and F, as in the Mettler-Toledo DIVA Service
// Manual 6.1.3 (kg) and 6.1.4 (lb). Bytes have 7 bits; the line makes the parity.
Protocol toledo8217_protocol() {
  return {
      "toledo8217",
      "scale-toledo8217",
      "scale",
      "a scale that speaks Toledo 8217",
      "Answers W, Z, T, C, A, B and the echo test E..F. A load moves until it has settled, then "
      "its weight is told. `place`, `remove`, `motion`, `zero` and `tare` are what a person does "
      "at it; `error` makes it mute until `reboot`.",
      &options_help,
      &make};
}

}  // namespace cartwright::simulators
