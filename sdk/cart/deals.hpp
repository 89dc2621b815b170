#pragma once

#include <cartwright/events.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cart/shopping.hpp"
#include "trip/trip.hpp"

namespace cartwright::cart {

// What the shopper hears of offers: which apply, and what one more item would save; and what the
// shopper says about them. One thread, the cart loop.
class Deals {
 public:
  using Tell = std::function<void(const Event&)>;

  // All outlive it.
  Deals(trip::Trip& trip, const Shopping& shopping, Tell tell)
      : trip_(trip), shopping_(shopping), tell_(std::move(tell)) {}

  // Facts of the running trip; OffersChanged is told where they change what applies. Errors as of
  // trip::Trip, and conflict where no trip runs.
  void set_member(bool member, const std::vector<std::string>& segments);
  void present_coupon(std::string_view coupon);
  void take_back_coupon(std::string_view coupon);
  void settle_coupon(std::string_view coupon, bool accepted, std::string_view by);
  void redeem_coupon(std::string_view coupon, bool redeem);
  void dismiss_nudge(std::string_view offer);

  // Works out the nudges of the trip as it is now: once after each change of the basket.
  void look();
  // Tells OffersChanged where look() has seen something new since it was told last.
  void tell_news();
  const std::vector<Nudge>& nudges() const { return nudges_; }

 private:
  void looked();
  Nudge view_of(const offers::Nudge& nudge) const;

  trip::Trip& trip_;
  const Shopping& shopping_;
  Tell tell_;
  std::vector<AppliedOffer> applied_;
  std::vector<Nudge> nudges_;
  bool news_ = false;
};

}  // namespace cartwright::cart
