// Any digits through each built-in set, and any text as a set of a retailer's own: a number taken
// apart has an item with a right check digit, which gives the same item again, and a refusal points
// into the digits; a text is taken or refused with an Error.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "gs1/restricted.hpp"

namespace {

using namespace cartwright::gs1;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(std::string_view digits, const RestrictedRules& rules) {
  const auto result = read_restricted(digits, rules);
  if (!result) return;
  if (const auto* refusal = std::get_if<Refusal>(&*result)) {
    require(!refusal->text.empty() && refusal->at < digits.size());
    return;
  }
  const auto& number = std::get<RestrictedNumber>(*result);
  const int measures =
      (number.price_minor ? 1 : 0) + (number.weight_grams ? 1 : 0) + (number.count ? 1 : 0);
  require(measures <= 1 && !number.rule.empty());
  require(number.price_minor.value_or(0) >= 0 && number.weight_grams.value_or(0) >= 0);
  require(has_valid_check_digit(number.item.text()));
}

void check_text(std::string_view text) {
  try {
    const RestrictedRules rules = parse_restricted_rules(text);
    require(!rules.rules.empty());
    for (const RestrictedRule& rule : rules.rules) {
      require(rule.pattern.size() == 14 && rule.divide > 0 && rule.multiply > 0);
    }
    check("2302148210869", rules);
    check("212345719954", rules);
    check("20123451", rules);
  } catch (const cartwright::Error& error) {
    require(error.kind() == cartwright::ErrorKind::invalid_input);
  }
}

}  // namespace

// The first byte chooses a built-in set; beyond them, the rest is the text of a set.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto regions = restricted_regions();
  if (data[0] < regions.size()) {
    check(rest, *restricted_rules(regions[data[0]]));
  } else {
    check_text(rest);
  }
  return 0;
}
