#include "gs1/identify.hpp"

#include <array>
#include <optional>
#include <span>

#include "base/hex.hpp"

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kAimLength = 3;
constexpr char kGroupSeparator = 0x1D;  // FNC1 as scanners send it (GS1 General Specifications 7.8)

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The data without white space round it, and where that begins in what was scanned.
struct Trimmed {
  std::string_view text;
  std::size_t offset = 0;
};

Trimmed trim(std::string_view data) {
  Trimmed result{data, 0};
  while (!result.text.empty() && is_space(result.text.front())) {
    result.text.remove_prefix(1);
    ++result.offset;
  }
  while (!result.text.empty() && is_space(result.text.back())) result.text.remove_suffix(1);
  return result;
}

std::string shown(char c) {
  if (c > 0x20 && c < 0x7F) return std::string("\"") + c + "\"";
  return "byte 0x" + to_hex(as_bytes(std::string_view(&c, 1)));
}

std::optional<Refusal> not_digits(const Trimmed& data) {
  for (std::size_t i = 0; i < data.text.size(); ++i) {
    if (is_digit(data.text[i])) continue;
    const std::size_t at = data.offset + i;
    return Refusal{shown(data.text[i]) + " at position " + std::to_string(at + 1) + " is no digit",
                   at};
  }
  return std::nullopt;
}

Refusal wrong_check_digit(std::string_view digits, std::size_t offset) {
  const char right = check_digit(digits.substr(0, digits.size() - 1)).value_or('?');
  return {std::string("the check digit is ") + digits.back() + ", but " + right +
              " is right for these digits; scan or type it again",
          offset + digits.size() - 1, RefusalKind::wrong_check_digit};
}

Refusal wrong_length(const Trimmed& data, Symbology symbology, std::string_view expected) {
  return {std::to_string(data.text.size()) + " digits are no " + std::string(name(symbology)) +
              " number; it has " + std::string(expected),
          data.offset, RefusalKind::wrong_length};
}

// A GTIN of `length` digits, with an add-on of two or five digits behind it where one may stand.
Identified plain(const Trimmed& data, Symbology symbology, std::size_t length, bool may_add) {
  const std::size_t extra = data.text.size() - length;
  const bool fits =
      data.text.size() >= length && (extra == 0 || (may_add && (extra == 2 || extra == 5)));
  if (!fits) return wrong_length(data, symbology, std::to_string(length));
  const std::string_view digits = data.text.substr(0, length);
  const auto gtin = Gtin14::parse(digits);
  if (!gtin) return wrong_check_digit(digits, data.offset);
  return Identity{*gtin, symbology, std::string(data.text.substr(length))};
}

// Some scanners send UPC-A and expanded UPC-E as the 13 digits of ISO/IEC 15424.
bool is_upca_as_ean13(std::string_view digits) {
  return digits.size() == 13 && digits.front() == '0';
}

Identified upce(const Trimmed& data) {
  if (data.text.size() == 12) return plain(data, Symbology::upce, 12, false);
  if (is_upca_as_ean13(data.text)) return plain(data, Symbology::upce, 13, false);
  if (data.text.size() < 6 || data.text.size() > 8) {
    return wrong_length(data, Symbology::upce, "6 to 8, or 12 when expanded");
  }
  if (const auto upca = expand_upce(data.text)) {
    return Identity{*Gtin14::parse(*upca), Symbology::upce, {}};
  }
  if (const auto right = expand_upce(data.text.substr(0, 7))) {
    return Refusal{std::string("the check digit is ") + data.text.back() + ", but " +
                       right->back() + " is right for these digits; scan or type it again",
                   data.offset + data.text.size() - 1, RefusalKind::wrong_check_digit};
  }
  return Refusal{"a UPC-E of 7 or 8 digits begins with 0 or 1", data.offset};
}

// Digits of which nobody knows where they come from: their count decides.
Identified by_length(const Trimmed& data) {
  switch (data.text.size()) {
    case 8: {
      Identified as_ean8 = plain(data, Symbology::ean8, 8, false);
      if (std::holds_alternative<Identity>(as_ean8)) return as_ean8;
      Identified as_upce = upce(data);
      return std::holds_alternative<Identity>(as_upce) ? as_upce : as_ean8;
    }
    case 12:
      return plain(data, Symbology::upca, 12, false);
    case 13:
      return plain(data, Symbology::ean13, 13, false);
    case 14:
      return plain(data, Symbology::itf14, 14, false);
    default:
      return Refusal{std::to_string(data.text.size()) +
                         " digits are no article number; it has 8, 12, 13 or 14",
                     data.offset, RefusalKind::wrong_length};
  }
}

