#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "offers/money.hpp"

namespace cartwright::offers {

enum class TaxPlacement : std::uint8_t { included, on_top };

struct TaxRate {
  std::int64_t bps = 0;  // basis points: 1900 is 19 %
  TaxPlacement placement = TaxPlacement::included;
  bool operator==(const TaxRate&) const = default;
};

// As a store's rules write them, in the order of the values below.
inline constexpr std::array<std::string_view, 2> kHalvesWords{"half_up", "half_even"};
inline constexpr std::array<std::string_view, 2> kTaxPerWords{"total", "line"};

// Where half a minor unit of tax goes: away from zero, or to the even neighbour.
enum class Halves : std::uint8_t { up, even };

// What tax is worked out on: the sum of a class's lines, or each line by itself.
enum class TaxPer : std::uint8_t { total, line };

// A tax class is a path as categories are (category_path.hpp): "food/dairy" has the rate of "food"
// where the store sets none for it.
//
// What the store decides once.
struct PriceRules {
  Currency currency;
  std::map<std::string, TaxRate, std::less<>> taxes;  // by the catalog's tax class
  Money round_total_to{1};                            // 5 where a total is paid in steps of 5
  Halves tax_halves = Halves::up;
  TaxPer tax_per = TaxPer::total;
};

}  // namespace cartwright::offers
