// offers_shop FOLDER [--data DATA] [--offers N] [--lines N] [--baskets N]: writes catalog.jsonl,
// offers.json and baskets.jsonl from real data.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <optional>
#include <string>

#include "support/offers/real_baskets.hpp"

namespace {

using namespace cartwright::judge;

struct Options {
  std::filesystem::path folder;
  RealData data;
};

std::optional<Options> options_of(int count, char** words) {
  if (count < 2 || count % 2 != 0) return std::nullopt;
  Options options{.folder = words[1], .data = {}};
  options.data.folder = "../shared/data";
  for (int i = 2; i < count; i += 2) {
    const std::string word = words[i];
    const char* value = words[i + 1];
    if (word == "--data") {
      options.data.folder = value;
    } else if (word == "--offers") {
      options.data.most_offers = std::strtoull(value, nullptr, 10);
    } else if (word == "--lines") {
      options.data.least_lines = std::strtoull(value, nullptr, 10);
    } else if (word == "--baskets") {
      options.data.most_baskets = std::strtoull(value, nullptr, 10);
    } else {
      return std::nullopt;
    }
  }
  return options;
}

}  // namespace

int main(int count, char** words) {
  const auto options = options_of(count, words);
  if (!options) {
    std::fprintf(stderr,
                 "usage: offers_shop FOLDER [--data DATA] [--offers N] [--lines N] "
                 "[--baskets N]\n");
    return 2;
  }
  try {
    const Shop shop = real_shop(options->data);
    std::filesystem::create_directories(options->folder);
    std::ofstream(options->folder / "catalog.jsonl") << catalog_lines(shop);
    std::ofstream(options->folder / "offers.json") << offers_text(shop);
    std::ofstream baskets(options->folder / "baskets.jsonl");
    for (const ShopBasket& basket : shop.baskets) baskets << basket_text(shop, basket) << '\n';
    std::printf("%zu products, %zu offers, %zu baskets\n", shop.products.size(), shop.offers.size(),
                shop.baskets.size());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "offers_shop: %s\n", error.what());
    return 1;
  }
}
