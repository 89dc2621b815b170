#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::link {

// Readers of the small values in URIs and scenario files. The whole text must fit; nothing where it
// does not. No white space, no sign but where said.

// Decimal digits up to `most`.
std::optional<std::uint64_t> read_unsigned(std::string_view text, std::uint64_t most);

// One to four hexadecimal digits of either case, as USB writes its numbers.
std::optional<std::uint16_t> read_hex16(std::string_view text);

// An optional minus and digits, both bounds included.
std::optional<std::int64_t> read_signed(std::string_view text, std::int64_t least,
                                        std::int64_t most);

// `1.5s`, `250ms`, `2min`: at most nine digits on either side of the point, at most ten days.
std::optional<std::chrono::nanoseconds> read_duration(std::string_view text);

// The shortest text that read_duration takes back to the same value: `1.5s`, `250ms`.
std::string duration_text(std::chrono::nanoseconds duration);

// Digits with at most one point between them, as scales and maps show numbers: `1.250`, `-3.5`.
// At most nine digits on either side.
bool is_decimal(std::string_view text, bool may_be_negative);

}  // namespace cartwright::link
