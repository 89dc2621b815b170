#include "offers/basket_file.hpp"

#include <array>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/json_object.hpp"
#include "base/rfc3339.hpp"
#include "base/strict_json.hpp"
#include "offers/price_history.hpp"

namespace cartwright::offers {
namespace {

using nlohmann::json;

constexpr std::int64_t kMaxGrams = 1'000'000'000;
constexpr std::size_t kMaxLines = 10'000;

std::string read_time(JsonObject& object) {
  std::string text = object.text_or("at", "");
  if (!text.empty() && !parse_rfc3339(text)) {
    object.refuse("at", "\"" + text +
                            "\" is no time with offset of RFC 3339, such as "
                            "\"2026-11-23T09:15:00+01:00\"");
  }
  return text;
}

Quantity read_quantity(JsonObject& object, const Product& product) {
  static constexpr std::array<std::string_view, 2> kKinds = {"units", "grams"};
  const std::string_view kind = object.one_of(kKinds);
  const bool pieces = kind == kKinds[0];
  if (pieces != (product.sold_by == SoldBy::piece)) {
    object.refuse(kind, "\"" + product.id + "\" is sold by the " +
                            std::string(name(product.sold_by)) +
                            (pieces ? "; write \"grams\"" : "; write \"units\""));
  }
  if (pieces) return Units{object.integer(kind, 1, kMaxBasketUnits)};
  return Grams(object.integer(kind, 1, kMaxGrams));
}

Line read_line(JsonObject& object, const ProductLookup& product, const std::string& store) {
  Line line;
  line.key = object.text("key");
  const std::string id = object.text("product");
  line.product = product(id);
  if (line.product == nullptr) object.refuse("product", "\"" + id + "\" is not in the catalog");
  line.quantity = read_quantity(object, *line.product);
  line.at = read_time(object);
  if (const auto at = parse_rfc3339(line.at)) {
    line.product = at_its_price(std::move(line.product), store, at->seconds);
  }
  object.finish();
  return line;
}

// The place of an entry of a list, with its key where it has one.
std::string place_of(const std::string& name, const char* list, std::size_t at, const json& entry) {
  std::string place = name + ": " + list + "[" + std::to_string(at) + "]";
  if (!entry.is_object()) return place;
  const auto key = entry.find("key");
  if (key != entry.end() && key->is_string()) place += " " + shown_json(*key);
  return place;
}

const json& list_of(JsonObject& top, const char* key) {
  const json& list = top.value(key);
  if (!list.is_array()) top.refuse(key, shown_json(list) + " is no list of objects");
  if (list.size() > kMaxLines) {
    top.refuse(key, std::to_string(list.size()) + " entries; at most " + std::to_string(kMaxLines));
  }
  return list;
}

void read_lines(JsonObject& top, const std::string& name, const ProductLookup& product,
                const std::string& store, Basket& basket) {
  const json& list = list_of(top, "lines");
  std::set<std::string, std::less<>> keys;
  std::int64_t units = 0;
  for (std::size_t at = 0; at < list.size(); ++at) {
    JsonObject object(list[at], place_of(name, "lines", at, list[at]));
    Line line = read_line(object, product, store);
    if (!keys.insert(line.key).second) object.refuse("key", "stands twice; a key is of one line");
    const auto* pieces = std::get_if<Units>(&line.quantity);
    units += pieces != nullptr ? pieces->count : 1;
    if (units > kMaxBasketUnits) {
      object.refuse("units", "the basket holds more than " + std::to_string(kMaxBasketUnits) +
                                 " pieces and weighings");
    }
    basket.add(std::move(line));
  }
}

void read_overrides(JsonObject& top, const std::string& name, Basket& basket) {
  if (!top.has("overrides")) return;
  const json& list = list_of(top, "overrides");
  for (std::size_t at = 0; at < list.size(); ++at) {
    JsonObject object(list[at], place_of(name, "overrides", at, list[at]));
    const std::string key = object.text("key");
    const Line* line = basket.find(key);
    if (line == nullptr) object.refuse("key", "line \"" + key + "\" is not in the basket");
    if (line->override_price) object.refuse("key", "line \"" + key + "\" is overridden twice");
    PriceOverride price{.price = Money(object.integer("price_minor", 0, kMaxMinor)),
                        .by = object.text("by")};
    object.finish();
    basket.override_price(key, std::move(price));
  }
}

}  // namespace

BasketFile parse_basket(std::string_view text, const std::string& name,
                        const ProductLookup& product) {
  const json value = parse_strict_json(text, name);
  JsonObject top(value, name);
  BasketFile file;
  const std::string code = top.text("currency");
  try {
    file.currency = currency(code);
  } catch (const Error& error) {
    top.refuse("currency", error.what());
  }
  file.facts.store = top.text_or("store", "");
  file.facts.zones = top.texts("zones");
  file.basket.member = top.boolean_or("member", false);
  file.facts.segments = top.texts("segments");
  file.facts.coupons = top.texts("coupons");
  file.facts.accepted = top.texts("accepted");
  file.facts.refused = top.texts("refused");
  file.facts.redeem = top.texts("redeem");
  top.value("lines");
  top.has("overrides");
  top.finish();
  read_lines(top, name, product, file.facts.store, file.basket);
  read_overrides(top, name, file.basket);
  return file;
}

}  // namespace cartwright::offers
