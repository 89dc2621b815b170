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

void Plate::put(std::int64_t load, nanoseconds now) {
  load_ = load;
  shake(now);
}

bool Plate::within_zero_range() const {
  return load_ <= capacity_ / 50 && load_ >= -(capacity_ / 50);
}

void Plate::power_on() {
  zero_ = tare_ = 0;
  still_at_ = nanoseconds{0};
}

}  // namespace cartwright::simulators
