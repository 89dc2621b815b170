#pragma once

#include <optional>
#include <string>

#include "offers/reasons.hpp"

namespace cartwright::offers {

// Why the facts of this trip keep the offer out; nothing where they do not. Its times are not asked
// here: they are judged line by line.
std::optional<Why> why_not(const Offer& offer, bool member, const Facts& facts);

// How often the coupon was presented.
std::int64_t presented(const Facts& facts, const std::string& coupon);

}  // namespace cartwright::offers
