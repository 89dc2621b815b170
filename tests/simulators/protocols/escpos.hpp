#pragma once

#include "simulators/options.hpp"
#include "simulators/protocols/line_display.hpp"

namespace cartwright::simulators {

// A customer display of the Epson DM-D family (DM-D110 Specification, 5.4; two rows of twenty
// columns unless said otherwise). Its mode is "overwrite", "vertical" or "horizontal".
class Escpos final : public LineDisplay {
 public:
  explicit Escpos(const OptionValues& options);
};

const std::vector<OptionHelp>& escpos_options();

}  // namespace cartwright::simulators
