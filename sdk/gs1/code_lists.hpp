#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::gs1 {

// The code lists that AI values take their words from. Each answers for the code as it stands, in
// capitals and with all its digits.

// A country of ISO 3166-1 by its three digits.
bool is_country_number(std::string_view digits);
// A country of ISO 3166-1 by its two letters.
bool is_country(std::string_view letters);
// A currency of ISO 4217 by its three digits; also 963 (tests) and 999 (no currency).
bool is_currency_number(std::string_view digits);
// A kind of package: UN/ECE recommendation 21 with GS1's additions.
bool is_package_type(std::string_view code);
// A kind of medium of AI (7241): ICCBBA's 01 to 10, and 80 to 99 for national use.
bool is_media_type(std::string_view digits);

}  // namespace cartwright::gs1
