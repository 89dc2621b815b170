#pragma once

#include <vector>

#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// One transaction as the terminal's own journal has it.
struct ZvtTransaction {
  enum class Kind { payment, refund, reservation, reversal, declined } kind = Kind::payment;
  std::int64_t amount = 0;
  std::int64_t currency = 0;
  std::int64_t receipt = 0;  // 0: none was given
  std::int64_t trace = 0;
  bool reversed = false;
};

// What a simulated ZVT terminal has really done, in its order: the truth that tests compare with
// what a driver tells.
const std::vector<ZvtTransaction>& zvt_journal(const Simulator& terminal);

// The money that stands taken: payments and reservations that were not reversed, less refunds.
std::int64_t zvt_taken(const Simulator& terminal);

}  // namespace cartwright::simulators
