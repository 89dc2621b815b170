#pragma once

#include <cstddef>
#include <string_view>

#include "gs1/refusal.hpp"

namespace cartwright::gs1 {

// Why a path holds no primary key of a GS1 Digital Link: a withdrawn short name (/gtin/), what
// looks like a compressed link, or neither. `at` is where the path begins in the address.
Refusal no_key(std::string_view path, std::size_t at);

}  // namespace cartwright::gs1
