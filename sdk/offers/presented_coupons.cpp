#include "offers/presented_coupons.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/rfc3339.hpp"
#include "gs1/coupon.hpp"
#include "offers/coupon_offer.hpp"

namespace cartwright::offers {
namespace {

constexpr std::string_view k8110 = "(8110)";
constexpr std::string_view k8112 = "(8112)";

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Of the latest line that says one; else the first year that times here can have.
int year_of(const Basket& basket) {
  int year = 1970;
  for (const Line& line : basket.lines()) {
    if (!parse_rfc3339(line.at)) continue;
    int read = 0;
    for (std::size_t i = 0; i < 4; ++i) read = read * 10 + (line.at[i] - '0');
    year = std::max(year, read);
  }
  return year;
}

class Presenter {
 public:
  Presenter(const Facts& facts, const Basket& basket, const TimeZone* zone,
            const Currency& currency)
      : place_{.basket = basket,
               .store = facts.store,
               .zone = zone,
               .reference_year = year_of(basket)},
        currency_(currency) {
    result_.facts = facts;
    result_.facts.coupons.clear();
    result_.facts.gs1_coupons_taken = true;
  }

  PresentedCoupons present(const std::vector<std::string>& coupons) {
    for (const std::string& coupon : coupons) {
      if (coupon.starts_with(k8110)) {
        brings(coupon);
      } else if (coupon.starts_with(k8112)) {
        asks(coupon);
      } else {
        result_.facts.coupons.push_back(coupon);
      }
    }
    return std::move(result_);
  }

 private:
  void decline(const std::string& coupon, std::string why) {
    result_.declined.emplace_back(coupon, std::move(why));
  }

  // AI (8110): it says itself what it is worth.
  void brings(const std::string& coupon) {
    const auto read = gs1::read_coupon_8110(std::string_view(coupon).substr(k8110.size()));
    if (const auto* refusal = std::get_if<gs1::Refusal>(&read)) {
      return decline(coupon, refusal->text);
    }
    const auto& fields = std::get<gs1::Coupon8110>(read);
    if (currency_.exponent != 2) {
      return decline(coupon, "it is in cents, which " + std::string(currency_.code) + " has not");
    }
    if (!fields.serial.empty() && !seen_.insert(coupon).second) return;
    // Paper coupons that are all the same are as many coupons.
    const std::size_t copies = ++copies_[coupon];
    const std::string id = copies == 1 ? coupon : coupon + " x" + std::to_string(copies);
    auto mapped = offers_of_coupon(fields, id, place_);
    if (auto* not_mapped = std::get_if<NotMapped>(&mapped)) {
      return decline(coupon, std::move(not_mapped->why));
    }
    result_.facts.coupons.push_back(id);
    for (Offer& offer : std::get<std::vector<Offer>>(mapped)) {
      result_.offers.push_back(std::move(offer));
    }
  }

  // AI (8112): a server knows whether it holds, and an offer of the store what it is worth.
  void asks(const std::string& coupon) {
    const auto read = gs1::read_coupon_8112(std::string_view(coupon).substr(k8112.size()));
    if (const auto* refusal = std::get_if<gs1::Refusal>(&read)) {
      return decline(coupon, refusal->text);
    }
    if (!seen_.insert(coupon).second) return;
    if (holds(result_.facts.refused, coupon)) return decline(coupon, "its server refused it");
    const auto& fields = std::get<gs1::Coupon8112>(read);
    const std::string id = "8112-" + fields.funder + "-" + fields.offer_code;
    result_.facts.coupons.push_back(id);
    if (holds(result_.facts.redeem, coupon)) result_.facts.redeem.push_back(id);
    if (!holds(result_.facts.accepted, coupon)) result_.pending.emplace_back(id, coupon);
  }

  CouponPlace place_;
  const Currency& currency_;
  PresentedCoupons result_;
  std::set<std::string> seen_;
  std::map<std::string, std::size_t> copies_;
};

}  // namespace

bool needs_server(std::string_view coupon) {
  return coupon.starts_with(k8112);
}

bool has_gs1_coupons(const Facts& facts) {
  return !facts.gs1_coupons_taken &&
         std::any_of(facts.coupons.begin(), facts.coupons.end(), [](const std::string& coupon) {
           return coupon.starts_with(k8110) || coupon.starts_with(k8112);
         });
}

PresentedCoupons present(const Facts& facts, const Basket& basket, const TimeZone* zone,
                         const Currency& currency) {
  return Presenter(facts, basket, zone, currency).present(facts.coupons);
}

}  // namespace cartwright::offers