Identified digits_only(const Trimmed& data, Symbology symbology) {
  if (auto refusal = not_digits(data)) return *std::move(refusal);
  switch (symbology) {
    case Symbology::ean8:
      return plain(data, symbology, 8, true);
    case Symbology::ean13:
      return plain(data, symbology, 13, true);
    case Symbology::upca:
      return plain(data, symbology, is_upca_as_ean13(data.text) ? 13 : 12, true);
    case Symbology::upce:
      return upce(data);
    case Symbology::itf14:
      return plain(data, symbology, 14, false);
    default:
      return by_length(data);
  }
}

// The GTIN of the first element, AI (01), of a GS1 element string.
Identified element_string(const Trimmed& data, Symbology symbology) {
  Trimmed rest = data;
  if (rest.text.starts_with(kGroupSeparator)) {
    rest.text.remove_prefix(1);
    ++rest.offset;
  }
  if (!rest.text.starts_with("01")) {
    return Refusal{"this symbol holds no article number (01) at its front", rest.offset};
  }
  const Trimmed number{rest.text.substr(2, 14), rest.offset + 2};
  if (auto refusal = not_digits(number)) return *std::move(refusal);
  if (number.text.size() < 14) {
    return Refusal{"the article number (01) is cut off; it has 14 digits", number.offset,
                   RefusalKind::wrong_length};
  }
  return plain(number, symbology, 14, false);
}

bool is_web_address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://", "HTTPS://", "HTTP://"}) {
    if (text.starts_with(scheme)) return true;
  }
  return false;
}

// GS1 Digital Link URI syntax 1.4: the path has the primary key 01, then the GTIN.
Identified digital_link(const Trimmed& data) {
  static constexpr std::string_view kKey = "/01/";
  const std::string_view path = data.text.substr(0, data.text.find_first_of("?#"));
  const std::size_t key = path.find(kKey, path.find("://") + 3);
  if (key == std::string_view::npos) {
    return Refusal{"this web address is no GS1 Digital Link with an article number (/01/)",
                   data.offset};
  }
  const std::size_t start = key + kKey.size();
  const std::size_t end = path.find('/', start);
  const Trimmed number{path.substr(start, end == std::string_view::npos ? end : end - start),
                       data.offset + start};
  if (auto refusal = not_digits(number)) return *std::move(refusal);
  const std::size_t size = number.text.size();
  if (size != 8 && size != 12 && size != 13 && size != 14) {
    return wrong_length(number, Symbology::gs1_digital_link, "14");
  }
  return plain(number, Symbology::gs1_digital_link, size, false);
}

}  // namespace

Identified identify(std::string_view scanned, Symbology symbology) {
  const Trimmed data = trim(scanned);
  if (data.text.empty()) return Refusal{"nothing was scanned", 0};
  switch (symbology) {
    case Symbology::gs1_128:
    case Symbology::databar:
    case Symbology::databar_expanded:
    case Symbology::gs1_datamatrix:
    case Symbology::composite:
      return element_string(data, symbology);
    case Symbology::gs1_qr:
    case Symbology::dotcode:
      return is_web_address(data.text) ? digital_link(data) : element_string(data, symbology);
    case Symbology::gs1_digital_link:
      return digital_link(data);
    case Symbology::itf:
    case Symbology::code39:
    case Symbology::code93:
    case Symbology::code128:
    case Symbology::codabar:
    case Symbology::qr:
    case Symbology::datamatrix:
    case Symbology::pdf417:
    case Symbology::aztec:
      if (is_web_address(data.text)) return digital_link(data);
      return Refusal{"a " + std::string(name(symbology)) + " symbol carries no article number",
                     data.offset};
    default:
      return is_web_address(data.text) ? digital_link(data) : digits_only(data, symbology);
  }
}

Identified identify(std::string_view scanned, std::string_view aim) {
  std::string_view data = scanned;
  std::size_t skipped = 0;
  if (aim.empty() && data.size() >= kAimLength && data.front() == ']') {
    aim = data.substr(0, kAimLength);
    data.remove_prefix(kAimLength);
    skipped = kAimLength;
  }
  if (aim == "]E1" || aim == "]E2") {
    return Refusal{"only the add-on was read; scan the whole code", skipped};
  }
  Identified result = identify(data, symbology_from_aim(aim, trim(data).text));
  if (auto* refusal = std::get_if<Refusal>(&result)) refusal->at += skipped;
  return result;
}

}  // namespace cartwright::gs1
