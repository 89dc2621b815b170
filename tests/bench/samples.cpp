#include "bench/samples.hpp"

#include <algorithm>
#include <cmath>

namespace cartwright::bench {

void Samples::add(Clock::duration taken) {
  add(std::chrono::duration<double, std::micro>(taken).count());
}

double Samples::quantile(double part) const {
  if (values_.empty()) return 0;
  std::vector<double> sorted = values_;
  const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(sorted.size())));
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(sorted.begin(), at, sorted.end());
  return *at;
}

}  // namespace cartwright::bench
