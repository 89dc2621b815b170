#include "offers/catalog_columns.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/strict_json.hpp"
#include "offers/catalog_keys.hpp"
#include "offers/catalog_row.hpp"

namespace cartwright::offers {
namespace {

using Json = nlohmann::json;

constexpr char kListMark = ';';

[[noreturn]] void fail(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

Json list_of(std::string_view field) {
  Json list = Json::array();
  while (!field.empty()) {
    const std::size_t end = field.find(kListMark);
    list.push_back(field.substr(0, end));
    if (end == std::string_view::npos) break;
    field.remove_prefix(end + 1);
    if (field.empty()) list.push_back("");
  }
  return list;
}

// A field that is not what its column wants stays a text, so that the one check of the values
// refuses it by name.
Json typed(const std::string& field, const CatalogKey& key) {
  switch (key.kind) {
    case KeyKind::text:
      return field;
    case KeyKind::texts:
      return list_of(field);
    case KeyKind::integer: {
      std::int64_t value = 0;
      const char* end = field.data() + field.size();
      const auto [last, error] = std::from_chars(field.data(), end, value);
      return error == std::errc() && last == end ? Json(value) : Json(field);
    }
    case KeyKind::boolean:
      if (field == "true" || field == "TRUE") return true;
      if (field == "false" || field == "FALSE") return false;
      return field;
    case KeyKind::term:
      return parse_strict_json(field, "column " + in_quotes(key.name));
  }
  return field;
}

}  // namespace

CsvColumns::CsvColumns(const std::vector<std::string>& header) {
  for (const std::string& name : header) {
    const std::size_t key = index_of_key(name, "column");
    if (std::find(keys_.begin(), keys_.end(), key) != keys_.end()) {
      fail("column " + in_quotes(name) + " stands twice");
    }
    keys_.push_back(key);
  }
  for (std::size_t key = 0; key < kKeys.size(); ++key) {
    if (kKeys[key].required && std::find(keys_.begin(), keys_.end(), key) == keys_.end()) {
      fail("column " + in_quotes(kKeys[key].name) + " is missing in the header");
    }
  }
}

Product CsvColumns::product_of(const std::vector<std::string>& fields) const {
  if (fields.size() != keys_.size()) {
    fail("the row has " + std::to_string(fields.size()) + " fields, but the header has " +
         std::to_string(keys_.size()));
  }
  Json object = Json::object();
  for (std::size_t column = 0; column < fields.size(); ++column) {
    const CatalogKey& key = kKeys[keys_[column]];
    if (!is_utf8(as_bytes(fields[column]))) fail("column " + in_quotes(key.name) + " is not UTF-8");
    // A product may have no GTIN; every other empty field is an absent key.
    if (fields[column].empty() && key.name != "gtins") continue;
    object[std::string(key.name)] = typed(fields[column], key);
  }
  return product_of_object(object, "column");
}

}  // namespace cartwright::offers
