#pragma once

#include "simulators/options.hpp"
#include "simulators/protocols/line_display.hpp"

namespace cartwright::simulators {

// A display of two rows of twenty columns that obeys the CD5220 standard commands (user's manual,
// 6.1; details as in the manuals of compatible displays). Its mode is "normal" (overwrite),
// "vertical", "horizontal", "viewport" (horizontal in a window), "string" or "scroll" (the upper
// line runs).
class Cd5220 final : public LineDisplay {
 public:
  explicit Cd5220(const OptionValues& options);
};

const std::vector<OptionHelp>& cd5220_options();

}  // namespace cartwright::simulators
