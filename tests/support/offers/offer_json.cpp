#include "support/offers/offer_json.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;
using Json = nlohmann::ordered_json;

Json set_json(const ProductSet& set) {
  Json json = Json::object();
  if (!set.products.empty()) json["products"] = set.products;
  if (!set.categories.empty()) json["categories"] = set.categories;
  if (!set.not_products.empty()) json["not_products"] = set.not_products;
  return json;
}

void put(Json& json, const PercentReward& reward) {
  json["bps"] = reward.bps;
}
void put(Json& json, const AmountReward& reward) {
  json["amount_minor"] = reward.off.minor();
}
void put(Json& json, const PriceReward& reward) {
  json["price_minor"] = reward.price.minor();
}

struct Fields {
  Json& json;

  void operator()(const UnitOffer& shape) const {
    json["set"] = set_json(shape.set);
    std::visit([&](const auto& reward) { put(json, reward); }, shape.reward);
  }
  void operator()(const CheapestOf& shape) const {
    json["set"] = set_json(shape.set);
    json["n"] = shape.n;
    json["k"] = shape.k;
    json["bps"] = shape.bps;
    json["cheapest"] = shape.cheapest == CheapestIn::overall ? "overall" : "per_application";
  }
  void operator()(const NForPrice& shape) const {
    json["set"] = set_json(shape.set);
    json["n"] = shape.n;
    json["price_minor"] = shape.price.minor();
  }
  void operator()(const BuyGet& shape) const {
    json["buy"] = {{"set", set_json(shape.buy)}, {"n", shape.n}};
    json["get"] = {{"set", set_json(shape.get)}, {"m", shape.m}};
    std::visit([&](const auto& reward) { put(json, reward); }, shape.reward);
    json["consume"] = shape.consume == Consume::reward ? "reward" : "both";
    json["lesser"] = shape.lesser;
  }
  void operator()(const MealDeal& shape) const {
    json["slots"] = Json::array();
    for (const Slot& slot : shape.slots) {
      json["slots"].push_back({{"set", set_json(slot.set)}, {"n", slot.n}});
    }
    if (const auto* price = std::get_if<Money>(&shape.reward)) {
      json["price_minor"] = price->minor();
    } else {
      put(json, std::get<PercentReward>(shape.reward));
    }
  }
  void operator()(const Tiers& shape) const {
    json["set"] = set_json(shape.set);
    json["by"] = shape.by == TierBy::quantity ? "quantity" : "spend";
    json["steps"] = Json::array();
    for (const TierStep& step : shape.steps) {
      Json one{{"at", step.at}};
      if (const auto* amount = std::get_if<Money>(&step.reward)) {
        one["amount_minor"] = amount->minor();
      } else {
        put(one, std::get<PercentReward>(step.reward));
      }
      json["steps"].push_back(one);
    }
  }
  void operator()(const BasketOffer& shape) const {
    if (shape.scope) json["scope"] = set_json(*shape.scope);
    json["threshold_minor"] = shape.threshold.minor();
    json["base"] = shape.base == ThresholdBase::net ? "net" : "list";
    json["order"] = shape.order;
    if (const auto* amount = std::get_if<Money>(&shape.reward)) {
      json["amount_minor"] = amount->minor();
    } else if (const auto* percent = std::get_if<PercentReward>(&shape.reward)) {
      put(json, *percent);
    } else if (const auto* points = std::get_if<Points>(&shape.reward)) {
      json["points"] = points->count;
    } else {
      json["gift"] = std::get<Gift>(shape.reward).product;
    }
  }
};

}  // namespace

Json offer_json(const Offer& offer) {
  Json json;
  json["id"] = offer.id;
  json["kind"] = offer.kind;
  if (!offer.name.empty()) json["name"] = offer.name;
  if (offer.priority != 0) json["priority"] = offer.priority;
  if (!offer.exclusive) json["exclusive"] = false;
  if (!offer.group.empty()) json["group"] = offer.group;
  if (offer.mandatory) json["mandatory"] = true;
  if (offer.limit) json["limit"] = *offer.limit;
  if (!offer.coupon.empty()) json["coupon"] = offer.coupon;
  std::visit(Fields{json}, offer.shape);
  return json;
}

}  // namespace cartwright::judge
