// The room below the offers reads prices out of barcodes; both must count in the same minor units.
#include "gs1/minor_digits.hpp"

#include <gtest/gtest.h>

#include "offers/money.hpp"

namespace cartwright::offers {
namespace {

TEST(MinorDigits, of_a_barcode_are_those_of_every_currency_sold_in) {
  for (const Currency& one : currencies()) {
    EXPECT_EQ(gs1::minor_digits(one.code), static_cast<int>(one.exponent)) << one.code;
  }
}

}  // namespace
}  // namespace cartwright::offers
