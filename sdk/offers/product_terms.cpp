#include "offers/product_terms.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>

#include "base/json_object.hpp"
#include "base/rfc3339.hpp"

namespace cartwright::offers {
namespace {

using nlohmann::ordered_json;

// In the order of NetContent::Unit.
constexpr std::array<std::string_view, 4> kUnits = {"g", "ml", "cm", "piece"};
// In the order of BestBefore::Past.
constexpr std::array<std::string_view, 3> kPast = {"warn", "refuse", "sell"};
// What becomes of goods whose code does not tell what a recall goes by.
constexpr std::array<std::string_view, 2> kUntold = {"refuse", "sell"};

gs1::Date read_day(JsonObject& object, std::string_view key) {
  const std::string text = object.text(key);
  if (const auto day = gs1::date_of_text(text)) return *day;
  object.refuse(key, "\"" + text + "\" is no day; write it as \"2026-11-23\"");
}

Pack read_pack(JsonObject& object, const Product& product) {
  constexpr std::int64_t kMostUnits = 10'000;
  const std::string digits = object.text("gtin");
  const auto gtin = gs1::Gtin14::parse(digits);
  if (!gtin) {
    object.refuse("gtin", "\"" + digits +
                              "\" is no GTIN; 8, 12, 13 or 14 digits with a right check digit are "
                              "expected");
  }
  const Pack pack{*gtin, object.integer("units", 2, kMostUnits)};
  object.finish();
  if (product.sold_by != SoldBy::piece) {
    object.refuse("units", "\"" + product.id + "\" is sold by weight; a pack counts pieces");
  }
  return pack;
}

PriceRow read_price(JsonObject& object) {
  PriceRow row;
  row.store = object.text_or("store", "");
  const std::string from = object.text("from");
  const auto moment = parse_rfc3339(from);
  if (!moment) {
    object.refuse("from", "\"" + from +
                              "\" is no time with offset of RFC 3339, such as "
                              "\"2026-11-23T06:00:00+01:00\"");
  }
  row.from = moment->seconds;
  row.price = Money(object.integer("price_minor", 0, kMaxMinor));
  if (object.has("member_price_minor")) {
    row.member_price = Money(object.integer("member_price_minor", 0, kMaxMinor));
  }
  object.finish();
  return row;
}

ordered_json json_of(const PriceRow& row) {
  ordered_json object = ordered_json::object();
  if (!row.store.empty()) object["store"] = row.store;
  object["from"] = format_rfc3339({.seconds = row.from});
  object["price_minor"] = row.price.minor();
  if (row.member_price) object["member_price_minor"] = row.member_price->minor();
  return object;
}

void read_packs(JsonObject& row, Product& product) {
  for (JsonObject& pack : row.objects("packs")) product.packs.push_back(read_pack(pack, product));
  std::sort(product.packs.begin(), product.packs.end(),
            [](const Pack& a, const Pack& b) { return a.gtin < b.gtin; });
}

void read_prices(JsonObject& row, Product& product) {
  for (JsonObject& price : row.objects("prices")) product.prices.push_back(read_price(price));
  const auto key = [](const PriceRow& price) { return std::tie(price.store, price.from); };
  std::sort(product.prices.begin(), product.prices.end(),
            [&](const PriceRow& a, const PriceRow& b) { return key(a) < key(b); });
  const auto twice =
      std::adjacent_find(product.prices.begin(), product.prices.end(),
                         [&](const PriceRow& a, const PriceRow& b) { return key(a) == key(b); });
  if (twice == product.prices.end()) return;
  row.refuse("prices", "two prices begin at " + format_rfc3339({.seconds = twice->from}) +
                           (twice->store.empty() ? "" : " in store " + twice->store));
}

NetContent read_content(JsonObject object) {
  NetContent content;
  content.amount = object.integer("amount", 1, 1'000'000'000);
  const std::string_view known = object.word("unit", kUnits);
  content.unit = static_cast<NetContent::Unit>(std::find(kUnits.begin(), kUnits.end(), known) -
                                               kUnits.begin());
  object.finish();
  return content;
}

Recall read_recall(JsonObject& object) {
  Recall recall;
  recall.id = object.text("id");
  recall.reason = object.text_or("reason", "");
  recall.batches = object.texts("batches");
  std::sort(recall.batches.begin(), recall.batches.end());
  recall.batches.erase(std::unique(recall.batches.begin(), recall.batches.end()),
                       recall.batches.end());
  if (object.has("serials")) {
    JsonObject range = object.object("serials");
    recall.serials = {range.text("from"), range.text("to")};
    range.finish();
  }
  if (object.has("best_before")) {
    JsonObject range = object.object("best_before");
    recall.best_before = {read_day(range, "from"), read_day(range, "to")};
    range.finish();
    if (recall.best_before->last < recall.best_before->first) {
      object.refuse("best_before", "its days end before they begin");
    }
  }
  recall.sells_untold = object.word_or_first("untold", kUntold) == kUntold[1];
  object.finish();
  return recall;
}

ordered_json json_of(const Recall& recall) {
  ordered_json object = {{"id", recall.id}};
  if (!recall.reason.empty()) object["reason"] = recall.reason;
  if (!recall.batches.empty()) object["batches"] = recall.batches;
  if (recall.serials) {
    object["serials"] = {{"from", recall.serials->first}, {"to", recall.serials->last}};
  }
  if (recall.best_before) {
    object["best_before"] = {{"from", recall.best_before->first.text()},
                             {"to", recall.best_before->last.text()}};
  }
  if (recall.sells_untold) object["untold"] = kUntold[1];
  return object;
}

BestBefore read_best_before(JsonObject object) {
  constexpr std::int64_t kMostDays = 3650;
  constexpr std::int64_t kWhole = 10'000;  // basis points
  BestBefore rule;
  const std::string_view past = object.word_or_first("past", kPast);
  rule.past =
      static_cast<BestBefore::Past>(std::find(kPast.begin(), kPast.end(), past) - kPast.begin());
  rule.markdown_bps = object.integer_or("markdown_bps", 1, kWhole, 0);
  rule.markdown_days = static_cast<int>(object.integer_or("markdown_days", 0, kMostDays, 0));
  object.finish();
  if (rule.markdown_days > 0 && rule.markdown_bps == 0) {
    object.refuse("markdown_days", "stands without markdown_bps, the rate that comes off");
  }
  return rule;
}

ordered_json json_of(const BestBefore& rule) {
  ordered_json object = {{"past", kPast[static_cast<std::size_t>(rule.past)]}};
  if (rule.markdown_bps > 0) {
    object["markdown_days"] = rule.markdown_days;
    object["markdown_bps"] = rule.markdown_bps;
  }
  return object;
}

}  // namespace

void read_terms(const nlohmann::json& row, const char* what, Product& product) {
  JsonObject object(row, what);
  read_packs(object, product);
  read_prices(object, product);
  if (object.has("lowest_30_days_minor")) {
    product.lowest_30_days = Money(object.integer("lowest_30_days_minor", 0, kMaxMinor));
  }
  if (object.has("content")) product.content = read_content(object.object("content"));
  for (JsonObject& recall : object.objects("recalls")) {
    product.recalls.push_back(read_recall(recall));
  }
  if (object.has("best_before")) {
    product.best_before = read_best_before(object.object("best_before"));
  }
}

void write_terms(const Product& product, ordered_json& row) {
  for (const Pack& pack : product.packs) {
    row["packs"].push_back({{"gtin", pack.gtin.text()}, {"units", pack.units}});
  }
  for (const PriceRow& price : product.prices) row["prices"].push_back(json_of(price));
  if (product.lowest_30_days) row["lowest_30_days_minor"] = product.lowest_30_days->minor();
  if (product.content) {
    row["content"] = {{"amount", product.content->amount}, {"unit", name(product.content->unit)}};
  }
  for (const Recall& recall : product.recalls) row["recalls"].push_back(json_of(recall));
  if (product.best_before != BestBefore()) row["best_before"] = json_of(product.best_before);
}

}  // namespace cartwright::offers
