#include "gs1/coupon.hpp"

#include <utility>

#include "gs1/date.hpp"
#include "gs1/digit_cursor.hpp"

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kMostDigits = 70;  // of AI (8110) and AI (8112)
constexpr std::size_t kShortest = 6;     // of a company prefix and of a serial number
constexpr std::string_view kAnyDigit = "0123456789";
// Seen from here the two-digit years that 4 divides are all leap years: 2000 is one, 2100 is not
// within reach.
constexpr int kLeapCentury = 2049;

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

int value_of(char digit) {
  return digit - '0';
}

// Amount, unit and family code, which all three purchases begin with.
void read_purchase(DigitCursor& cursor, const std::string& which, CouponPurchase& purchase) {
  purchase.amount = number(cursor.sized("the " + which + " purchase requirement", "12345", 0));
  purchase.unit = static_cast<CouponUnit>(
      value_of(cursor.one_of("the code of the " + which + " purchase requirement", "012349")));
  purchase.family = cursor.digits("the " + which + " family code", 3);
}

// The second and third purchase have their own company prefix or, by length 9, the primary one's.
CouponPurchase other_purchase(DigitCursor& cursor, const std::string& which,
                              const std::string& primary_company) {
  CouponPurchase purchase;
  read_purchase(cursor, which, purchase);
  if (cursor.skip('9')) {
    purchase.company = primary_company;
  } else {
    purchase.company = cursor.sized("the " + which + " company prefix", "01234569", kShortest);
  }
  return purchase;
}

// YYMMDD. Which century is meant is not known here, and every year that 4 divides counts as a leap
// year, as in the GS1 Syntax Dictionary's linter.
std::string date(DigitCursor& cursor, const std::string& field) {
  const std::size_t at = cursor.position();
  const std::string digits(cursor.digits(field, 6));
  if (digits.empty()) return digits;
  if (!coupon_date(digits, kLeapCentury)) {
    cursor.refuse(field + " at position " + std::to_string(at + 1) + " is " + digits +
                      ", which is no date YYMMDD",
                  at);
  }
  return digits;
}

void dates(DigitCursor& cursor, Coupon8110& coupon) {
  if (cursor.skip('3')) coupon.expires = date(cursor, "the expiration date");
  const std::size_t at = cursor.position() + 1;
  if (cursor.skip('4')) coupon.starts = date(cursor, "the start date");
  if (!coupon.expires.empty() && !coupon.starts.empty() && coupon.starts > coupon.expires) {
    cursor.refuse("the start date at position " + std::to_string(at + 1) + " is " + coupon.starts +
                      ", after the expiration date " + coupon.expires,
                  at);
  }
}

void miscellaneous(DigitCursor& cursor, Coupon8110& coupon) {
  coupon.saving =
      static_cast<CouponSaving>(value_of(cursor.one_of("the save value code", "01256")));
  coupon.applies_to = value_of(cursor.one_of("the item that the save value applies to", "012"));
  coupon.store_coupon = value_of(cursor.one_of("the store coupon flag", kAnyDigit));
  coupon.dont_multiply = cursor.one_of("the don't multiply flag", "01") == '1';
}

// The optional fields stand in the order of their first digits, each once.
void optional_fields(DigitCursor& cursor, Coupon8110& coupon) {
  if (cursor.skip('1')) {
    coupon.rule = static_cast<CouponRule>(
        value_of(cursor.one_of("the additional purchase rules code", "0123")));
    coupon.second = other_purchase(cursor, "second", coupon.primary.company);
  }
  if (cursor.skip('2')) coupon.third = other_purchase(cursor, "third", coupon.primary.company);
  dates(cursor, coupon);
  if (cursor.skip('5')) coupon.serial = cursor.sized("the serial number", kAnyDigit, kShortest);
  if (cursor.skip('6')) {
    coupon.retailer = cursor.sized("the retailer's prefix or GLN", "1234567", kShortest);
  }
  if (cursor.skip('9')) miscellaneous(cursor, coupon);
}

}  // namespace

std::variant<Coupon8110, Refusal> read_coupon_8110(std::string_view value) {
  DigitCursor cursor(value, kMostDigits);
  Coupon8110 coupon;
  coupon.primary.company = cursor.sized("the primary company prefix", "0123456", kShortest);
  coupon.offer_code = cursor.digits("the offer code", 6);
  coupon.save_value = number(cursor.sized("the save value", "12345", 0));
  read_purchase(cursor, "primary", coupon.primary);
  optional_fields(cursor, coupon);
  if (auto refusal = cursor.refusal()) return *std::move(refusal);
  return coupon;
}

std::variant<Coupon8112, Refusal> read_coupon_8112(std::string_view value) {
  DigitCursor cursor(value, kMostDigits);
  Coupon8112 coupon;
  coupon.format = value_of(cursor.one_of("the coupon format", "01"));
  coupon.funder = cursor.sized("the funder's number", "0123456", kShortest);
  coupon.offer_code = cursor.digits("the offer code", 6);
  coupon.serial = cursor.sized("the serial number", kAnyDigit, kShortest);
  if (auto refusal = cursor.refusal()) return *std::move(refusal);
  return coupon;
}

std::optional<std::string> coupon_date(std::string_view yymmdd, int reference_year) {
  constexpr int kLastCentury = 9900;
  if (reference_year < 100 || reference_year > kLastCentury) return std::nullopt;
  if (yymmdd.ends_with("00")) return std::nullopt;
  const auto date = read_date(yymmdd, static_cast<unsigned>(reference_year));
  if (!date) return std::nullopt;
  return date->text();
}

}  // namespace cartwright::gs1
