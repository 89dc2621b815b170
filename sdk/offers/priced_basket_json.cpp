#include "offers/priced_basket_json.hpp"

#include <nlohmann/json.hpp>

#include "offers/quantity_json.hpp"

namespace cartwright::offers {
namespace {

using Json = nlohmann::ordered_json;

Json share_json(const LineShare& share) {
  Json json;
  json["offer"] = share.offer;
  json["application"] = share.application;
  json["role"] = share.role == Role::qualify ? "qualify" : "reward";
  json["units"] = share.units;
  json["minor"] = share.amount.minor();
  json["funder"] = Json::object();
  for (const FunderShare& part : share.funders) json["funder"][part.funder] = part.minor;
  return json;
}

Json line_json(const LineTotal& line, const std::vector<LineShare>& shares) {
  Json json;
  json["key"] = line.key;
  json["product"] = line.product;
  add_quantity(json, line.quantity);
  json["list_minor"] = line.list.minor();
  json["net_minor"] = line.net.minor();
  json["shares"] = Json::array();
  for (const LineShare& share : shares) json["shares"].push_back(share_json(share));
  return json;
}

Json applied_json(const AppliedOffer& applied) {
  Json json;
  json["offer"] = applied.offer;
  json["applications"] = applied.applications;
  json["discount_minor"] = applied.discount.minor();
  if (applied.points > 0) json["points"] = applied.points;
  return json;
}

Json nudge_json(const Nudge& nudge) {
  Json json;
  json["offer"] = nudge.offer;
  json["need"] = Json::array();
  for (const Nudge::Need& need : nudge.need) {
    json["need"].push_back({{"product", need.product}, {"units", need.units}});
  }
  json["saves_minor"] = nudge.saves.minor();
  return json;
}

}  // namespace

std::string to_json(const PricedBasket& priced, const Currency& currency) {
  Json json;
  json["currency"] = currency.code;
  json["list_minor"] = priced.totals.list.minor();
  json["goods_minor"] = priced.totals.goods.minor();
  json["deposit_minor"] = priced.totals.deposit.minor();
  json["tax_minor"] = priced.totals.tax.minor();
  json["rounding_minor"] = priced.totals.rounding.minor();
  json["total_minor"] = priced.totals.total.minor();
  json["provisional_minor"] = priced.provisional.minor();
  json["proven_best"] = priced.proven_best;
  json["bound_minor"] = priced.bound.minor();
  json["states"] = priced.states;
  json["lines"] = Json::array();
  for (std::size_t i = 0; i < priced.totals.lines.size(); ++i) {
    json["lines"].push_back(line_json(priced.totals.lines[i], priced.shares[i]));
  }
  json["applied"] = Json::array();
  for (const AppliedOffer& applied : priced.applied)
    json["applied"].push_back(applied_json(applied));
  json["declined"] = Json::array();
  for (const DeclinedOffer& declined : priced.declined) {
    json["declined"].push_back({{"offer", declined.offer}, {"why", declined.why}});
  }
  json["nudges"] = Json::array();
  for (const Nudge& nudge : priced.nudges) json["nudges"].push_back(nudge_json(nudge));
  return json.dump();
}

}  // namespace cartwright::offers
