#pragma once

#include <memory>

#include "simulators/options.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A scale that speaks Toledo 8217: W, Z, T, C, A, B, E and F, as in the Mettler-Toledo DIVA Service
// Manual 6.1.3 (kg) and 6.1.4 (lb). Bytes have 7 bits; the line makes the parity.
const std::vector<OptionHelp>& toledo8217_options();
std::unique_ptr<Simulator> make_toledo8217(const OptionValues& options);

}  // namespace cartwright::simulators
