#include "support/offers/errand.hpp"

#include <algorithm>
#include <stdexcept>

#include "offers/priced_basket_json.hpp"

namespace cartwright::judge {

using namespace offers;

namespace {

std::shared_ptr<const Product> product_of(const ShopProduct& product, Dice& dice) {
  Product made;
  made.id = product.id;
  made.name = product.name;
  made.price = Money(product.price);
  if (dice.one_in(3)) made.member_price = Money(product.price * 9 / 10);
  made.tax = "standard";
  made.categories = product.categories;
  made.discountable = !dice.one_in(20);
  return std::make_shared<const Product>(std::move(made));
}

// Everything that is answered, as text.
std::string all_of(const PricedBasket& priced, const Currency& currency) {
  std::string text = to_json(priced, currency);
  for (const AppliedOffer& one : priced.applied) {
    text += "\n" + one.name + " " + std::to_string(one.points);
  }
  for (const TaxTotal& one : priced.totals.taxes) {
    text += "\n" + one.tax + " " + std::to_string(one.base.minor()) + " " +
            std::to_string(one.tax_amount.minor());
  }
  return text;
}

}  // namespace

Errand::Errand(std::uint64_t seed, const Size& size, std::uint64_t budget)
    : shop_(shop_of(random_problem(seed, size))),
      book_(OfferBook::parse(offers_text(shop_), "offers.json")),
      dice_(seed),
      rules_{.currency = book_.currency(), .taxes = {{"standard", {.bps = 1'900}}}} {
  options_.budget = budget;
  options_.nudges = size.lines > 8 ? 0 : 3;  // these price some baskets more
  for (const ShopProduct& product : shop_.products) {
    products_.push_back(product_of(product, dice_));
  }
  facts_.store = shop_.baskets.front().store;
  facts_.coupons = shop_.baskets.front().coupons;
  for (std::size_t i = shop_.baskets.front().lines.size() / 2; i > 0; --i) scan();
}

void Errand::scan() {
  const auto product = static_cast<std::size_t>(dice_.below(std::ssize(products_)));
  // Keys that neither grow in their order nor have one length.
  const std::string key = std::to_string(dice_.below(50)) + "-" + std::to_string(++scans_);
  Line line{.key = key,
            .product = products_[product],
            .quantity = Units{dice_.between(1, 3)},
            .at = shop_.baskets.front().at,
            .override_price = {}};
  if (dice_.one_in(8)) {
    line.override_price = {.price = Money(dice_.below(900)), .by = "staff-7"};
  }
  basket_.add(std::move(line));
}

void Errand::put_back() {
  if (basket_.empty()) return;
  const auto at = static_cast<std::size_t>(dice_.below(std::ssize(basket_.lines())));
  const Line& line = basket_.lines()[at];
  const std::string key = line.key;
  const std::int64_t count = std::get<Units>(line.quantity).count;
  basket_.take_off(key, Units{dice_.between(1, count)});
}

void Errand::change_facts() {
  std::vector<std::string>& coupons = facts_.coupons;
  const std::vector<std::string>& all = shop_.baskets.front().coupons;
  if (dice_.one_in(3)) {
    basket_.member = !basket_.member;
  } else if (dice_.one_in(2) && !coupons.empty()) {
    coupons.erase(coupons.begin() + dice_.below(std::ssize(coupons)));
  } else if (!all.empty()) {
    coupons.push_back(all[static_cast<std::size_t>(dice_.below(std::ssize(all)))]);
  }
}

void Errand::step() {
  const std::int64_t which = dice_.below(10);
  if (which < 5) return scan();
  if (which < 9) return put_back();
  change_facts();
}

std::string Errand::go(int steps) {
  std::string differs = price_again();
  for (int i = 0; i < steps && differs.empty(); ++i) {
    step();
    differs = price_again();
  }
  return differs;
}

PricedBasket Errand::price(const Basket& basket, PriceMemory* memory) const {
  PriceOptions options = options_;
  options.memory = memory;
  return offers::price(book_, basket, facts_, rules_, options);
}

int Errand::follow_nudges() {
  const PricedBasket before = price(basket_, nullptr);
  for (const Nudge& nudge : before.nudges) {
    Basket more = basket_;
    for (const Nudge::Need& need : nudge.need) {
      const auto product = std::find_if(products_.begin(), products_.end(),
                                        [&](const auto& one) { return one->id == need.product; });
      more.add({.key = std::to_string(++scans_),
                .product = *product,
                .quantity = Units{need.units},
                .at = shop_.baskets.front().at,
                .override_price = {}});
    }
    const PricedBasket after = price(more, nullptr);
    const Money saved =
        (after.totals.list - after.totals.goods) - (before.totals.list - before.totals.goods);
    if (saved == nudge.saves) continue;
    throw std::runtime_error("nudge " + nudge.offer + " says " +
                             std::to_string(nudge.saves.minor()) + " and saves " +
                             std::to_string(saved.minor()));
  }
  return static_cast<int>(before.nudges.size());
}

std::string Errand::price_with(PriceMemory& memory) {
  const std::string again = all_of(price(basket_, &memory), book_.currency());
  const std::string from_nothing = all_of(price(basket_, nullptr), book_.currency());
  if (again == from_nothing) return {};
  return "again:        " + again + "\nfrom nothing: " + from_nothing + "\n";
}

}  // namespace cartwright::judge
