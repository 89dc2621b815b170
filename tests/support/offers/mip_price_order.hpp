#pragma once

#include <cstddef>
#include <map>

#include "support/offers/integer_program.hpp"
#include "support/offers/mip_classes.hpp"

namespace cartwright::judge {

// How many units of each class qualify for an offer and are rewarded by it, as variables.
struct Roles {
  std::map<std::size_t, int> qualify;
  std::map<std::size_t, int> reward;
};

// Units in each application.
struct RoleSizes {
  int qualify = 0;
  int reward = 0;
};

// No reward is dearer than a qualifying unit of its application. With the units sorted by falling
// price: to reward r units of a price or above takes r / sizes.reward applications, rounded up, and
// qualifying units of that price or above for all of these. Where that holds at every price, the
// dearest rewards can be dealt to the dearest qualifying units.
void reward_lesser(const Classes& classes, const Roles& roles, const RoleSizes& sizes,
                   IntegerProgram& program);

// No reward is dearer than any qualifying unit of the offer: at some price it turns from
// qualifying to rewarded.
void reward_cheapest_of_all(const Classes& classes, const Roles& roles, IntegerProgram& program);

}  // namespace cartwright::judge
