#pragma once

#include "protocol.hpp"

namespace cartwright::escpos {

// A display that only listens; see line_display.hpp for what it does.
using Display = driver::LineDisplay<Protocol>;

}  // namespace cartwright::escpos
