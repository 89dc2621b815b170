#include "offers/catalog_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/nearest.hpp"

namespace cartwright::offers {
namespace {

using Json = nlohmann::json;

enum class Kind : std::uint8_t { text, texts, integer, boolean };

struct Key {
  std::string_view name;
  Kind kind;
  bool required;
};

constexpr std::array kKeys = {
    Key{"product", Kind::text, true},
    Key{"gtins", Kind::texts, true},
    Key{"name", Kind::text, true},
    Key{"sold_by", Kind::text, true},
    Key{"price_minor", Kind::integer, true},
    Key{"member_price_minor", Kind::integer, false},
    Key{"tax", Kind::text, true},
    Key{"deposit_minor", Kind::integer, false},
    Key{"categories", Kind::texts, false},
    Key{"discountable", Kind::boolean, false},
    Key{"min_age", Kind::integer, false},
    Key{"location", Kind::text, false},
};

constexpr std::size_t kMaxText = 1000;  // bytes of a name, an id, a category
constexpr std::size_t kMaxList = 1000;  // GTINs or categories of a product
constexpr std::int64_t kMaxAge = 150;
constexpr char kListMark = ';';

[[noreturn]] void fail(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

// A value as it stands in a message.
std::string shown(const Json& value) {
  constexpr std::size_t kMost = 60;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kMost) text.replace(kMost, std::string::npos, "...");
  return text;
}

std::size_t index_of_key(std::string_view name, const char* what) {
  const auto found =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.name == name; });
  if (found != kKeys.end()) return static_cast<std::size_t>(found - kKeys.begin());
  std::vector<std::string_view> names;
  for (const Key& key : kKeys) names.push_back(key.name);
  fail(std::string("unknown ") + what + " " + in_quotes(name) + did_you_mean(name, names));
}

// The values of one row, asked for by key; every message names the key and the value.
class Row {
 public:
  Row(const Json& object, const char* what) : object_(object), what_(what) {}

  [[noreturn]] void refuse(std::string_view key, const std::string& why) const {
    fail(std::string(what_) + " " + in_quotes(key) + ": " + why);
  }

  std::string text(std::string_view key, bool may_be_empty = false) const {
    const auto value = object_.find(key);
    if (value == object_.end()) return {};
    if (!value->is_string()) refuse(key, shown(*value) + " is no text");
    return checked(key, value->get_ref<const std::string&>(), may_be_empty);
  }

  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> result;
    const auto list = object_.find(key);
    if (list == object_.end()) return result;
    if (!list->is_array()) refuse(key, shown(*list) + " is no list of texts");
    if (list->size() > kMaxList) refuse(key, "more than " + std::to_string(kMaxList) + " entries");
    for (const Json& value : *list) {
      if (!value.is_string()) refuse(key, shown(value) + " is no text; write it in quotes");
      result.push_back(checked(key, value.get_ref<const std::string&>(), false));
    }
    return result;
  }

  std::optional<std::int64_t> integer(std::string_view key, std::int64_t limit,
                                      const char* unit) const {
    const auto value = object_.find(key);
    if (value == object_.end()) return std::nullopt;
    if (!value->is_number_integer()) {
      refuse(key, shown(*value) + " is no whole number of " + unit);
    }
    const bool beyond = value->is_number_unsigned() &&
                        value->get<std::uint64_t>() > static_cast<std::uint64_t>(limit);
    if (beyond) refuse(key, shown(*value) + " is above the limit of " + std::to_string(limit));
    if (value->get<std::int64_t>() < 0) refuse(key, shown(*value) + " is below zero");
    return value->get<std::int64_t>();
  }

  bool boolean(std::string_view key, bool otherwise) const {
    const auto value = object_.find(key);
    if (value == object_.end()) return otherwise;
    if (!value->is_boolean()) refuse(key, shown(*value) + " is neither true nor false");
    return value->get<bool>();
  }

 private:
  std::string checked(std::string_view key, const std::string& value, bool may_be_empty) const {
    if (value.empty() && !may_be_empty) refuse(key, "is empty");
    if (value.size() > kMaxText) refuse(key, "longer than " + std::to_string(kMaxText) + " bytes");
    const bool control = std::any_of(value.begin(), value.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (control) refuse(key, "holds a control character");
    return value;
  }

  const Json& object_;
  const char* what_;
};

gs1::Gtin14 gtin_of(const Row& row, const std::string& digits) {
  if (const auto gtin = gs1::Gtin14::parse(digits)) return *gtin;
  // Only digits have a check digit.
  if (!gs1::check_digit(digits)) row.refuse("gtins", in_quotes(digits) + " is no number");
  const std::size_t size = digits.size();
  if (size != 8 && size != 12 && size != 13 && size != 14) {
    row.refuse("gtins", in_quotes(digits) + " has " + std::to_string(size) +
                            " digits; a GTIN has 8, 12, 13 or 14");
  }
  const auto right = gs1::check_digit(std::string_view(digits).substr(0, size - 1));
  row.refuse("gtins", in_quotes(digits) + " has a wrong check digit, " +
                          std::string(1, right.value_or('?')) + " would be right");
}

