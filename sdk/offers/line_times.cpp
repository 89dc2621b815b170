#include "offers/line_times.hpp"

#include <algorithm>
#include <vector>

#include "offers/offer_when.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kSecondsOfDay = 86'400;

// Days since 1970 on the store's calendar; times of facts are never before.
std::int64_t day_of(std::int64_t local_seconds) {
  return (local_seconds + kSecondsOfDay) / kSecondsOfDay;
}

}  // namespace

bool seen_alike(const OfferBook& book, const Product& product, const TimeZone& zone, std::int64_t a,
                std::int64_t b) {
  if (a == b || !product.discountable) return true;
  const std::int64_t local_a = a + zone.offset_at(a);
  const std::int64_t local_b = b + zone.offset_at(b);
  if (day_of(local_a) != day_of(local_b)) return false;
  std::vector<OfferSet> touching;
  book.index().find(product, touching);
  return std::none_of(touching.begin(), touching.end(), [&](const OfferSet& set) {
    if (!book.index().brief(set.offer).asks_times) return false;
    const When& when = book.offers()[set.offer].when;
    return within(when, a, local_a) != within(when, b, local_b);
  });
}

}  // namespace cartwright::offers
