#pragma once

#include "protocol.hpp"

namespace cartwright::cd5220 {

// A display that only listens; see line_display.hpp for what it does.
using Display = driver::LineDisplay<Protocol>;

}  // namespace cartwright::cd5220
