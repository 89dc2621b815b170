// The trip's calls that are about offers.

#include "base/error.hpp"
#include "trip/facts.hpp"
#include "trip/trip.hpp"

namespace cartwright::trip {

Change Trip::set_member(bool member, const std::vector<std::string>& segments) {
  v1::TripEvent event = fact();
  v1::MembershipChanged& changed = *event.mutable_membership_changed();
  changed.set_member(member);
  for (const std::string& segment : segments) changed.add_segments(clean(segment));
  return commit(std::move(event));
}

Change Trip::present_coupon(std::string_view coupon) {
  v1::TripEvent event = fact();
  event.mutable_coupon_presented()->set_coupon(clean(coupon));
  return commit(std::move(event));
}

Change Trip::take_back_coupon(std::string_view coupon) {
  v1::TripEvent event = fact();
  event.mutable_coupon_presented()->set_coupon(clean(coupon));
  event.mutable_coupon_presented()->set_taken_back(true);
  return commit(std::move(event));
}

Change Trip::settle_coupon(std::string_view coupon, bool accepted, std::string_view by) {
  v1::TripEvent event = fact();
  v1::CouponSettled& settled = *event.mutable_coupon_settled();
  settled.set_coupon(clean(coupon));
  settled.set_accepted(accepted);
  settled.set_by(clean(by));
  return commit(std::move(event));
}

Change Trip::redeem_coupon(std::string_view coupon, bool redeem) {
  v1::TripEvent event = fact();
  event.mutable_coupon_redeemed()->set_coupon(clean(coupon));
  event.mutable_coupon_redeemed()->set_redeem(redeem);
  return commit(std::move(event));
}

Change Trip::dismiss_nudge(std::string_view offer) {
  v1::TripEvent event = fact();
  event.mutable_nudge_dismissed()->set_offer(clean(offer));
  return commit(std::move(event));
}

}  // namespace cartwright::trip
