#include "support/offers/random_offer.hpp"

#include <algorithm>

namespace cartwright::judge {
namespace {

using namespace offers;

UnitReward unit_reward(Dice& dice, std::int64_t most_price) {
  switch (dice.below(3)) {
    case 0:
      return PercentReward{random_rate(dice)};
    case 1:
      return AmountReward{Money(dice.below(most_price / 2 + 1))};
    default:
      return PriceReward{Money(dice.below(most_price / 2 + 1))};
  }
}

int few(Dice& dice) {
  return static_cast<int>(dice.between(1, dice.one_in(4) ? 3 : 2));
}

MealDeal meal_deal(Dice& dice, const std::function<ProductSet()>& next_set,
                   std::int64_t most_price) {
  MealDeal deal;
  for (std::int64_t i = dice.between(1, 3); i > 0; --i) {
    deal.slots.push_back({.set = next_set(), .n = dice.one_in(4) ? 2 : 1});
  }
  if (dice.one_in(3)) {
    deal.reward = PercentReward{random_rate(dice)};
  } else {
    deal.reward = Money(dice.below(most_price));
  }
  return deal;
}

Tiers tiers(Dice& dice, const std::function<ProductSet()>& next_set, std::int64_t most_price) {
  Tiers tiers{
      .set = next_set(), .by = dice.one_in(2) ? TierBy::quantity : TierBy::spend, .steps = {}};
  std::int64_t at = 0;
  const bool amounts = dice.one_in(2);
  for (std::int64_t i = dice.between(1, 3); i > 0; --i) {
    at += tiers.by == TierBy::quantity ? dice.between(1, 2) : dice.between(1, most_price);
    TierStep step{.at = at, .reward = PercentReward{random_rate(dice)}};
    if (amounts != dice.one_in(5)) step.reward = Money(dice.below(most_price));
    tiers.steps.push_back(step);
  }
  return tiers;
}

}  // namespace

std::int64_t random_rate(Dice& dice) {
  switch (dice.below(5)) {
    case 0:
      return 10'000;
    case 1:
      return 5'000;
    case 2:
      return 2'500;
    case 3:
      return 100 * dice.between(1, 60);
    default:
      return dice.below(10'001);
  }
}

Shape random_item_shape(Dice& dice, const std::function<ProductSet()>& next_set,
                        std::int64_t most_price) {
  switch (dice.below(8)) {
    case 0:
    case 1:
      return UnitOffer{.set = next_set(), .reward = unit_reward(dice, most_price)};
    case 2:
    case 3: {
      CheapestOf shape{.set = next_set()};
      shape.n = static_cast<int>(dice.between(2, 4));
      shape.k = static_cast<int>(dice.one_in(6) ? shape.n : dice.between(1, shape.n - 1));
      shape.bps = dice.one_in(2) ? 10'000 : random_rate(dice);
      shape.cheapest = dice.one_in(2) ? CheapestIn::overall : CheapestIn::per_application;
      return shape;
    }
    case 4:
      return NForPrice{.set = next_set(),
                       .n = static_cast<int>(dice.between(1, 4)),
                       .price = Money(dice.below(most_price * 3 / 2))};
    case 5: {
      BuyGet shape;
      shape.buy = next_set();
      shape.n = few(dice);
      shape.get = next_set();
      shape.m = few(dice);
      shape.reward = unit_reward(dice, most_price);
      shape.consume = dice.one_in(3) ? Consume::reward : Consume::both;
      shape.lesser = dice.one_in(2);
      return shape;
    }
    case 6:
      return meal_deal(dice, next_set, most_price);
    default:
      return tiers(dice, next_set, most_price);
  }
}

std::string kind_of(const Shape& shape) {
  if (const auto* unit = std::get_if<UnitOffer>(&shape)) {
    if (std::holds_alternative<PercentReward>(unit->reward)) return "percent_off";
    return std::holds_alternative<AmountReward>(unit->reward) ? "amount_off" : "fixed_price";
  }
  if (std::holds_alternative<CheapestOf>(shape)) return "cheapest_of";
  if (std::holds_alternative<NForPrice>(shape)) return "n_for_price";
  if (std::holds_alternative<BuyGet>(shape)) return "buy_get";
  if (std::holds_alternative<MealDeal>(shape)) return "meal_deal";
  return std::holds_alternative<Tiers>(shape) ? "tiers" : "basket";
}

}  // namespace cartwright::judge
