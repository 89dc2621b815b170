#include "support/offers/real_baskets.hpp"

#include <algorithm>
#include <map>

#include "support/offers/random_offer.hpp"
#include "support/offers/real_data.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

// What the purchases of a product, a type or a category come to.
struct Sales {
  std::int64_t lines = 0;
  std::int64_t units = 0;
  std::int64_t shelf = 0;
  std::int64_t paid = 0;
  std::int64_t lowest = 0;  // a piece

  void add(const RealLine& line) {
    const std::int64_t piece = line.paid / line.units;
    lowest = lines == 0 ? piece : std::min(lowest, piece);
    ++lines;
    units += line.units;
    shelf += line.shelf * line.units;
    paid += line.paid;
  }
  std::int64_t average() const { return shelf / units; }
};

class Maker {
 public:
  explicit Maker(const RealData& data) : data_(data), rows_(read_rows(data.folder)) {}

  Shop make() {
    products();
    fixed_prices();
    coupons();
    categories();
    bundles();
    meal_deals();
    thresholds();
    auto& offers = shop_.offers;
    if (offers.size() > data_.most_offers) offers.resize(data_.most_offers);
    std::sort(offers.begin(), offers.end(),
              [](const auto& a, const auto& b) { return a->id < b->id; });
    baskets();
    return std::move(shop_);
  }

 private:
  void products() {
    for (const RealLine& line : rows_.lines) {
      const auto [at, fresh] = place_.try_emplace(line.product, shop_.products.size());
      const RealProduct& its = rows_.products[line.product];
      if (fresh) {
        shop_.products.push_back(
            {.id = line.product,
             .gtin = demonstration_number(static_cast<std::int64_t>(at->second) + 1),
             .name = its.type.empty() ? line.product : its.type,
             .price = 0,
             .categories = {}});
        for (const std::string& category : {its.department, its.category, its.type}) {
          auto& all = shop_.products.back().categories;
          if (category.empty() || category == "NA") continue;
          if (std::find(all.begin(), all.end(), category) == all.end()) all.push_back(category);
        }
      }
      shop_.products[at->second].price = line.shelf;
      by_product_[line.product].add(line);
      if (!its.category.empty() && its.category != "NA") by_category_[its.category].add(line);
      if (!its.type.empty() && its.type != "NA") by_type_[its.type].add(line);
    }
  }

  // Ids carry a letter for what they were made from, and numbers of equal length.
  Offer& offer(char letter, Shape shape) {
    std::string number = std::to_string(shop_.offers.size());
    Offer& made = *shop_.offers.emplace_back(std::make_unique<Offer>());
    made.id = letter + std::string(6 - number.size(), '0') + number;
    made.shape = std::move(shape);
    made.kind = kind_of(made.shape);
    made.priority = static_cast<std::int64_t>(shop_.offers.size() % 7);
    return made;
  }

  void coupons() {
    for (std::size_t i = 0; i < rows_.coupons.size(); ++i) {
      const RealCoupon& coupon = rows_.coupons[i];
      ProductSet set;
      Sales sales;
      for (const std::string& product : coupon.products) {
        const auto at = by_product_.find(product);
        if (at == by_product_.end()) continue;
        set.products.push_back(product);
        sales.units += at->second.units;
        sales.shelf += at->second.shelf;
      }
      if (set.products.empty()) continue;
      Offer& made = offer('c', coupon_shape(i, set, sales.average()));
      if (coupon.campaign_type == "Type A") {
        made.coupon = coupon.id;
      } else if (i % 3 == 0) {
        made.limit = 2;
      }
    }
  }

