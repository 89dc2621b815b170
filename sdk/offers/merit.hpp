#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// What two answers are compared by, in this order; less is better.
struct Merit {
  std::int64_t goods = 0;
  std::int64_t limited = 0;  // applications of offers with a limit or a coupon
  std::int64_t applications = 0;
  std::vector<std::int64_t> priorities;  // ascending
  // Ascending: an offer, and the ranks of the keys of all units of one application, ascending.
  std::vector<std::pair<std::string_view, std::vector<std::uint32_t>>> uses;

  auto operator<=>(const Merit&) const = default;
};

// The strings are those of the problem's offers. A basket offer that takes nothing does not count.
Merit merit_of(const Problem& problem, const Solution& solution);

}  // namespace cartwright::offers::search
