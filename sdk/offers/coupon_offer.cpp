#include "offers/coupon_offer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/rfc3339.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kWhole = 10'000;  // basis points
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMostPieces = 999;
constexpr std::string_view kFamily = "family-";
// The guideline keeps this family for coupons that no till can check.
constexpr std::string_view kUnchecked = "992";

// A prefix of six digits is a U.P.C. Company Prefix, which a GTIN-13 has behind a 0.
bool of_company(const Product& product, const std::string& company) {
  const std::string prefix = company.size() == 6 ? "0" + company : company;
  return std::any_of(product.gtins.begin(), product.gtins.end(), [&](const gs1::Gtin14& gtin) {
    return gtin.text().compare(1, prefix.size(), prefix) == 0;
  });
}

bool of_family(const Product& product, const std::string& family) {
  return family == "000" ||
         std::any_of(product.categories.begin(), product.categories.end(),
                     [&](const std::string& category) {
                       return category.starts_with(kFamily) &&
                              family_fits(family,
                                          std::string_view(category).substr(kFamily.size()));
                     });
}

// The day's first second in the store, `days` days later.
std::optional<std::int64_t> midnight(const std::string& yymmdd, const CouponPlace& place,
                                     std::int64_t days) {
  const auto date = gs1::coupon_date(yymmdd, place.reference_year);
  if (!date) return std::nullopt;
  const auto utc = parse_rfc3339(*date + "T00:00:00Z");
  if (!utc) return std::nullopt;
  const std::int64_t local = utc->seconds + days * kDay;
  if (place.zone == nullptr) return local;
  const std::int64_t guess = local - place.zone->offset_at(local);
  return local - place.zone->offset_at(guess);
}

class Mapper {
 public:
  Mapper(const gs1::Coupon8110& coupon, const std::string& id, const CouponPlace& place)
      : coupon_(coupon), id_(id), place_(place) {
    purchases_.push_back(&coupon.primary);
    if (coupon.second) purchases_.push_back(&*coupon.second);
    if (coupon.third) purchases_.push_back(&*coupon.third);
  }

  std::variant<std::vector<Offer>, NotMapped> map() {
    if (std::string why = refusal(); !why.empty()) return NotMapped{std::move(why)};
    const gs1::CouponRule rule = coupon_.rule.value_or(gs1::CouponRule::any);
    if (purchases_.size() == 1 || rule == gs1::CouponRule::any) {
      for (const gs1::CouponPurchase* purchase : purchases_) add(alone(*purchase, {purchase}));
    } else if (rule == gs1::CouponRule::other_family) {
      add(alone(coupon_.primary, purchases_));
    } else if (rule == gs1::CouponRule::primary_and_other || purchases_.size() == 2) {
      for (std::size_t other = 1; other < purchases_.size(); ++other) add(together(other));
    } else {
      why_ = "it asks for three purchases together";
    }
    if (!why_.empty()) return NotMapped{std::move(why_)};
    return std::move(offers_);
  }

 private:
  std::string refusal() const {
    if (!coupon_.retailer.empty() && !place_.store.starts_with(coupon_.retailer))
      return "only retailer " + coupon_.retailer + " takes it";
    if (static_cast<std::size_t>(coupon_.applies_to) >= purchases_.size())
      return "its saving is for a purchase that it does not name";
    for (const gs1::CouponPurchase* purchase : purchases_) {
      if (purchase->unit == gs1::CouponUnit::cashier_decides)
        return "a person must decide about it";
      if (purchase->unit == gs1::CouponUnit::pounds || purchase->unit == gs1::CouponUnit::kilograms)
        return "it asks for a weight";
      if (purchase->family == kUnchecked) return "a person must look at what was bought";
      if (purchase->amount < 1) return "it asks for nothing";
      if (purchase->unit == gs1::CouponUnit::pieces && purchase->amount > kMostPieces)
        return "it asks for " + std::to_string(purchase->amount) + " pieces";
    }
    if (coupon_.saving == gs1::CouponSaving::percent && coupon_.save_value > 100)
      return "it takes off " + std::to_string(coupon_.save_value) + " percent";
    return {};
  }

  void add(std::optional<Shape> shape) {
    if (!shape) return;
    Offer offer;
    offer.id = "coupon " + id_ + (offers_.empty() ? "" : " #" + std::to_string(offers_.size() + 1));
    offer.kind = std::holds_alternative<BasketOffer>(*shape) ? "basket" : "coupon";
    offer.name = "Coupon " + coupon_.offer_code;
    offer.coupon = id_;
    offer.limit = 1;
    if (coupon_.store_coupon == 0) {
      offer.tax_base = TaxBase::keep;
      offer.funding.push_back({"company-" + coupon_.primary.company, kWhole});
    }
    if (!coupon_.starts.empty()) offer.when.from = midnight(coupon_.starts, place_, 0);
    if (!coupon_.expires.empty()) offer.when.to = midnight(coupon_.expires, place_, 1);
    offer.shape = std::move(*shape);
    offers_.push_back(std::move(offer));
  }

  std::nullopt_t not_mapped(std::string why) {
    why_ = std::move(why);
    return std::nullopt;
  }

