#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace cartwright::bench {

using Clock = std::chrono::steady_clock;

// One quantity, measured again and again.
class Samples {
 public:
  void add(double value) { values_.push_back(value); }
  // In microseconds.
  void add(Clock::duration taken);
  std::size_t size() const { return values_.size(); }
  double median() const { return quantile(0.5); }
  double p99() const { return quantile(0.99); }
  // The smallest value that at least this part of all values does not exceed; 0 without values.
  double quantile(double part) const;

 private:
  std::vector<double> values_;
};

}  // namespace cartwright::bench
