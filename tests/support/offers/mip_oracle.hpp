#pragma once

#include <cstdint>
#include <string>

#include "offers/problem.hpp"

namespace cartwright::judge {

struct MipAnswer {
  bool supported = false;
  bool proven = false;     // CBC has proven the optimum within its time
  std::int64_t goods = 0;  // the least there is; meant where proven
  std::int64_t bound = 0;  // no feasible answer comes below; meant where supported
  std::string why;         // not supported or not proven
};

// The least goods, by a mixed-integer model of the definition that CBC solves: counts of equal
// units in the roles of each offer, no search of ours. It tells the value, not the ties.
MipAnswer mip_oracle(const offers::Problem& problem, double seconds = 10);

}  // namespace cartwright::judge
