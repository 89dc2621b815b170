// Any bytes as a file of taxes and rounding: what is taken can price, and every refusal is an Error
// that names the input.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "offers/price_rules_file.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const offers::PriceRules rules =
        offers::parse_price_rules(text, "rules", offers::currency("EUR"));
    require(!rules.taxes.empty());
    require(rules.round_total_to.minor() >= 1);
    for (const auto& [tax, rate] : rules.taxes) require(rate.bps >= 0 && rate.bps <= 10'000);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::invalid_input);
    require(std::string_view(error.what()).starts_with("rules: "));
  }
  return 0;
}