  // The basket's products that any of the purchases takes; one that is not there where none does.
  ProductSet set_of(const std::vector<const gs1::CouponPurchase*>& purchases) const {
    ProductSet set;
    for (const Line& line : place_.basket.lines()) {
      const bool taken = std::any_of(purchases.begin(), purchases.end(), [&](const auto* purchase) {
        return of_company(*line.product, purchase->company) &&
               of_family(*line.product, purchase->family);
      });
      if (taken) set.products.push_back(line.product->id);
    }
    std::sort(set.products.begin(), set.products.end());
    set.products.erase(std::unique(set.products.begin(), set.products.end()), set.products.end());
    if (set.products.empty()) set.products.push_back("no product of coupon " + id_);
    return set;
  }

  // One purchase is enough.
  std::optional<Shape> alone(const gs1::CouponPurchase& purchase,
                             const std::vector<const gs1::CouponPurchase*>& takes) {
    const ProductSet set = set_of(takes);
    if (purchase.unit == gs1::CouponUnit::pieces) return of_pieces(set, purchase.amount);
    BasketOffer basket;
    if (purchase.unit == gs1::CouponUnit::cash_of_family) basket.scope = set;
    basket.threshold = Money(purchase.amount);
    switch (coupon_.saving) {
      case gs1::CouponSaving::cents:
        basket.reward = Money(coupon_.save_value);
        return basket;
      case gs1::CouponSaving::percent:
        basket.reward = PercentReward{coupon_.save_value * 100};
        return basket;
      case gs1::CouponSaving::cents_of_total:
        if (basket.scope) return not_mapped("what it takes off is not off what it asks for");
        basket.reward = Money(coupon_.save_value);
        return basket;
      default:
        return not_mapped("it gives items for money spent");
    }
  }

  std::optional<Shape> of_pieces(const ProductSet& set, std::int64_t amount) {
    const int n = static_cast<int>(amount);
    const Money value(coupon_.save_value);
    switch (coupon_.saving) {
      case gs1::CouponSaving::cents:
        if (n == 1) return UnitOffer{set, AmountReward{value}};
        return Tiers{set, TierBy::quantity, {{n, value}}};
      case gs1::CouponSaving::percent:
        return CheapestOf{set, n, n, coupon_.save_value * 100, CheapestIn::per_application};
      case gs1::CouponSaving::free_item:
        if (n == 1) return UnitOffer{set, free_item()};
        return BuyGet{set, n - 1, set, 1, free_item(), Consume::both, true};
      case gs1::CouponSaving::free_items: {
        const std::int64_t free = coupon_.save_value;
        if (free < 1 || free > amount) return not_mapped("it gives more items than it asks for");
        return CheapestOf{set, n, static_cast<int>(free), kWhole, CheapestIn::per_application};
      }
      case gs1::CouponSaving::cents_of_total:
        break;
    }
    return not_mapped("what it takes off is not off what it asks for");
  }

  // The value in cents is the most that the item may cost, 0: any price.
  UnitReward free_item() const {
    if (coupon_.save_value == 0) return PercentReward{kWhole};
    return AmountReward{Money(coupon_.save_value)};
  }

  // The primary purchase and one other; the saving is off one of them.
  std::optional<Shape> together(std::size_t other) {
    const auto applied = static_cast<std::size_t>(coupon_.applies_to);
    if (applied != 0 && applied != other) return std::nullopt;
    const gs1::CouponPurchase& get = *purchases_[applied];
    const gs1::CouponPurchase& buy = applied == 0 ? *purchases_[other] : *purchases_[0];
    if (get.unit != gs1::CouponUnit::pieces || buy.unit != gs1::CouponUnit::pieces)
      return not_mapped("it asks for money spent beside another purchase");
    BuyGet offer{.buy = set_of({&buy}),
                 .n = static_cast<int>(buy.amount),
                 .get = set_of({&get}),
                 .m = static_cast<int>(get.amount),
                 .reward = PercentReward{coupon_.save_value * 100},
                 .consume = Consume::both,
                 .lesser = false};
    if (coupon_.saving == gs1::CouponSaving::percent) return offer;
    if (offer.m != 1) return not_mapped("its saving is off several items beside another purchase");
    if (coupon_.saving == gs1::CouponSaving::cents) {
      offer.reward = AmountReward{Money(coupon_.save_value)};
    } else if (coupon_.saving == gs1::CouponSaving::free_item) {
      offer.reward = free_item();
    } else {
      return not_mapped("its saving is not off what it asks for");
    }
    return offer;
  }

  const gs1::Coupon8110& coupon_;
  const std::string& id_;
  const CouponPlace& place_;
  std::vector<const gs1::CouponPurchase*> purchases_;
  std::vector<Offer> offers_;
  std::string why_;
};

}  // namespace

bool family_fits(std::string_view coupon, std::string_view product) {
  if (coupon.size() != 3 || product.size() != 3) return false;
  const std::size_t fixed = coupon.find_last_not_of('0') + 1;  // npos + 1 is 0
  return coupon.substr(0, fixed) == product.substr(0, fixed);
}

std::variant<std::vector<Offer>, NotMapped> offers_of_coupon(const gs1::Coupon8110& coupon,
                                                             const std::string& id,
                                                             const CouponPlace& place) {
  return Mapper(coupon, id, place).map();
}

}  // namespace cartwright::offers
