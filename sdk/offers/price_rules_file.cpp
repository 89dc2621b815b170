#include "offers/price_rules_file.hpp"

#include "base/json_object.hpp"
#include "base/strict_json.hpp"

namespace cartwright::offers {

PriceRules parse_price_rules(std::string_view text, const std::string& name,
                             const Currency& currency) {
  constexpr std::int64_t kWhole = 10'000;  // basis points
  constexpr std::int64_t kMaxStep = 1'000'000;
  const nlohmann::json value = parse_strict_json(text, name);
  JsonObject top(value, name);
  PriceRules rules{.currency = currency, .taxes = {}, .round_total_to = Money(1)};
  rules.round_total_to = Money(top.integer_or("round_total_to_minor", 1, kMaxStep, 1));
  const bool on_top = top.boolean_or("prices_without_tax", false);
  if (top.word_or_first("tax_rounding", kHalvesWords) == kHalvesWords[1]) {
    rules.tax_halves = Halves::even;
  }
  if (top.word_or_first("tax_per", kTaxPerWords) == kTaxPerWords[1]) rules.tax_per = TaxPer::line;
  JsonObject taxes = top.object("taxes");
  top.finish();
  for (const std::string& tax : taxes.keys()) {
    rules.taxes[tax] = {taxes.integer(tax, 0, kWhole),
                        on_top ? TaxPlacement::on_top : TaxPlacement::included};
  }
  if (rules.taxes.empty()) top.refuse("taxes", "names no tax class, e.g. {\"standard\":1900}");
  return rules;
}

}  // namespace cartwright::offers
