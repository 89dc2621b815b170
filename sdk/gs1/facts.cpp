#include "gs1/facts.hpp"

#include <array>

#include "base/currency.hpp"

namespace cartwright::gs1 {
namespace {

struct WeightUnit {
  std::uint16_t ai;  // without the digit that counts those behind the point: 310 for (3100) on
  std::int64_t nanograms;
};

// Kilogram, international pound and troy ounce, exact by definition.
constexpr std::array<WeightUnit, 3> kWeights = {
    {{310, 1'000'000'000'000}, {320, 453'592'370'000}, {356, 31'103'476'800}}};

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// The digits behind the point that a four-digit AI names with its last digit.
int decimals(Ai ai) {
  return ai.number % 10;
}

// Six digits in a unit, as whole grams.
std::optional<std::int64_t> grams_of(const Element& element) {
  for (const WeightUnit& unit : kWeights) {
    if (element.ai.number / 10 != unit.ai) continue;
    const std::int64_t divisor = power_of_ten(9 + decimals(element.ai));
    return (number(element.value) * unit.nanograms + divisor / 2) / divisor;
  }
  return std::nullopt;
}

// Digits of which the last `decimals` stand behind the point, in units of 10^-minor_digits.
std::optional<std::int64_t> minor_of(std::string_view digits, int decimals, int minor_digits) {
  const std::int64_t value = number(digits);  // at most 15 digits
  if (decimals <= minor_digits) {
    std::int64_t minor = 0;
    const bool overflows =
        __builtin_mul_overflow(value, power_of_ten(minor_digits - decimals), &minor);
    return overflows ? std::nullopt : std::optional(minor);
  }
  const std::int64_t divisor = power_of_ten(decimals - minor_digits);
  if (value % divisor != 0) return std::nullopt;
  return value / divisor;
}

class FactReader {
 public:
  FactReader(const Surroundings& surroundings, Facts& facts)
      : surroundings_(surroundings), facts_(facts) {}

  void read(const Element& element) {
    if (element.entry->digits == 0) return;  // an AI to come, of which nothing is known
    switch (element.ai.digits) {
      case 2:
        two_digits(element);
        break;
      case 4:
        four_digits(element);
        break;
      default:
        break;
    }
  }

 private:
  void two_digits(const Element& element) {
    switch (element.ai.number) {
      case 10:
        facts_.batch = element.value;
        break;
      case 15:
        facts_.best_before = date(element.value);
        break;
      case 16:
        facts_.sell_by = date(element.value);
        break;
      case 17:
        facts_.expiry = date(element.value);
        break;
      case 21:
        facts_.serial = element.value;
        break;
      case 30:
      case 37:
        facts_.count = number(element.value);
        break;
      default:
        break;
    }
  }

  void four_digits(const Element& element) {
    if (const auto grams = grams_of(element)) facts_.weight_grams = grams;
    switch (element.ai.number / 10) {
      case 392:
        facts_.price_minor =
            minor_of(element.value, decimals(element.ai), surroundings_.minor_digits);
        break;
      case 393:
        price_in_currency(element);
        break;
      case 700:
        if (element.ai.number == 7003 && !facts_.expiry) {
          facts_.expiry = date(std::string_view(element.value).substr(0, 6));
        }
        break;
      default:
        break;
    }
  }

  void price_in_currency(const Element& element) {
    constexpr std::size_t kCurrencyDigits = 3;
    const std::string_view value = element.value;
    facts_.currency = static_cast<std::uint16_t>(number(value.substr(0, kCurrencyDigits)));
    const Currency* currency = find_currency(*facts_.currency);
    if (currency == nullptr) return;
    facts_.price_minor =
        minor_of(value.substr(kCurrencyDigits), decimals(element.ai), currency->exponent);
  }

  std::optional<Date> date(std::string_view yymmdd) const {
    if (surroundings_.current_year == 0) return std::nullopt;
    return read_date(yymmdd, surroundings_.current_year);
  }

  Surroundings surroundings_;
  Facts& facts_;
};

}  // namespace

Facts facts_of(std::span<const Element> elements, const Surroundings& surroundings) {
  Facts facts;
  FactReader reader(surroundings, facts);
  for (const Element& element : elements) reader.read(element);
  return facts;
}

}  // namespace cartwright::gs1
