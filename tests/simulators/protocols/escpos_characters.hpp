#pragma once

#include <cartwright/driver/code_page.hpp>

#include <cstdint>

namespace cartwright::simulators {

// The character that a byte shows under ESC t `table` and ESC R `country`; U+FFFD in tables that
// are not simulated (Katakana, PC860, PC863, PC865, the user's own).
char32_t escpos_character(std::uint8_t byte, std::uint8_t table, std::uint8_t country);

}  // namespace cartwright::simulators
