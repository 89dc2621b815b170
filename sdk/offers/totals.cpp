#include "offers/totals.hpp"

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "offers/category_path.hpp"
#include "offers/quantity_json.hpp"
#include "offers/rounding.hpp"

namespace cartwright::offers {
namespace {

// One weighing counts as one unit.
std::int64_t units_of(const Quantity& quantity) {
  const auto* units = std::get_if<Units>(&quantity);
  return units != nullptr ? units->count : 1;
}

LineTotal undiscounted(const Line& line, bool member) {
  const Money price = unit_price(line, member);
  const Money list = amount_of(price, line.product->sold_by, line.quantity);
  return {.key = line.key,
          .product = line.product->id,
          .quantity = line.quantity,
          .price = price,
          .list = list,
          .net = list,
          .taxed = list,
          .deposit = line.product->deposit * units_of(line.quantity)};
}

// Looks for the line from `at` on, where the one before was found: discounts mostly come by line.
void take_off(std::vector<LineTotal>& lines, const Discount& discount, std::size_t& at) {
  for (std::size_t i = 0; i < lines.size(); ++i, at = at + 1 < lines.size() ? at + 1 : 0) {
    LineTotal& line = lines[at];
    if (line.key != discount.key) continue;
    if (discount.amount <= Money(0) || discount.amount > line.net) {
      throw Error(ErrorKind::invalid_input, "offer " + discount.offer + " takes " +
                                                std::to_string(discount.amount.minor()) +
                                                " off line " + line.key + ", of which " +
                                                std::to_string(line.net.minor()) + " is left");
    }
    line.net -= discount.amount;
    if (!discount.keeps_tax_base) line.taxed -= discount.amount;
    return;
  }
  throw Error(ErrorKind::invalid_input, "offer " + discount.offer + " takes from line " +
                                            discount.key + ", which is not in the basket");
}

// The class that the store sets for the product: its own, else the nearest above it.
const std::pair<const std::string, TaxRate>& class_of(const Product& product,
                                                      const PriceRules& rules) {
  for (std::string_view path = product.tax; !path.empty(); path = parent_of(path)) {
    const auto found = rules.taxes.find(path);
    if (found != rules.taxes.end()) return *found;
  }
  std::vector<std::string_view> names;
  for (const auto& [known, rate] : rules.taxes) names.push_back(known);
  throw Error(ErrorKind::invalid_input, "product " + product.id + " has tax class \"" +
                                            product.tax + "\", which the store does not set" +
                                            did_you_mean(product.tax, names));
}

Money tax_of(Money taxed, const TaxRate& rate, const PriceRules& rules) {
  return rate.placement == TaxPlacement::included ? tax_within(taxed, rate.bps, rules.tax_halves)
                                                  : tax_on(taxed, rate.bps, rules.tax_halves);
}

std::vector<TaxTotal> taxes_of(const Basket& basket, const PriceRules& rules,
                               const std::vector<LineTotal>& lines) {
  std::map<std::string, TaxTotal> by_class;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Product& product = *basket.lines()[i].product;
    const auto& [tax_class, rate] = class_of(product, rules);
    TaxTotal& tax = by_class[tax_class];
    tax.rate = rate;
    tax.base += lines[i].taxed;
    if (rules.tax_per == TaxPer::line) tax.tax_amount += tax_of(lines[i].taxed, tax.rate, rules);
  }
  std::vector<TaxTotal> taxes;
  for (auto& [tax_class, tax] : by_class) {
    tax.tax = tax_class;
    if (rules.tax_per == TaxPer::total) tax.tax_amount = tax_of(tax.base, tax.rate, rules);
    taxes.push_back(tax);
  }
  return taxes;
}

nlohmann::ordered_json line_json(const LineTotal& line) {
  nlohmann::ordered_json json;
  json["key"] = line.key;
  json["product"] = line.product;
  add_quantity(json, line.quantity);
  json["price_minor"] = line.price.minor();
  json["list_minor"] = line.list.minor();
  json["net_minor"] = line.net.minor();
  json["deposit_minor"] = line.deposit.minor();
  return json;
}

nlohmann::ordered_json tax_json(const TaxTotal& tax) {
  nlohmann::ordered_json json;
  json["tax"] = tax.tax;
  json["bps"] = tax.rate.bps;
  json["placement"] = tax.rate.placement == TaxPlacement::included ? "included" : "on_top";
  json["base_minor"] = tax.base.minor();
  json["tax_minor"] = tax.tax_amount.minor();
  return json;
}

}  // namespace

Totals totals(const Basket& basket, const PriceRules& rules, std::span<const Discount> discounts) {
  Totals result;
  result.lines.reserve(basket.lines().size());
  for (const Line& line : basket.lines()) result.lines.push_back(undiscounted(line, basket.member));
  std::size_t at = 0;
  for (const Discount& discount : discounts) take_off(result.lines, discount, at);
  for (const LineTotal& line : result.lines) {
    result.list += line.list;
    result.goods += line.net;
    result.deposit += line.deposit;
  }
  result.taxes = taxes_of(basket, rules, result.lines);
  for (const TaxTotal& tax : result.taxes) {
    result.tax += tax.tax_amount;
    if (tax.rate.placement == TaxPlacement::on_top) result.tax_on_top += tax.tax_amount;
  }
  const Money exact = result.goods + result.deposit + result.tax_on_top;
  result.rounding = rounding_to(exact, rules.round_total_to);
  result.total = exact + result.rounding;
  return result;
}

std::string to_json(const Totals& totals, const Currency& currency) {
  nlohmann::ordered_json json;
  json["currency"] = currency.code;
  json["list_minor"] = totals.list.minor();
  json["goods_minor"] = totals.goods.minor();
  json["deposit_minor"] = totals.deposit.minor();
  json["tax_minor"] = totals.tax.minor();
  json["rounding_minor"] = totals.rounding.minor();
  json["total_minor"] = totals.total.minor();
  json["lines"] = nlohmann::ordered_json::array();
  for (const LineTotal& line : totals.lines) json["lines"].push_back(line_json(line));
  json["taxes"] = nlohmann::ordered_json::array();
  for (const TaxTotal& tax : totals.taxes) json["taxes"].push_back(tax_json(tax));
  return json.dump();
}

}  // namespace cartwright::offers
