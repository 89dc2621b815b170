#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>

#include "gs1/elements.hpp"

namespace cartwright::tools {

// The fields of the coupon, AI (8110) or (8112), among the elements of a scan, as `cartwright gs1`
// prints them; nothing where there is none. `year` is the one that two-digit years are seen from.
std::optional<nlohmann::ordered_json> coupon_json(std::span<const gs1::Element> elements,
                                                  unsigned year);

}  // namespace cartwright::tools