SoldBy sold_by_of(const Row& row) {
  static constexpr std::array<std::string_view, 2> kNames = {"piece", "kg"};
  const std::string text = row.text("sold_by");
  if (text == kNames[0]) return SoldBy::piece;
  if (text == kNames[1]) return SoldBy::kg;
  row.refuse("sold_by",
             in_quotes(text) + " is neither \"piece\" nor \"kg\"" + did_you_mean(text, kNames));
}

Product product_of_object(const Json& object, const char* what) {
  for (const Key& key : kKeys) {
    if (key.required && !object.contains(key.name)) {
      fail(std::string(what) + " " + in_quotes(key.name) + " is missing");
    }
  }
  const Row row(object, what);
  Product product;
  product.id = row.text("product");
  for (const std::string& digits : row.texts("gtins"))
    product.gtins.push_back(gtin_of(row, digits));
  product.name = row.text("name");
  product.sold_by = sold_by_of(row);
  product.price = Money(*row.integer("price_minor", kMaxMinor, "minor units"));
  if (const auto price = row.integer("member_price_minor", kMaxMinor, "minor units")) {
    product.member_price = Money(*price);
  }
  product.tax = row.text("tax");
  product.deposit = Money(row.integer("deposit_minor", kMaxMinor, "minor units").value_or(0));
  product.categories = row.texts("categories");
  product.discountable = row.boolean("discountable", true);
  product.min_age = static_cast<int>(row.integer("min_age", kMaxAge, "years").value_or(0));
  product.location = row.text("location", true);
  std::sort(product.gtins.begin(), product.gtins.end());
  std::sort(product.categories.begin(), product.categories.end());
  const auto twice = std::unique(product.categories.begin(), product.categories.end());
  product.categories.erase(twice, product.categories.end());
  return product;
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
Json typed(const std::string& field, Kind kind) {
  switch (kind) {
    case Kind::text:
      return field;
    case Kind::texts:
      return list_of(field);
    case Kind::integer: {
      std::int64_t value = 0;
      const char* end = field.data() + field.size();
      const auto [last, error] = std::from_chars(field.data(), end, value);
      return error == std::errc() && last == end ? Json(value) : Json(field);
    }
    case Kind::boolean:
      if (field == "true" || field == "TRUE") return true;
      if (field == "false" || field == "FALSE") return false;
      return field;
  }
  return field;
}

}  // namespace

Product product_of_json(std::string_view line) {
  if (!is_utf8(as_bytes(line))) fail("the line is not UTF-8");
  std::set<std::string, std::less<>> seen;
  const auto on_event = [&seen](int depth, Json::parse_event_t event, Json& value) {
    const bool opens =
        event == Json::parse_event_t::array_start || event == Json::parse_event_t::object_start;
    if (opens && depth > 1) fail("the line holds a list or an object within a list");
    if (event != Json::parse_event_t::key || depth != 1) return true;
    const auto& key = value.get_ref<const std::string&>();
    index_of_key(key, "key");
    if (!seen.insert(key).second) fail("key " + in_quotes(key) + " stands twice");
    return true;
  };
  Json object;
  try {
    object = Json::parse(line, on_event);
  } catch (const Json::parse_error& error) {
    fail("no JSON at byte " + std::to_string(error.byte) + " of the line");
  } catch (const Json::out_of_range&) {
    fail("a number of the line is larger than any that can be read");
  }
  if (!object.is_object()) fail("the line is no JSON object");
  return product_of_object(object, "key");
}

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
    const Key& key = kKeys[keys_[column]];
    if (!is_utf8(as_bytes(fields[column]))) fail("column " + in_quotes(key.name) + " is not UTF-8");
    // A product may have no GTIN; every other empty field is an absent key.
    if (fields[column].empty() && key.name != "gtins") continue;
    object[std::string(key.name)] = typed(fields[column], key.kind);
  }
  return product_of_object(object, "column");
}

std::string canonical_row(const Product& product) {
  nlohmann::ordered_json row;
  row["product"] = product.id;
  row["gtins"] = nlohmann::ordered_json::array();
  for (const gs1::Gtin14& gtin : product.gtins) row["gtins"].push_back(gtin.text());
  row["name"] = product.name;
  row["sold_by"] = name(product.sold_by);
  row["price_minor"] = product.price.minor();
  if (product.member_price) row["member_price_minor"] = product.member_price->minor();
  row["tax"] = product.tax;
  row["deposit_minor"] = product.deposit.minor();
  row["categories"] = product.categories;
  row["discountable"] = product.discountable;
  row["min_age"] = product.min_age;
  row["location"] = product.location;
  return row.dump();
}

}  // namespace cartwright::offers
