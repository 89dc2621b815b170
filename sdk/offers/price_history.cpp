#include "offers/price_history.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace cartwright::offers {
namespace {

Money shelf_price(const Product& product, std::string_view store, std::int64_t at) {
  const PriceRow* row = row_in_force(product, store, at);
  return row == nullptr ? product.price : row->price;
}

// The moments at which the store's price may have changed, ascending.
std::vector<std::int64_t> changes(const Product& product, std::string_view store) {
  std::vector<std::int64_t> moments;
  for (const PriceRow& row : product.prices) {
    if (row.store.empty() || row.store == store) moments.push_back(row.from);
  }
  std::sort(moments.begin(), moments.end());
  return moments;
}

}  // namespace

const PriceRow* row_in_force(const Product& product, std::string_view store, std::int64_t at) {
  const PriceRow* found = nullptr;
  for (const PriceRow& row : product.prices) {
    if (row.from > at || (!row.store.empty() && row.store != store)) continue;
    const auto rank = [](const PriceRow& each) {
      return std::make_pair(!each.store.empty(), each.from);
    };
    if (found == nullptr || rank(row) > rank(*found)) found = &row;
  }
  return found;
}

Product at_its_price(const Product& product, std::string_view store, std::int64_t at) {
  Product priced = product;
  if (const PriceRow* row = row_in_force(product, store, at)) {
    priced.price = row->price;
    priced.member_price = row->member_price;
  }
  return priced;
}

std::shared_ptr<const Product> at_its_price(std::shared_ptr<const Product> product,
                                            std::string_view store,
                                            std::optional<std::int64_t> at) {
  if (product == nullptr || product->prices.empty() || !at) return product;
  return std::make_shared<const Product>(at_its_price(*product, store, *at));
}

std::optional<Money> lowest_30_days(const Product& product, std::string_view store,
                                    std::int64_t at) {
  constexpr std::int64_t kThirtyDays = 30LL * 24 * 60 * 60;
  if (product.lowest_30_days) return product.lowest_30_days;
  if (row_in_force(product, store, at) == nullptr) return std::nullopt;
  const std::vector<std::int64_t> moments = changes(product, store);
  const Money now = shelf_price(product, store, at);
  std::int64_t begin = 0;
  for (const std::int64_t moment : moments) {
    if (moment <= at && shelf_price(product, store, moment - 1) != now) begin = moment;
  }
  if (begin == 0) return std::nullopt;
  Money lowest = shelf_price(product, store, begin - kThirtyDays);
  for (const std::int64_t moment : moments) {
    if (moment <= begin - kThirtyDays || moment >= begin) continue;
    lowest = std::min(lowest, shelf_price(product, store, moment));
  }
  return lowest;
}

}  // namespace cartwright::offers
