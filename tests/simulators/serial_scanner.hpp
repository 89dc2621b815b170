#pragma once

#include <memory>

#include "simulators/options.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A scanner that sends each label as text: prefix, AIM identifier, label, suffix. It hears nothing.
const std::vector<OptionHelp>& serial_scanner_options();
std::unique_ptr<Simulator> make_serial_scanner(const OptionValues& options);

}  // namespace cartwright::simulators
