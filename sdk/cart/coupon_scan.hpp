#pragma once

#include <optional>
#include <string>

#include "gs1/reading.hpp"

namespace cartwright::cart {

// The coupon of AI (8110) or (8112) that a scan holds, as trips and offers name it: "(8110)" and
// its value. Nothing where it holds none.
std::optional<std::string> coupon_of(const gs1::ReadResult& read);

}  // namespace cartwright::cart
