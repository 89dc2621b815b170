#include "simulators/load.hpp"

#include "base/error.hpp"

namespace cartwright::simulators {
namespace {

struct Ratio {
  std::int64_t micrograms;
  std::int64_t units;
};

Ratio ratio_of(std::string_view unit) {
  if (unit == "kg") return {1'000'000'000, 1};
  if (unit == "g") return {1'000'000, 1};
  if (unit == "lb") return {453'592'370, 1};  // 1959 international pound
  if (unit == "oz") return {453'592'370, 16};
  throw Error(ErrorKind::invalid_input, "no unit of weight: " + std::string(unit));
}

__extension__ typedef __int128 Wide;

}  // namespace

std::int64_t read_micrograms(std::string_view decimal, std::string_view unit) {
  const Ratio ratio = ratio_of(unit);
  Wide value = 0;
  Wide parts = ratio.units;
  bool point = false;
  for (const char c : decimal) {
    if (c == '.') point = true;
    if (c < '0' || c > '9') continue;
    value = value * 10 + (c - '0');
    if (point) parts *= 10;
  }
  const Wide rounded = (value * ratio.micrograms + parts / 2) / parts;
  if (rounded > INT64_MAX) throw Error(ErrorKind::invalid_input, "a weight beyond all scales");
  return static_cast<std::int64_t>(decimal.starts_with('-') ? -rounded : rounded);
}

std::string show_weight(std::int64_t micrograms, std::string_view unit, int places,
                        std::int64_t division) {
  const Ratio ratio = ratio_of(unit);
  Wide steps = Wide{micrograms < 0 ? -micrograms : micrograms} * ratio.units;
  for (int i = 0; i < places; ++i) steps *= 10;
  const Wide step = Wide{ratio.micrograms} * division;
  steps = (steps + step / 2) / step * division;
  std::string digits = std::to_string(static_cast<std::int64_t>(steps));
  const auto decimals = static_cast<std::size_t>(places);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (places != 0) digits.insert(digits.size() - decimals, ".");
  return (micrograms < 0 && steps != 0 ? "-" : "") + digits;
}

void Plate::put(std::int64_t load, nanoseconds now) {
  load_ = load;
  shake(now);
}

bool Plate::within_zero_range() const {
  return load_ <= capacity_ / 50 && load_ >= -(capacity_ / 50);
}

bool act_on(Plate& plate, const link::Happening& what, nanoseconds now) {
  if (what.action == "place") {
    plate.put(read_micrograms(what.args.at(0), what.args.at(1)), now);
  } else if (what.action == "remove") {
    plate.put(0, now);
  } else if (what.action == "motion") {
    plate.shake(now);
  } else if (what.action == "overload") {
    plate.put(plate.capacity() + plate.capacity() / 10, now);
  } else if (what.action == "zero") {
    if (!plate.moves(now) && plate.within_zero_range()) plate.set_zero();
  } else if (what.action == "tare") {
    plate.set_tare(read_micrograms(what.args.at(0), what.args.at(1)));
  } else {
    return false;
  }
  return true;
}

void Plate::power_on() {
  zero_ = tare_ = 0;
  still_at_ = nanoseconds{0};
}

}  // namespace cartwright::simulators
