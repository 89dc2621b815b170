#include "gs1/lint.hpp"

#include <algorithm>
#include <array>

#include "gs1/code_lists.hpp"
#include "gs1/coupon.hpp"
#include "gs1/date.hpp"
#include "gs1/gtin.hpp"
#include "gs1/lint_keys.hpp"

namespace cartwright::gs1 {
namespace {

using Fault = std::optional<LintFault>;

constexpr std::uint8_t bit(CharacterSet set) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(set));
}

// For each character the sets that have it.
constexpr std::array<std::uint8_t, 256> character_sets() {
  std::array<std::uint8_t, 256> sets = {};
  const auto add = [&](CharacterSet set, std::string_view characters) {
    for (const char c : characters) sets[static_cast<unsigned char>(c)] |= bit(set);
  };
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz";
  for (const CharacterSet set :
       {CharacterSet::digits, CharacterSet::set82, CharacterSet::set39, CharacterSet::set64}) {
    add(set, kDigits);
  }
  for (const CharacterSet set : {CharacterSet::set82, CharacterSet::set39, CharacterSet::set64}) {
    add(set, kCapitals);
  }
  for (const CharacterSet set : {CharacterSet::set82, CharacterSet::set64}) add(set, kSmall);
  add(CharacterSet::set82, "!\"%&'()*+,-./:;<=>?_");
  add(CharacterSet::set39, "#-/");
  add(CharacterSet::set64, "-_");
  return sets;
}
constexpr std::array<std::uint8_t, 256> kCharacterSets = character_sets();

std::string wrong_character(CharacterSet set) {
  switch (set) {
    case CharacterSet::digits:
      return "has a character that is no digit";
    case CharacterSet::set39:
      return "has a character other than digits, capitals, \"#\", \"-\" and \"/\"";
    case CharacterSet::set64:
      return "has a character that is none of base64's for files and addresses";
    default:
      return "has a character that GS1 data may not have";
  }
}

Fault fault_unless(bool holds, std::string_view text, std::size_t at = 0) {
  if (holds) return std::nullopt;
  return LintFault{std::string(text), at};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

unsigned two(std::string_view value, std::size_t at) {
  return static_cast<unsigned>((value[at] - '0') * 10 + (value[at + 1] - '0'));
}

// Whether 29 February exists is asked of years near this one; which century two digits mean makes
// no difference to it but for 1900 and 2100.
constexpr unsigned kAnyYear = 2021;

Fault check_date(unsigned year, std::string_view mmdd, std::size_t at, bool may_be_open) {
  const unsigned days = days_of_month(year, two(mmdd, 0));
  if (days == 0) return LintFault{"has a month that is none", at};
  const unsigned day = two(mmdd, 2);
  if (day == 0 && may_be_open) return std::nullopt;
  return fault_unless(day >= 1 && day <= days, "has a day that its month does not have", at + 2);
}

Fault check_short_date(std::string_view value, bool may_be_open) {
  if (value.size() != 6) return LintFault{"is no date; a date has six digits, YYMMDD", 0};
  return check_date(year_of_two_digits(two(value, 0), kAnyYear), value.substr(2), 2, may_be_open);
}

Fault check_long_date(std::string_view value) {
  if (value.size() != 8) return LintFault{"is no date; a date has eight digits, YYYYMMDD", 0};
  return check_date(two(value, 0) * 100 + two(value, 2), value.substr(4), 4, false);
}

Fault check_two(std::string_view value, unsigned limit, std::string_view text) {
  return fault_unless(value.size() == 2 && two(value, 0) < limit, text);
}

Fault check_time(std::string_view value) {
  if (value.size() != 4) return LintFault{"has no time of four digits", 0};
  if (two(value, 0) >= 24) return LintFault{"has an hour that is none", 0};
  return fault_unless(two(value, 2) < 60, "has a minute that is none", 2);
}

Fault check_degrees(std::string_view value, std::string_view most, std::string_view text) {
  return fault_unless(value.size() == most.size() && value <= most, text);
}

Fault check_percent(std::string_view value) {
  const auto is_hex = [](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
  };
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '%') continue;
    if (value.size() - i < 3 || !is_hex(value[i + 1]) || !is_hex(value[i + 2])) {
      return LintFault{"has a \"%\" without two hexadecimal digits behind it", i};
    }
    i += 2;
  }
  return std::nullopt;
}

Fault check_piece(std::string_view value) {
  const std::string_view piece = value.substr(0, value.size() / 2);
  const std::string_view total = value.substr(value.size() / 2);
  if (piece.size() != total.size() || piece.empty()) return LintFault{"is no piece of a total", 0};
  const auto is_zero = [](std::string_view text) {
    return text.find_first_not_of('0') == std::string_view::npos;
  };
  if (is_zero(piece)) return LintFault{"has the piece number 0", 0};
  if (is_zero(total)) return LintFault{"has a total of 0 pieces", piece.size()};
  return fault_unless(piece <= total, "has a piece number above its total");
}

Fault check_position(std::string_view value) {
  const std::size_t slash = value.find('/');
  const std::string_view position = value.substr(0, slash);
  const std::string_view end =
      slash == std::string_view::npos ? std::string_view() : value.substr(slash + 1);
  const auto is_number = [](std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
  };
  if (!is_number(position) || !is_number(end)) {
    return LintFault{"is no position in a sequence, such as 1/3", 0};
  }
  if (position[0] == '0') return LintFault{"has a number that begins with 0", 0};
  if (end[0] == '0') return LintFault{"has a number that begins with 0", slash + 1};
  const bool holds =
      position.size() < end.size() || (position.size() == end.size() && position <= end);
  return fault_unless(holds, "has a position behind the end of its sequence");
}