  static Shape coupon_shape(std::size_t i, const ProductSet& set, std::int64_t average) {
    switch (i % 7) {
      case 0:
        return UnitOffer{.set = set,
                         .reward = AmountReward{Money(std::max(average / 5, std::int64_t{10}))}};
      case 1:
        return NForPrice{.set = set, .n = 2, .price = Money(average * 17 / 10)};
      case 2:
        return BuyGet{.buy = set,
                      .n = 1,
                      .get = set,
                      .m = 1,
                      .reward = PercentReward{10'000},
                      .lesser = true};
      case 3:
        return UnitOffer{.set = set, .reward = PercentReward{2'000}};
      case 4:
        return CheapestOf{.set = set, .n = 3, .k = 1, .bps = 10'000};
      case 5:
        return Tiers{.set = set,
                     .by = TierBy::quantity,
                     .steps = {{2, PercentReward{500}}, {4, PercentReward{1'500}}}};
      default:
        return CheapestOf{
            .set = set, .n = 2, .k = 1, .bps = 5'000, .cheapest = CheapestIn::overall};
    }
  }

  void fixed_prices() {
    for (const auto& [product, sales] : by_product_) {
      const std::int64_t price = shop_.products[place_[product]].price;
      if (sales.lines < 2 || sales.lowest <= 0 || sales.lowest >= price) continue;
      ProductSet set;
      set.products = {product};
      offer('p', UnitOffer{.set = set, .reward = PriceReward{Money(sales.lowest)}});
      if (shop_.offers.size() > data_.most_offers / 2) return;
    }
  }

  static ProductSet category(const std::string& name) {
    ProductSet set;
    set.categories = {name};
    return set;
  }

  void categories() {
    std::size_t i = 0;
    for (const auto& [name, sales] : by_category_) {
      const std::int64_t bps = (sales.shelf - sales.paid) * 100 / sales.shelf * 100;
      if (bps < 100) continue;
      Offer& made = offer('r', UnitOffer{.set = category(name), .reward = PercentReward{bps}});
      made.exclusive = ++i % 10 != 0;
    }
  }

  void bundles() {
    std::size_t i = 0;
    for (const auto& [name, sales] : by_type_) {
      if (sales.lines < 20 || sales.units * 10 < sales.lines * 14) continue;
      const int n = 2 + static_cast<int>(++i % 4);
      offer('n',
            NForPrice{.set = category(name), .n = n, .price = Money(sales.average() * n * 8 / 10)});
    }
  }

  void meal_deals() {
    std::vector<std::pair<std::int64_t, std::string>> most;
    for (const auto& [name, sales] : by_category_) most.emplace_back(-sales.lines, name);
    std::sort(most.begin(), most.end());
    for (std::size_t i = 0; i + 13 < std::min<std::size_t>(most.size(), 60); ++i) {
      MealDeal deal;
      std::int64_t sum = 0;
      for (const std::size_t slot : {i, i + 5, i + 13}) {
        deal.slots.push_back({.set = category(most[slot].second), .n = 1});
        sum += by_category_[most[slot].second].average();
      }
      if (i % 3 == 0) {
        deal.reward = PercentReward{1'500};
      } else {
        deal.reward = Money(sum * 8 / 10);
      }
      offer('m', deal);
    }
  }

  void thresholds() {
    const BasketOffer rate{
        .scope = {}, .threshold = Money(5'000), .order = 1, .reward = PercentReward{300}};
    offer('t', rate).group = "threshold";
    const BasketOffer amount{.scope = {},
                             .threshold = Money(8'000),
                             .base = ThresholdBase::net,
                             .order = 2,
                             .reward = Money(500)};
    offer('t', amount).group = "threshold";
  }

  void baskets() {
    const RealLine* before = nullptr;
    for (const RealLine& line : rows_.lines) {
      const bool other =
          before == nullptr || before->household != line.household ||
          (before->basket != line.basket && shop_.baskets.back().lines.size() >= data_.least_lines);
      if (other) {
        drop_if_small();
        if (shop_.baskets.size() == data_.most_baskets) return;
        ShopBasket& basket = shop_.baskets.emplace_back();
        basket.store = demonstration_number(std::stoll(line.store));
        basket.at = line.at;
        const auto& redeemed = rows_.redeemed[line.household];
        basket.coupons.assign(redeemed.begin(), redeemed.end());
      }
      before = &line;
      ShopBasket& basket = shop_.baskets.back();
      const std::size_t product = place_[line.product];
      const std::string key = std::to_string(1'001 + basket.lines.size());
      basket.lines.push_back({.key = key,
                              .product = product,
                              .units = line.units,
                              .price = shop_.products[product].price});
    }
    drop_if_small();
  }

  void drop_if_small() {
    if (!shop_.baskets.empty() && shop_.baskets.back().lines.size() < data_.least_lines) {
      shop_.baskets.pop_back();
    }
  }

  const RealData data_;
  RealRows rows_;
  Shop shop_;
  std::map<std::string, std::size_t> place_;  // of products in the shop
  std::map<std::string, Sales> by_product_;
  std::map<std::string, Sales> by_category_;
  std::map<std::string, Sales> by_type_;
};

}  // namespace

bool present(const RealData& data) {
  return std::filesystem::exists(data.folder / "completejourney_transactions_sample.csv.xz");
}

Shop real_shop(const RealData& data) {
  return Maker(data).make();
}

}  // namespace cartwright::judge
