#pragma once

#include <cartwright/events.hpp>
#include <string_view>

namespace cartwright::tools {

// The names of the Cart API's values, as scripts see them: "not_a_product_code".
std::string_view word_of(Phase phase);
std::string_view word_of(Refusal why);
std::string_view word_of(PaymentState state);
std::string_view word_of(EndCause cause);
std::string_view word_of(Purpose purpose);
std::string_view word_of(DeviceState state);

}  // namespace cartwright::tools
