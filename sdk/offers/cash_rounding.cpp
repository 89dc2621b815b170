#include "offers/cash_rounding.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "offers/rounding.hpp"

namespace cartwright::offers {
namespace {

struct Step {
  std::string_view code;
  std::int64_t minor;
};

// By code; steps other than 1. Currencies that CLDR gives fewer digits in cash than ISO 4217 pay
// in their main unit.
constexpr std::array kSteps{
    Step{"AFN", 100}, Step{"ALL", 100}, Step{"AMD", 100},  Step{"CAD", 5},   Step{"CHF", 5},
    Step{"COP", 100}, Step{"CRC", 100}, Step{"CZK", 100},  Step{"DKK", 50},  Step{"GYD", 100},
    Step{"HUF", 500}, Step{"IDR", 100}, Step{"IQD", 1000}, Step{"IRR", 100}, Step{"KPW", 100},
    Step{"LAK", 100}, Step{"LBP", 100}, Step{"MGA", 100},  Step{"MMK", 100}, Step{"MNT", 100},
    Step{"MUR", 100}, Step{"NOK", 100}, Step{"PKR", 100},  Step{"RSD", 100}, Step{"SEK", 100},
    Step{"SLL", 100}, Step{"SOS", 100}, Step{"SYP", 100},  Step{"TWD", 100}, Step{"TZS", 100},
    Step{"UZS", 100}, Step{"YER", 100}};

}  // namespace

Money cash_step(const Currency& currency) {
  const auto found = std::find_if(kSteps.begin(), kSteps.end(),
                                  [&](const Step& step) { return step.code == currency.code; });
  return Money(found == kSteps.end() ? 1 : found->minor);
}

Money cash_total(Money total, const Currency& currency) {
  return total + rounding_to(total, cash_step(currency));
}

}  // namespace cartwright::offers
