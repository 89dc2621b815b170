#pragma once

#include <algorithm>
#include <string_view>

namespace cartwright::journey {

// True for the form YYYY-MM-DD (ISO 8601); whether the calendar has that day is the store's matter.
inline bool is_business_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
}

}  // namespace cartwright::journey
