#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cartwright::gs1 {

// Whether data behind this AIM identifier may hold extended channel interpretations (ECI): QR Code
// ]Q2, ]Q4, ]Q6, Data Matrix ]d4 to ]d6, DotCode ]J3 to ]J5, Aztec ]z3 to ]z5, PDF417 ]L1
// (ISO/IEC 15424 and the symbologies' own standards). There "\000026" names a character set and a
// backslash of the data stands twice.
bool holds_eci(std::string_view aim);

// What stands in front of the data.
struct EciPrefix {
  std::size_t size = 0;  // bytes to pass over; where refused, the place of what is wrong
  std::string refusal;   // empty: the data behind can be read
};

// GS1 data are ASCII, which most character sets share: their names are passed over. Refused, with
// the remedy, are sets of which ASCII is no part (UTF-16 and so on) and one that changes further
// on.
EciPrefix read_eci_prefix(std::string_view data);

}  // namespace cartwright::gs1
