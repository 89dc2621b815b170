#include "bench/assortment.hpp"

#include <algorithm>

#include "support/offers/dice.hpp"
#include "support/offers/real_baskets.hpp"

namespace cartwright::bench {
namespace {

using judge::Dice;

constexpr std::int64_t kDepartments = 20;
constexpr std::int64_t kProducts = 20'000;
constexpr int kBaskets = 4'000;

// Small numbers come up often: the least of several throws.
std::int64_t skewed(Dice& dice, std::int64_t bound, int throws) {
  std::int64_t least = bound - 1;
  for (int i = 0; i < throws; ++i) least = std::min(least, dice.below(bound));
  return least;
}

// The department, category and type in which the products of one kind stand.
struct Shelf {
  std::vector<std::string> categories;
  std::int64_t price = 0;  // about what a piece costs
  std::vector<std::size_t> products;
};

class BuiltIn {
 public:
  Assortment make() {
    made_.source = "the built-in assortment";
    shelves();
    fill();
    for (int i = 0; i < kBaskets; ++i) buy();
    return std::move(made_);
  }

 private:
  void shelves() {
    for (std::int64_t department = 0; department < kDepartments; ++department) {
      const std::string name = "department " + std::to_string(department);
      for (std::int64_t category = 0; category < 5 + skewed(dice_, 25, 2); ++category) {
        const std::string its = name + ", category " + std::to_string(category);
        const std::int64_t price = 80 + skewed(dice_, 900, 2);
        for (std::int64_t type = 0; type < 2 + skewed(dice_, 12, 2); ++type) {
          shelves_.push_back({.categories = {name, its, its + ", type " + std::to_string(type)},
                              .price = price + dice_.below(price),
                              .products = {}});
        }
      }
    }
  }

  void fill() {
    while (std::ssize(made_.products) < kProducts) {
      const auto number = std::ssize(made_.products);
      Shelf& shelf = shelves_[static_cast<std::size_t>(skewed(dice_, std::ssize(shelves_), 2))];
      shelf.products.push_back(made_.products.size());
      const std::int64_t spread = dice_.between(60, 180);
      made_.products.push_back({.id = std::to_string(100'000 + number),
                                .gtin = judge::demonstration_number(number + 1),
                                .name = shelf.categories.back(),
                                .price = shelf.price * spread / 1000 * 10 + 9,
                                .categories = shelf.categories});
    }
    std::erase_if(shelves_, [](const Shelf& shelf) { return shelf.products.empty(); });
  }

  // One line of a product that is bought often, or of the shelf that the line before came from.
  void buy() {
    const std::int64_t lines = 1 + skewed(dice_, 60, 3);
    std::size_t shelf = 0;
    for (std::int64_t i = 0; i < lines; ++i) {
      if (i == 0 || !dice_.one_in(4)) {
        shelf = static_cast<std::size_t>(skewed(dice_, std::ssize(shelves_), 3));
      }
      const std::vector<std::size_t>& products = shelves_[shelf].products;
      const auto place = static_cast<std::size_t>(skewed(dice_, std::ssize(products), 2));
      const std::size_t product = products[place];
      made_.purchases.push_back({.key = {},
                                 .product = product,
                                 .units = dice_.one_in(4) ? dice_.between(2, 4) : 1,
                                 .price = made_.products[product].price});
    }
  }

  Dice dice_{20'260'701};
  Assortment made_;
  std::vector<Shelf> shelves_;
};

}  // namespace

Assortment built_in_assortment() {
  return BuiltIn().make();
}

Assortment any_assortment() {
  judge::RealData data;
  data.folder = std::filesystem::path(CARTWRIGHT_SOURCE_DIR) / ".." / "shared" / "data";
  if (!judge::present(data)) return built_in_assortment();
  data.most_baskets = 1'000'000;
  judge::Shop shop = judge::real_shop(data);
  Assortment real{.source = "real products and purchases (the Complete Journey)",
                  .products = std::move(shop.products),
                  .purchases = {}};
  for (judge::ShopBasket& basket : shop.baskets) {
    for (judge::ShopLine& line : basket.lines) real.purchases.push_back(std::move(line));
  }
  return real;
}

judge::ShopBasket basket_of(const Assortment& assortment, std::size_t lines, std::size_t number) {
  judge::ShopBasket basket{.store = judge::demonstration_number(1),
                           .at = "2027-03-05T10:00:00+01:00",
                           .lines = {},
                           .coupons = {}};
  for (std::size_t i = 0; i < lines; ++i) {
    const std::size_t at = (number * lines + i) % assortment.purchases.size();
    basket.lines.push_back(assortment.purchases[at]);
    basket.lines.back().key = std::to_string(1'001 + i);
  }
  return basket;
}

std::size_t baskets_of(const Assortment& assortment, std::size_t lines) {
  return assortment.purchases.size() / lines;
}

}  // namespace cartwright::bench
