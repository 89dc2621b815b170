#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// By what answers are compared, in this order: the goods, then the ties. The smaller is the better.
// A basket offer that takes nothing does not count. A key of a unit is the rank of its line.
struct Merit {
  using Use = std::pair<std::string, std::vector<std::uint32_t>>;  // offer id, sorted unit keys

  std::int64_t goods = 0;
  std::int64_t limited = 0;  // applications of offers with a limit or a coupon
  std::int64_t applications = 0;
  std::vector<std::int64_t> priorities;  // sorted, one an application
  std::vector<Use> uses;                 // sorted; a basket offer without units

  auto operator<=>(const Merit&) const = default;
};

Merit merit_of(const offers::Problem& problem, const offers::Solution& solution);

// "1234 cents, 2 limited, 3 applications, priorities 0 0 5, a[1 2] b[3]"
std::string text(const Merit& merit);

}  // namespace cartwright::judge