Fault check_one_of(std::string_view value, std::string_view characters, std::string_view text) {
  return fault_unless(value.size() == 1 && characters.find(value[0]) != std::string_view::npos,
                      text);
}

Fault check_sum(std::string_view value) {
  if (has_valid_check_digit(value)) return std::nullopt;
  if (value.empty()) return LintFault{"is too short for a check digit", 0};
  const auto right = check_digit(value.substr(0, value.size() - 1));
  if (!right) return LintFault{"is too short for a check digit", 0};
  return LintFault{std::string("has the check digit ") + value.back() + ", but " + *right +
                       " is right for these digits; scan or type it again",
                   value.size() - 1, true};
}

template <typename Coupon>
Fault fault_of(const std::variant<Coupon, Refusal>& coupon) {
  const auto* refusal = std::get_if<Refusal>(&coupon);
  if (refusal == nullptr) return std::nullopt;
  return LintFault{"is no coupon: " + refusal->text, refusal->at};
}

Fault check_set64(std::string_view value) {
  const std::size_t end = value.find_last_not_of('=') + 1;  // npos + 1 is 0
  const std::size_t pads = value.size() - end;
  if (pads > 2 || (pads > 0 && value.size() % 3 != 0)) return LintFault{"is padded wrongly", end};
  for (std::size_t i = 0; i < end; ++i) {
    if ((kCharacterSets[static_cast<unsigned char>(value[i])] & bit(CharacterSet::set64)) == 0) {
      return LintFault{wrong_character(CharacterSet::set64), i};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<LintFault> check_characters(CharacterSet set, std::string_view value) {
  if (set == CharacterSet::set64) return check_set64(value);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if ((kCharacterSets[static_cast<unsigned char>(value[i])] & bit(set)) == 0) {
      return LintFault{wrong_character(set), i};
    }
  }
  return std::nullopt;
}

std::optional<LintFault> check(Lint lint, std::string_view value) {
  switch (lint) {
    case Lint::none:
      return std::nullopt;
    case Lint::couponcode:
      return fault_of(read_coupon_8110(value));
    case Lint::couponposoffer:
      return fault_of(read_coupon_8112(value));
    case Lint::csum:
      return check_sum(value);
    case Lint::csumalpha:
      return check_pair(value);
    case Lint::gcppos1:
      return check_company_prefix(value);
    case Lint::gcppos2: {
      auto fault = check_company_prefix(value.substr(std::min<std::size_t>(1, value.size())));
      if (fault && !value.empty()) ++fault->at;
      return fault;
    }
    case Lint::hasnondigit:
      return fault_unless(!std::ranges::all_of(value, is_digit),
                          "must have a character that is no digit");
    case Lint::hh:
      return check_two(value, 24, "has an hour that is none");
    case Lint::hhmi:
      return check_time(value);
    case Lint::hyphen:
      return fault_unless(!value.empty() && value.find_first_not_of('-') == std::string_view::npos,
                          "ends with another sign than \"-\"");
    case Lint::iban:
      return check_iban(value);
    case Lint::importeridx:
      return fault_unless(value.size() == 1 && !check_set64(value),
                          "has an importer index that is no digit, letter, \"-\" or \"_\"");
    case Lint::iso3166:
      return fault_unless(is_country_number(value), "has no country number of ISO 3166");
    case Lint::iso3166999:
      return fault_unless(value == "999" || is_country_number(value),
                          "has no country number of ISO 3166, nor 999");
    case Lint::iso3166alpha2:
      return fault_unless(is_country(value), "has no country of ISO 3166 in two letters");
    case Lint::iso4217:
      return fault_unless(is_currency_number(value), "has no currency number of ISO 4217");
    case Lint::iso5218:
      return check_one_of(value, "0129", "is none of ISO 5218's codes 0, 1, 2 and 9");
    case Lint::latitude:
      return check_degrees(value, "1800000000", "has a latitude that is none");
    case Lint::longitude:
      return check_degrees(value, "3600000000", "has a longitude that is none");
    case Lint::mediatype:
      return fault_unless(is_media_type(value), "has a medium that is none");
    case Lint::mi:
      return check_two(value, 60, "has a minute that is none");
    case Lint::nonzero:
      return fault_unless(value.find_first_not_of('0') != std::string_view::npos,
                          "has a part that is 0 and may not be");
    case Lint::nozeroprefix:
      return fault_unless(!value.starts_with('0'), "may not begin with 0");
    case Lint::packagetype:
      return fault_unless(is_package_type(value), "has a kind of package that is none");
    case Lint::pcenc:
      return check_percent(value);
    case Lint::pieceoftotal:
      return check_piece(value);
    case Lint::posinseqslash:
      return check_position(value);
    case Lint::ss:
      return check_two(value, 60, "has a second that is none");
    case Lint::winding:
      return check_one_of(value, "019", "has a winding direction other than 0, 1 and 9");
    case Lint::yesno:
      return check_one_of(value, "01", "is neither 0 (no) nor 1 (yes)");
    case Lint::yymmd0:
      return check_short_date(value, true);
    case Lint::yymmdd:
      return check_short_date(value, false);
    case Lint::yyyymmdd:
      return check_long_date(value);
    case Lint::zero:
      return fault_unless(value.find_first_not_of('0') == std::string_view::npos,
                          "has a digit other than 0 where only 0 may be");
  }
  return std::nullopt;
}

}  // namespace cartwright::gs1
