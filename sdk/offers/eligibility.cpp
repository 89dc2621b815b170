#include "offers/eligibility.hpp"

#include <algorithm>

namespace cartwright::offers {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool share_a_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& word) { return holds(b, word); });
}

}  // namespace

std::int64_t presented(const Facts& facts, const std::string& coupon) {
  return std::count(facts.coupons.begin(), facts.coupons.end(), coupon);
}

std::optional<std::string> why_not(const Offer& offer, bool member, const Facts& facts) {
  if (!offer.stores.empty() && !holds(offer.stores, facts.store)) {
    return facts.store.empty() ? "the basket names no store" : "not in store " + facts.store;
  }
  if (!offer.zones.empty() && !share_a_word(offer.zones, facts.zones)) {
    return "not in a zone of this store";
  }
  if (offer.member && *offer.member != member) {
    return *offer.member ? "for members only" : "not for members";
  }
  if (!offer.segments.empty() && !share_a_word(offer.segments, facts.segments)) {
    return "for another segment of shoppers";
  }
  if (offer.coupon.empty()) return std::nullopt;
  if (presented(facts, offer.coupon) == 0) {
    return "coupon " + offer.coupon + " was not presented";
  }
  if (offer.redeem == Redeem::ask && !holds(facts.redeem, offer.coupon)) {
    return "coupon " + offer.coupon + " is redeemed only when the shopper asks for it";
  }
  return std::nullopt;
}

}  // namespace cartwright::offers
