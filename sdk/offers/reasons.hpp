#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "offers/facts.hpp"
#include "offers/offer.hpp"

namespace cartwright::offers {

// Why an offer is not used. A basket declines hundreds of offers and few of the reasons are ever
// read: what each is about is kept, and put in words where somebody asks.
struct Why {
  enum class Case : std::uint8_t {
    no_store,
    other_store,
    other_zone,
    members_only,
    not_members,
    other_segment,
    coupon_missing,
    coupon_waits,
    coupon_used,
    group_used,            // by `other`
    group_or_coupon_used,  // by what earns no points
    outside_times,
    no_product,
    takes_nothing,
    too_few,  // units: `needed` and `there`
    too_few_to_buy,
    too_few_to_get,
    too_few_in_slot,  // number `slot`
    not_below_price,  // amounts: its price is `needed`, its units cost `there`
    step_missing,     // amounts
    threshold_missing,
    threshold_lost,
    no_gift,
    priced_already,
    nothing_left,
    not_better
  };
  Case what = Case::not_better;
  std::int64_t needed = 0;
  std::int64_t there = 0;
  std::size_t slot = 0;  // from 1
  const Offer* other = nullptr;
};

struct Reason {
  const Offer* offer = nullptr;
  Why why;
};
using Reasons = std::vector<Reason>;

// For the shopper or a clerk: "coupon C1 was not presented".
std::string text(const Reason& reason, const Facts& facts, const Currency& currency);

}  // namespace cartwright::offers
