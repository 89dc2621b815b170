#include "gs1/article_number.hpp"

#include <utility>

#include "gs1/shown.hpp"

namespace cartwright::gs1 {
namespace {

using Result = std::variant<ArticleNumber, Refusal>;

Refusal wrong_check_digit(std::string_view digits) {
  const char right = check_digit(digits.substr(0, digits.size() - 1)).value_or('?');
  return {std::string("the check digit is ") + digits.back() + ", but " + right +
              " is right for these digits; scan or type it again",
          digits.size() - 1, RefusalKind::wrong_check_digit};
}

Refusal wrong_length(std::string_view data, Symbology symbology, std::string_view expected) {
  return {std::to_string(data.size()) + " digits are no " + std::string(name(symbology)) +
              " number; it has " + std::string(expected),
          0, RefusalKind::wrong_length};
}

// A GTIN of `length` digits, with an add-on of two or five digits behind it where one may stand.
Result plain(std::string_view data, Symbology symbology, std::size_t length, bool may_add) {
  const std::size_t extra = data.size() - length;
  const bool fits =
      data.size() >= length && (extra == 0 || (may_add && (extra == 2 || extra == 5)));
  if (!fits) return wrong_length(data, symbology, std::to_string(length));
  const std::string_view digits = data.substr(0, length);
  const auto gtin = Gtin14::parse(digits);
  if (!gtin) return wrong_check_digit(digits);
  return ArticleNumber{*gtin, symbology, std::string(digits), std::string(data.substr(length))};
}

// Some scanners send UPC-A and expanded UPC-E as the 13 digits of ISO/IEC 15424.
bool is_upca_as_ean13(std::string_view digits) {
  return digits.size() == 13 && digits.front() == '0';
}

Result upce(std::string_view data) {
  if (data.size() == 12) return plain(data, Symbology::upce, 12, false);
  if (is_upca_as_ean13(data)) return plain(data, Symbology::upce, 13, false);
  if (data.size() < 6 || data.size() > 8) {
    return wrong_length(data, Symbology::upce, "6 to 8, or 12 when expanded");
  }
  if (auto upca = expand_upce(data)) {
    const Gtin14 gtin = *Gtin14::parse(*upca);
    return ArticleNumber{gtin, Symbology::upce, *std::move(upca), {}};
  }
  if (const auto right = expand_upce(data.substr(0, 7))) {
    return Refusal{std::string("the check digit is ") + data.back() + ", but " + right->back() +
                       " is right for these digits; scan or type it again",
                   data.size() - 1, RefusalKind::wrong_check_digit};
  }
  return Refusal{"a UPC-E of 7 or 8 digits begins with 0 or 1", 0};
}

// 977 is of periodicals, 978 and 979 of books and music: what add-ons are printed beside. Without
// such a prefix so many digits are rather something else.
bool may_have_add_on(std::string_view data) {
  return data.starts_with("977") || data.starts_with("978") || data.starts_with("979");
}

// Digits of which nobody knows where they come from: their count decides.
Result by_length(std::string_view data) {
  switch (data.size()) {
    case 8: {
      Result as_ean8 = plain(data, Symbology::ean8, 8, false);
      if (std::holds_alternative<ArticleNumber>(as_ean8)) return as_ean8;
      Result as_upce = upce(data);
      return std::holds_alternative<ArticleNumber>(as_upce) ? as_upce : as_ean8;
    }
    case 12:
      return plain(data, Symbology::upca, 12, false);
    case 13:
      return plain(data, Symbology::ean13, 13, false);
    case 14:
      return plain(data, Symbology::itf14, 14, false);
    case 15:
    case 18:
      if (may_have_add_on(data)) return plain(data, Symbology::ean13, 13, true);
      [[fallthrough]];
    default:
      return Refusal{
          std::to_string(data.size()) + " digits are no article number; it has 8, 12, 13 or 14", 0,
          RefusalKind::wrong_length};
  }
}

}  // namespace

std::optional<Refusal> refuse_non_digits(std::string_view data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] >= '0' && data[i] <= '9') continue;
    return Refusal{shown(data[i]) + " at position " + std::to_string(i + 1) + " is no digit", i};
  }
  return std::nullopt;
}

std::variant<ArticleNumber, Refusal> read_article_number(std::string_view data,
                                                         Symbology symbology) {
  if (auto refusal = refuse_non_digits(data)) return *std::move(refusal);
  switch (symbology) {
    case Symbology::ean8:
      return plain(data, symbology, 8, true);
    case Symbology::ean13:
      return plain(data, symbology, 13, true);
    case Symbology::upca:
      return plain(data, symbology, is_upca_as_ean13(data) ? 13 : 12, true);
    case Symbology::upce:
      return upce(data);
    case Symbology::itf14:
      return plain(data, symbology, 14, false);
    default:
      return by_length(data);
  }
}

}  // namespace cartwright::gs1
