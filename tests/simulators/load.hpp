#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// Micrograms of a weight as scenarios write it: "1.250" and "kg"; rounded to nearest. The text is
// one that link::is_decimal takes; Error invalid_input for an unknown unit.
std::int64_t read_micrograms(std::string_view decimal, std::string_view unit);

// The digits that a scale shows in `unit` with `places` decimals, to the nearest `division` of the
// last of them, halves away from zero: "1.250", "-0.005".
std::string show_weight(std::int64_t micrograms, std::string_view unit, int places,
                        std::int64_t division = 1);

// A plate with a load that settles: what every scale weighs, whatever it speaks. Weights in
// micrograms.
class Plate {
 public:
  Plate(std::int64_t capacity, nanoseconds settle) : capacity_(capacity), settle_(settle) {}

  // Something is laid on the empty plate, or all is taken off; it moves until it has settled.
  void put(std::int64_t load, nanoseconds now);
  void shake(nanoseconds now) { still_at_ = now + settle_; }
  bool moves(nanoseconds now) const { return now < still_at_; }

  // Against the zero that was set.
  std::int64_t gross() const { return load_ - zero_; }
  std::int64_t net() const { return gross() - tare_; }
  std::int64_t capacity() const { return capacity_; }
  bool over_capacity() const { return gross() > capacity_; }
  bool has_tare() const { return tare_ != 0; }

  // OIML R 76, 4.5.1: zero can be set within 2 % of the capacity.
  bool within_zero_range() const;
  void set_zero() { zero_ = load_; }
  void set_tare(std::int64_t tare) { tare_ = tare; }
  // Tare, zero and motion are as after power-on; the load lies where it lay.
  void power_on();

 private:
  std::int64_t capacity_;
  nanoseconds settle_;
  std::int64_t load_ = 0;
  std::int64_t zero_ = 0;
  std::int64_t tare_ = 0;
  nanoseconds still_at_{0};
};

// Does what people do at a plate: place, remove, motion, overload, zero, tare. False for another
// action.
bool act_on(Plate& plate, const link::Happening& what, nanoseconds now);

}  // namespace cartwright::simulators
