#include "offers/offer_shapes.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "offers/category_path.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kWhole = 10'000;  // basis points
constexpr std::int64_t kMaxUnits = 10'000;
constexpr std::int64_t kMaxSum = 1000 * kMaxMinor;  // of many units

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

ProductSet read_set(JsonObject& parent, std::string_view key = "set") {
  JsonObject object = parent.object(key);
  ProductSet set{.products = sorted(object.texts("products")),
                 .categories = sorted(object.texts("categories")),
                 .not_products = sorted(object.texts("not_products"))};
  object.finish();
  if (set.products.empty() && set.categories.empty() && set.not_products.empty()) {
    parent.refuse(key,
                  "names no products; write \"products\" or \"categories\", or \"not_products\" "
                  "for every product but those");
  }
  return set;
}

int read_count(JsonObject& object, std::string_view key) {
  return static_cast<int>(object.integer(key, 1, kMaxUnits));
}
std::int64_t read_bps(JsonObject& object) {
  return object.integer("bps", 0, kWhole);
}
Money read_money(JsonObject& object, std::string_view key, std::int64_t most = kMaxMinor) {
  return Money(object.integer(key, 0, most));
}

UnitReward read_unit_reward(JsonObject& object) {
  static constexpr std::array<std::string_view, 3> kRewards = {"bps", "amount_minor",
                                                               "price_minor"};
  const std::string_view reward = object.one_of(kRewards);
  if (reward == "bps") return PercentReward{read_bps(object)};
  const Money money = read_money(object, reward);
  if (reward == "amount_minor") return AmountReward{money};
  return PriceReward{money};
}

// percent_off, amount_off, fixed_price: the kind names the reward.
template <typename Reward>
Shape read_unit_offer(JsonObject& object) {
  ProductSet set = read_set(object);
  if constexpr (std::is_same_v<Reward, PercentReward>) {
    return UnitOffer{std::move(set), PercentReward{read_bps(object)}};
  } else if constexpr (std::is_same_v<Reward, AmountReward>) {
    return UnitOffer{std::move(set), AmountReward{read_money(object, "amount_minor")}};
  } else {
    return UnitOffer{std::move(set), PriceReward{read_money(object, "price_minor")}};
  }
}

Shape read_cheapest_of(JsonObject& object) {
  static constexpr std::array<std::string_view, 2> kWhere = {"per_application", "overall"};
  CheapestOf shape;
  shape.set = read_set(object);
  shape.n = read_count(object, "n");
  shape.k = read_count(object, "k");
  if (shape.k > shape.n) {
    object.refuse("k", std::to_string(shape.k) + " is more than n, " + std::to_string(shape.n));
  }
  shape.bps = read_bps(object);
  shape.cheapest = object.word_or_first("cheapest", kWhere) == kWhere[0]
                       ? CheapestIn::per_application
                       : CheapestIn::overall;
  return shape;
}

Shape read_n_for_price(JsonObject& object) {
  ProductSet set = read_set(object);
  const int n = read_count(object, "n");
  return NForPrice{std::move(set), n, read_money(object, "price_minor")};
}

Shape read_buy_get(JsonObject& object) {
  static constexpr std::array<std::string_view, 2> kConsume = {"both", "reward"};
  JsonObject buy = object.object("buy");
  JsonObject get = object.object("get");
  BuyGet shape;
  shape.buy = read_set(buy);
  shape.n = read_count(buy, "n");
  shape.get = read_set(get);
  shape.m = read_count(get, "m");
  buy.finish();
  get.finish();
  shape.reward = read_unit_reward(object);
  shape.consume =
      object.word_or_first("consume", kConsume) == kConsume[0] ? Consume::both : Consume::reward;
  shape.lesser = object.boolean_or("lesser", false);
  return shape;
}

Shape read_meal_deal(JsonObject& object) {
  constexpr std::size_t kMaxSlots = 20;
  static constexpr std::array<std::string_view, 2> kRewards = {"price_minor", "bps"};
  MealDeal shape;
  object.value("slots");
  for (JsonObject& slot : object.objects("slots")) {
    shape.slots.push_back({read_set(slot), read_count(slot, "n")});
    slot.finish();
  }
  if (shape.slots.empty() || shape.slots.size() > kMaxSlots) {
    object.refuse("slots", std::to_string(shape.slots.size()) + " slots; write 1 to " +
                               std::to_string(kMaxSlots));
  }
  if (object.one_of(kRewards) == "bps") {
    shape.reward = PercentReward{read_bps(object)};
  } else {
    shape.reward = read_money(object, "price_minor", kMaxSum);
  }
  return shape;
}

