#pragma once

#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// Plans what the rules share (limits, coupons, groups) and what is asked from outside, and gives
// each number that is remembered a place in the joint state that no other needs at the same time.
// Rules and classes stand in the plan already.
void plan_digits(const Problem& problem, const Outside& outside, Plan& plan);

}  // namespace cartwright::offers::search
