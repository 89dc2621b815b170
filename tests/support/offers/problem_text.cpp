#include <algorithm>

#include "support/offers/random_problem.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

std::string number(std::int64_t value) {
  return std::to_string(value);
}

std::string reward_text(const UnitReward& reward) {
  if (const auto* percent = std::get_if<PercentReward>(&reward)) return number(percent->bps) + "bp";
  if (const auto* amount = std::get_if<AmountReward>(&reward)) {
    return "-" + number(amount->off.minor());
  }
  return "=" + number(std::get<PriceReward>(reward).price.minor());
}

std::string price_or_rate(const std::variant<Money, PercentReward>& reward) {
  const auto* price = std::get_if<Money>(&reward);
  return price != nullptr ? "=" + number(price->minor())
                          : number(std::get<PercentReward>(reward).bps) + "bp";
}

struct Details {
  std::string operator()(const UnitOffer& shape) const { return reward_text(shape.reward); }
  std::string operator()(const CheapestOf& shape) const {
    return "n " + number(shape.n) + " k " + number(shape.k) + " " + number(shape.bps) + "bp" +
           (shape.cheapest == CheapestIn::overall ? " overall" : "");
  }
  std::string operator()(const NForPrice& shape) const {
    return number(shape.n) + " =" + number(shape.price.minor());
  }
  std::string operator()(const BuyGet& shape) const {
    return "n " + number(shape.n) + " m " + number(shape.m) + " " + reward_text(shape.reward) +
           (shape.consume == Consume::reward ? " consume reward" : "") +
           (shape.lesser ? " lesser" : "");
  }
  std::string operator()(const MealDeal& shape) const {
    std::string text = price_or_rate(shape.reward);
    for (const Slot& slot : shape.slots) text += " slot of " + number(slot.n);
    return text;
  }
  std::string operator()(const Tiers& shape) const {
    std::string text = shape.by == TierBy::quantity ? "quantity" : "spend";
    for (const TierStep& step : shape.steps) {
      const auto* once = std::get_if<Money>(&step.reward);
      text += " " + number(step.at) + ":" +
              (once != nullptr ? "-" + number(once->minor())
                               : number(std::get<PercentReward>(step.reward).bps) + "bp");
    }
    return text;
  }
  std::string operator()(const BasketOffer& shape) const {
    std::string text = "from " + number(shape.threshold.minor()) +
                       (shape.base == ThresholdBase::net ? " net" : " list") + " order " +
                       number(shape.order);
    if (const auto* amount = std::get_if<Money>(&shape.reward)) {
      return text + " -" + number(amount->minor());
    }
    const auto* percent = std::get_if<PercentReward>(&shape.reward);
    return text + (percent != nullptr ? " " + number(percent->bps) + "bp" : " nothing");
  }
};

std::string units_text(std::span<const UnitIndex> units) {
  std::string text = " {";
  for (const UnitIndex unit : units) text += (text.size() > 2 ? " " : "") + number(unit);
  return text + "}";
}

template <typename AnyCandidate>
std::string head(const AnyCandidate& candidate) {
  const Offer& offer = *candidate.offer;
  std::string text = offer.id + " " + offer.kind + " priority " + number(offer.priority);
  if (!offer.exclusive) text += " stackable";
  if (offer.mandatory) text += " mandatory";
  if (offer.limit) text += " limit " + number(*offer.limit);
  if (candidate.group) text += " group " + number(*candidate.group);
  if (candidate.coupon) text += " coupon " + number(*candidate.coupon);
  return text + " " + std::visit(Details{}, offer.shape);
}

}  // namespace

std::string text(const Problem& problem) {
  std::string text = "units (line/rank product base):";
  for (std::size_t i = 0; i < problem.units.size(); ++i) {
    const Unit& unit = problem.units[i];
    text += " " + number(static_cast<std::int64_t>(i)) + "=(" + number(unit.line) + "/" +
            number(unit.rank) + " p" + number(unit.product) + " " + number(unit.base) + ")";
  }
  text += "\ncoupons:";
  for (const std::int64_t count : problem.coupons) text += " " + number(count);
  for (const Candidate& candidate : problem.items) {
    text += "\n" + head(candidate);
    for (const auto& set : candidate.sets) text += units_text(set);
  }
  for (const BasketCandidate& candidate : problem.baskets) {
    text += "\n" + head(candidate) + units_text(candidate.scope);
  }
  return text + "\n";
}

}  // namespace cartwright::judge
