#include "offers/rounding.hpp"

#include <limits>

#include "base/error.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kWhole = 10'000;  // basis points

std::int64_t narrow(Wide value) {
  if (value > std::numeric_limits<std::int64_t>::max() ||
      value < std::numeric_limits<std::int64_t>::min()) {
    throw Error(ErrorKind::invalid_input,
                "an amount beyond 64 bits; a price, weight or rate is far too large");
  }
  return static_cast<std::int64_t>(value);
}

// Of a magnitude and a divisor above 0.
template <typename Integer>
Integer rounded_quotient(Integer magnitude, Integer divisor, Halves halves) {
  Integer quotient = magnitude / divisor;
  const Integer below = magnitude % divisor;
  const Integer above = divisor - below;
  const bool half_goes_up = halves == Halves::up || quotient % 2 != 0;
  if (below > above || (below == above && half_goes_up)) ++quotient;
  return quotient;
}

std::int64_t multiply_divide(std::int64_t a, std::int64_t b, std::int64_t divisor, Halves halves) {
  if (divisor <= 0) throw Error(ErrorKind::internal, "an amount is divided by zero or less");
  // Mostly the product has room in 64 bits, whose division is several times as fast.
  std::int64_t small = 0;
  if (!__builtin_mul_overflow(a, b, &small) && small >= 0) {
    return rounded_quotient(small, divisor, halves);
  }
  const Wide product = Wide{a} * b;
  const Wide quotient = rounded_quotient(product < 0 ? -product : product, Wide{divisor}, halves);
  return narrow(product < 0 ? -quotient : quotient);
}

}  // namespace

std::int64_t multiply_divide_half_up(std::int64_t a, std::int64_t b, std::int64_t divisor) {
  return multiply_divide(a, b, divisor, Halves::up);
}

std::int64_t multiply_divide_half_even(std::int64_t a, std::int64_t b, std::int64_t divisor) {
  return multiply_divide(a, b, divisor, Halves::even);
}

Money price_of_weight(Money price, Grams grams, std::int64_t per) {
  return Money(multiply_divide_half_up(price.minor(), grams.value(), per));
}

Money share_of(Money amount, std::int64_t bps) {
  return Money(multiply_divide_half_up(amount.minor(), bps, kWhole));
}

Money tax_on(Money amount, std::int64_t bps, Halves halves) {
  return Money(multiply_divide(amount.minor(), bps, kWhole, halves));
}

Money tax_within(Money amount, std::int64_t bps, Halves halves) {
  return Money(multiply_divide(amount.minor(), bps, narrow(Wide{kWhole} + bps), halves));
}

Money rounding_to(Money amount, Money step) {
  const std::int64_t steps = multiply_divide_half_up(amount.minor(), 1, step.minor());
  return step * steps - amount;
}

}  // namespace cartwright::offers
