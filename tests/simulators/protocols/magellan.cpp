#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "simulators/load.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using Identifier = std::pair<std::string_view, std::string_view>;

// Label identifiers as a Magellan sends them on RS-232.
constexpr std::array<Identifier, 12> kIdentifiers{{
    {"upca", "A"},
    {"upce", "E"},
    {"ean13", "F"},
    {"ean8", "FF"},
    {"code39", "B1"},
    {"itf", "B2"},
    {"code128", "B3"},
    {"codabar", "%"},
    {"code93", "&"},
    {"databar", "R4"},
    {"databar_expanded", "RX"},
    {"qr", "QR"},
}};

std::string_view guess(std::string_view label) {
  const bool digits = label.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits && label.size() == 8) return "ean8";
  if (digits && label.size() == 12) return "upca";
  if (digits && label.size() == 13) return "ean13";
  return "code128";
}

class Magellan final : public Simulator {
 public:
  explicit Magellan(const Options& options)
      : pounds_(options.choice("unit", {"kg", "lb"}) == "lb"),
        has_scale_(options.choice("scale", {"on", "off"}) == "on"),
        // The last digit, 1 g or 0.01 lb, as micrograms times 100 to stay whole.
        digit_hundredths_(pounds_ ? 453'592'370 : 100'000'000),
        plate_(options.number("capacity", 1, 99) * digit_hundredths_ * (pounds_ ? 100 : 1000) / 100,
               std::chrono::milliseconds(options.number("settle_ms", 0, 60'000))) {}

  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    std::string said;
    for (const char c : as_text(bytes)) {
      if (c == '\n') continue;
      if (c != '\r') {
        if (heard_.size() < 16) heard_ += c;
        continue;
      }
      said += obey(std::exchange(heard_, {}), now);
    }
    return to_bytes(said);
  }

  Bytes happen(const link::Happening& what, nanoseconds now) override {
    const std::string& action = what.action;
    if (action == "scan" && !what.args.empty()) return to_bytes(scan(what));
    if (action == "place") {
      plate_.put(read_micrograms(what.args.at(0), what.args.at(1)), now);
    } else if (action == "remove") {
      plate_.put(0, now);
    } else if (action == "motion") {
      plate_.shake(now);
    } else if (action == "zero") {
      if (!plate_.moves(now) && plate_.within_zero_range()) plate_.set_zero();
    } else if (action == "overload") {
      plate_.put(plate_.capacity() + plate_.capacity() / 10, now);
    } else if (action == "error") {
      broken_ = true;
    } else {
      refuse_action(what, "scanner and scale");
    }
    return {};
  }

  void reboot(nanoseconds) override {
    plate_.power_on();
    heard_.clear();
    enabled_ = true;
    broken_ = false;
  }

 private:
  // A disabled scanner reads nothing.
  std::string scan(const link::Happening& what) const {
    if (!enabled_) return {};
    const std::string& label = what.args[0];
    const std::string_view symbology = what.args.size() > 1 ? what.args[1] : guess(label);
    const auto* const found =
        std::find_if(kIdentifiers.begin(), kIdentifiers.end(),
                     [&](const Identifier& one) { return one.first == symbology; });
    if (found == kIdentifiers.end()) {
      throw Error(ErrorKind::invalid_input,
                  "no label identifier is known for the symbology " + std::string(symbology));
    }
    return "S08" + std::string(found->second) + label + "\r";
  }

  std::string obey(const std::string& command, nanoseconds now) {
    if (command == "S01" || command == "S02") enabled_ = command == "S01";
    if (command == "S00" || command == "S10") plate_.power_on();
    if (command == "S14" && has_scale_) return weigh(now);
    return {};  // tones are heard, not answered
  }

  std::string weigh(nanoseconds now) const {
    if (broken_) return "S140\r";
    if (plate_.moves(now)) return "S141\r";
    if (plate_.over_capacity()) return "S142\r";
    const std::int64_t half = digit_hundredths_ / 2;
    const std::int64_t net = plate_.net() * 100;
    const std::int64_t shown = (net + (net < 0 ? -half : half)) / digit_hundredths_;
    if (shown < 0) return "S145\r";
    if (shown == 0) return "S143\r";
    const std::string digits = std::to_string(100'000 + shown).substr(pounds_ ? 2 : 1);
    return "S144" + digits + "\r";
  }

  bool pounds_;
  bool has_scale_;
  std::int64_t digit_hundredths_;
  Plate plate_;
  std::string heard_;
  bool enabled_ = true;
  bool broken_ = false;
};

const std::vector<OptionHelp>& options_help() {
  static const std::vector<OptionHelp> options{
      {"unit", "kg", "kg (WWWWW, grams) or lb (WWWW, hundredths)"},
      {"scale", "on", "on or off: whether there is a scale under the scanner"},
      {"capacity", "15", "the most it weighs, in its unit"},
      {"settle_ms", "500", "how long a load moves before it rests, in milliseconds"},
  };
  return options;
}

std::unique_ptr<Simulator> make(const OptionValues& options) {
  return std::make_unique<Magellan>(Options(options, options_help()));
}

}  // namespace

// A Magellan scanner and scale behind one RS-232 cable.
Protocol magellan_protocol() {
  return {"magellan",
          "scanner-magellan",
          "scanner",
          "a Datalogic Magellan scanner and scale on one cable",
          "Sends each `scan LABEL [SYMBOLOGY]` with its label identifier and answers S14 with "
          "status and weight; obeys S00, S01, S02 and S10. Of a scenario it plays the scanner and "
          "the scale of the same number. `error` makes the scale not ready until `reboot`.",
          &options_help,
          &make,
          "scale"};
}

}  // namespace cartwright::simulators
