#include "gs1/identify.hpp"

#include <string>
#include <utility>

namespace cartwright::gs1 {
namespace {

// The offset of the first character that is no white space.
std::size_t begin_of(std::string_view data) {
  const std::size_t begin = data.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? 0 : begin;
}

// What a symbol is that a point of sale meets and that is no article (GS1 General Specifications
// 3.2.3, 3.9.7): what to do about it is more use than what is missing.
std::string other_than_article(const Reading& reading) {
  constexpr std::size_t kGtin = 14;
  constexpr std::size_t kNumber = 2;  // digits of the piece, and of how many there are
  if (value_of(reading.elements, "02")) {
    return "this is the label of a case or pallet: (02) and (37) say what is in it; scan the "
           "articles themselves";
  }
  for (const std::string_view ai : {"8006", "8026"}) {
    const auto piece = value_of(reading.elements, ai);
    if (!piece) continue;
    return "this is piece " + std::string(piece->substr(kGtin, kNumber)) + " of " +
           std::string(piece->substr(kGtin + kNumber)) + " of an article, (" + std::string(ai) +
           "); scan the code of the whole";
  }
  for (const std::string_view ai : {"255", "8110", "8112"}) {
    if (value_of(reading.elements, ai)) {
      return "this is a coupon (" + std::string(ai) + ") and no article (01)";
    }
  }
  if (value_of(reading.elements, "00")) {
    return "this is the number of a shipment (00) and no article (01); scan the articles "
           "themselves";
  }
  return "this symbol holds no article number (01)";
}

Refusal no_article_number(const Reading& reading, std::string_view data) {
  const std::size_t at = begin_of(data);
  if (!reading.elements.empty()) return {other_than_article(reading), at};
  return {"a " + std::string(name(reading.symbology)) + " symbol carries no article number", at};
}

Identified product_of(ReadResult result, std::string_view data) {
  if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
  auto& reading = std::get<Reading>(result);
  if (!reading.gtin) return no_article_number(reading, data);
  return Identity{*reading.gtin,
                  reading.symbology,
                  std::move(reading.add_on),
                  std::move(reading.facts),
                  std::move(reading.elements),
                  std::move(reading.restricted_rule)};
}

}  // namespace

Identified identify(std::string_view data, Symbology symbology, const ReadOptions& options) {
  return product_of(read_scan(data, symbology, options), data);
}

Identified identify(std::string_view data, std::string_view aim, const ReadOptions& options) {
  return product_of(read_scan(data, aim, options), data);
}

}  // namespace cartwright::gs1
