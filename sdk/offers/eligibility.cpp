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

std::optional<Why> why_not(const Offer& offer, bool member, const Facts& facts) {
  using Case = Why::Case;
  if (!offer.stores.empty() && !holds(offer.stores, facts.store)) {
    return Why{facts.store.empty() ? Case::no_store : Case::other_store};
  }
  if (!offer.zones.empty() && !share_a_word(offer.zones, facts.zones)) return Why{Case::other_zone};
  if (offer.member && *offer.member != member) {
    return Why{*offer.member ? Case::members_only : Case::not_members};
  }
  if (!offer.segments.empty() && !share_a_word(offer.segments, facts.segments)) {
    return Why{Case::other_segment};
  }
  if (offer.coupon.empty()) return std::nullopt;
  if (presented(facts, offer.coupon) == 0) return Why{Case::coupon_missing};
  if (offer.redeem == Redeem::ask && !holds(facts.redeem, offer.coupon)) {
    return Why{Case::coupon_waits};
  }
  return std::nullopt;
}

}  // namespace cartwright::offers
