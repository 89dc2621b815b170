#include "gs1/identify.hpp"

#include <utility>

namespace cartwright::gs1 {
namespace {

// The offset of the first character that is no white space.
std::size_t begin_of(std::string_view data) {
  const std::size_t begin = data.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? 0 : begin;
}

Refusal no_article_number(const Reading& reading, std::string_view data) {
  const std::size_t at = begin_of(data);
  if (!reading.elements.empty()) return {"this symbol holds no article number (01)", at};
  return {"a " + std::string(name(reading.symbology)) + " symbol carries no article number", at};
}

Identified product_of(ReadResult result, std::string_view data) {
  if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
  auto& reading = std::get<Reading>(result);
  if (!reading.gtin) return no_article_number(reading, data);
  return Identity{*reading.gtin, reading.symbology, std::move(reading.add_on),
                  std::move(reading.facts), std::move(reading.elements)};
}

}  // namespace

Identified identify(std::string_view data, Symbology symbology, const ReadOptions& options) {
  return product_of(read_scan(data, symbology, options), data);
}

Identified identify(std::string_view data, std::string_view aim, const ReadOptions& options) {
  return product_of(read_scan(data, aim, options), data);
}

}  // namespace cartwright::gs1
