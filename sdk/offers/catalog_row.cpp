#include "offers/catalog_row.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/nearest.hpp"
#include "offers/catalog_keys.hpp"
#include "offers/product_terms.hpp"

namespace cartwright::offers {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxText = 1000;  // bytes of a name, an id, a category
constexpr std::size_t kMaxList = 1000;  // GTINs or categories of a product
constexpr std::int64_t kMaxAge = 150;

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
  static const std::array<std::string_view, 3> kNames = {name(SoldBy::piece), name(SoldBy::kg),
                                                         name(SoldBy::hundred_grams)};
  const std::string text = row.text("sold_by");
  if (const auto sold_by = sold_by_of_name(text)) return *sold_by;
  row.refuse("sold_by", in_quotes(text) + " is none of \"piece\", \"kg\", \"100g\"" +
                            did_you_mean(text, kNames));
}

// What the parser meets on the way: no key twice in an object, and nothing deeper than a row goes.
class LineCheck {
 public:
  void take(int depth, Json::parse_event_t event, const Json& value) {
    const auto at = static_cast<std::size_t>(depth);
    if (event == Json::parse_event_t::key) return key(at, value.get_ref<const std::string&>());
    const bool opens_object = event == Json::parse_event_t::object_start;
    if (!opens_object && event != Json::parse_event_t::array_start) return;
    if (at > (in_term_ ? kTermDepth : 1)) fail("the line holds a list or an object within a list");
    if (opens_object) seen_[at + 1].clear();
  }

 private:
  // recalls[0].batches: a list within an object within a list.
  static constexpr std::size_t kTermDepth = 3;

  void key(std::size_t depth, const std::string& name) {
    if (depth == 1) in_term_ = kKeys[index_of_key(name, "key")].kind == KeyKind::term;
    if (!seen_[depth].insert(name).second) fail("key " + in_quotes(name) + " stands twice");
  }

  bool in_term_ = false;  // whether the value of a term is being read
  std::array<std::set<std::string, std::less<>>, kTermDepth + 2> seen_;  // by depth
};

}  // namespace

Product product_of_object(const Json& object, const char* what) {
  for (const CatalogKey& key : kKeys) {
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
  read_terms(object, what, product);
  return product;
}

Product product_of_json(std::string_view line) {
  if (!is_utf8(as_bytes(line))) fail("the line is not UTF-8");
  LineCheck check;
  const auto on_event = [&check](int depth, Json::parse_event_t event, Json& value) {
    check.take(depth, event, value);
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
  write_terms(product, row);
  return row.dump();
}

}  // namespace cartwright::offers