Shape read_tiers(JsonObject& object) {
  constexpr std::size_t kMaxSteps = 100;
  static constexpr std::array<std::string_view, 2> kBy = {"quantity", "spend"};
  static constexpr std::array<std::string_view, 2> kRewards = {"bps", "amount_minor"};
  Tiers shape;
  shape.set = read_set(object);
  shape.by = object.word("by", kBy) == kBy[0] ? TierBy::quantity : TierBy::spend;
  object.value("steps");
  for (JsonObject& step : object.objects("steps")) {
    TierStep read;
    read.at = step.integer("at", 1, shape.by == TierBy::quantity ? kMaxUnits : kMaxSum);
    if (step.one_of(kRewards) == "bps") {
      read.reward = PercentReward{read_bps(step)};
    } else {
      read.reward = read_money(step, "amount_minor");
    }
    step.finish();
    if (!shape.steps.empty() && read.at <= shape.steps.back().at) {
      step.refuse("at", std::to_string(read.at) + " does not come after " +
                            std::to_string(shape.steps.back().at) + "; write the steps ascending");
    }
    shape.steps.push_back(read);
  }
  if (shape.steps.empty() || shape.steps.size() > kMaxSteps) {
    object.refuse("steps", std::to_string(shape.steps.size()) + " steps; write 1 to " +
                               std::to_string(kMaxSteps));
  }
  return shape;
}

Shape read_basket(JsonObject& object) {
  static constexpr std::array<std::string_view, 2> kBase = {"list", "net"};
  static constexpr std::array<std::string_view, 4> kRewards = {"amount_minor", "bps", "points",
                                                               "gift"};
  constexpr std::int64_t kMaxOrder = 1'000'000'000;
  BasketOffer shape;
  if (object.has("scope")) shape.scope = read_set(object, "scope");
  shape.threshold = read_money(object, "threshold_minor", kMaxSum);
  shape.base =
      object.word_or_first("base", kBase) == kBase[0] ? ThresholdBase::list : ThresholdBase::net;
  shape.order = object.integer_or("order", -kMaxOrder, kMaxOrder, 0);
  const std::string_view reward = object.one_of(kRewards);
  if (reward == "amount_minor") shape.reward = read_money(object, reward);
  if (reward == "bps") shape.reward = PercentReward{read_bps(object)};
  if (reward == "points") shape.reward = Points{object.integer(reward, 1, kMaxMinor)};
  if (reward == "gift") shape.reward = Gift{object.text(reward)};
  return shape;
}

struct Kind {
  std::string_view name;
  Shape (*read)(JsonObject&);
  bool may_be_mandatory;
};

constexpr std::array kKinds = {
    Kind{"percent_off", &read_unit_offer<PercentReward>, true},
    Kind{"amount_off", &read_unit_offer<AmountReward>, true},
    Kind{"fixed_price", &read_unit_offer<PriceReward>, true},
    Kind{"cheapest_of", &read_cheapest_of, false},
    Kind{"n_for_price", &read_n_for_price, false},
    Kind{"buy_get", &read_buy_get, false},
    Kind{"meal_deal", &read_meal_deal, false},
    Kind{"tiers", &read_tiers, false},
    Kind{"basket", &read_basket, true},
};

constexpr auto kNames = [] {
  std::array<std::string_view, kKinds.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kKinds[i].name;
  return names;
}();

const Kind& kind_called(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  return kKinds[static_cast<std::size_t>(found - kNames.begin())];
}

struct SetsOf {
  std::vector<const ProductSet*> operator()(const UnitOffer& o) const { return {&o.set}; }
  std::vector<const ProductSet*> operator()(const CheapestOf& o) const { return {&o.set}; }
  std::vector<const ProductSet*> operator()(const NForPrice& o) const { return {&o.set}; }
  std::vector<const ProductSet*> operator()(const BuyGet& o) const { return {&o.buy, &o.get}; }
  std::vector<const ProductSet*> operator()(const Tiers& o) const { return {&o.set}; }
  std::vector<const ProductSet*> operator()(const BasketOffer& o) const {
    return {o.scope ? &*o.scope : nullptr};
  }
  std::vector<const ProductSet*> operator()(const MealDeal& o) const {
    std::vector<const ProductSet*> sets;
    for (const Slot& slot : o.slots) sets.push_back(&slot.set);
    return sets;
  }
};

}  // namespace

std::span<const std::string_view> kinds() {
  return kNames;
}

bool may_be_mandatory(std::string_view kind) {
  return kind_called(kind).may_be_mandatory;
}

Shape read_shape(std::string_view kind, JsonObject& object) {
  return kind_called(kind).read(object);
}

std::vector<const ProductSet*> sets_of(const Shape& shape) {
  return std::visit(SetsOf{}, shape);
}

std::size_t count_of_sets(const Shape& shape) {
  if (const auto* deal = std::get_if<MealDeal>(&shape)) return deal->slots.size();
  return std::holds_alternative<BuyGet>(shape) ? 2 : 1;
}

bool holds(const ProductSet& set, const Product& product) {
  const auto has = [](const std::vector<std::string>& names, const std::string& name) {
    return std::binary_search(names.begin(), names.end(), name);
  };
  if (has(set.not_products, product.id)) return false;
  if (set.products.empty() && set.categories.empty()) return true;
  const auto is_below_one = [&](const std::string& category) {
    return std::any_of(set.categories.begin(), set.categories.end(),
                       [&](const std::string& above) { return is_within(category, above); });
  };
  return has(set.products, product.id) ||
         std::any_of(product.categories.begin(), product.categories.end(), is_below_one);
}

}  // namespace cartwright::offers
