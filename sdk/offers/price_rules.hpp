#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "offers/money.hpp"

namespace cartwright::offers {

enum class TaxPlacement : std::uint8_t { included, on_top };

struct TaxRate {
  std::int64_t bps = 0;  // basis points: 1900 is 19 %
  TaxPlacement placement = TaxPlacement::included;
  bool operator==(const TaxRate&) const = default;
};

// A tax class is a path as categories are (category_path.hpp): "food/dairy" has the rate of "food"
// where the store sets none for it.

// What the store decides once.
struct PriceRules {
  Currency currency;
  std::map<std::string, TaxRate, std::less<>> taxes;  // by the catalog's tax class
  Money round_total_to{1};                            // 5 where a total is paid in steps of 5
};

}  // namespace cartwright::offers
