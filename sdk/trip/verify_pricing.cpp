#include "trip/verify_pricing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "offers/eligibility.hpp"
#include "offers/offer_shapes.hpp"
#include "offers/reasons.hpp"
#include "trip/facts.hpp"

namespace cartwright::trip {
namespace {

using offers::Money;
using offers::Offer;

offers::Facts facts_of(const v1::SaleRecord& record) {
  const v1::SaleEligibility& from = record.eligibility();
  offers::Facts facts;
  facts.store = record.header().store_gln();
  facts.zones.assign(record.header().price_zones().begin(), record.header().price_zones().end());
  facts.segments.assign(from.segments().begin(), from.segments().end());
  facts.redeem.assign(from.redeemed().begin(), from.redeemed().end());
  facts.coupons.assign(from.coupons().begin(), from.coupons().end());
  return facts;
}

// An offer that a coupon of AI (8110) brought along stands in no file.
bool brought(const v1::SaleOffer& offer) {
  return offer.offer().starts_with("coupon (8110)");
}

class PricingExaminer {
 public:
  PricingExaminer(const v1::SaleRecord& record, const offers::OfferBook* book)
      : record_(record), book_(book), facts_(facts_of(record)) {}

  std::vector<std::string> run() {
    for (const v1::SaleLine& line : record_.lines()) examine(line);
    for (const v1::SaleOffer& offer : record_.offers()) examine(offer);
    for (const auto& [offer, sum] : discounts_) {
      if (!named_.contains(offer)) found("offer " + offer + " has shares and is not listed");
    }
    for (const auto& [group, users] : groups_) {
      if (users > 1) found("group " + group + " is used by " + std::to_string(users) + " offers");
    }
    for (const auto& [coupon, used] : coupons_) examine_coupon(coupon, used);
    if (record_.bound_minor() > record_.goods_minor())
      found("its bound of " + std::to_string(record_.bound_minor()) + " is above its goods");
    return std::move(findings_);
  }

 private:
  void found(std::string text) { findings_.push_back(std::move(text)); }

  void examine(const v1::SaleLine& line) {
    const std::string name = "line " + line.key();
    const std::int64_t units = line.item().sold_by_weight() ? 1 : line.pieces();
    if (line.net_minor() < 0) found(name + " is below zero");
    Money sum;
    std::int64_t exclusive = 0;
    std::map<std::string, std::int64_t> by_offer;
    for (const v1::SaleShare& share : line.shares()) {
      examine(name, line, share);
      sum += Money(share.discount_minor());
      by_offer[share.offer()] += share.units();
      if (holds_units(share)) exclusive += share.units();
    }
    if (sum != Money(line.list_minor()) - Money(line.net_minor()))
      found(name + " is discounted by " + std::to_string(sum.minor()) + " and says " +
            std::to_string(line.list_minor() - line.net_minor()));
    if (exclusive > units)
      found(name + " has " + std::to_string(units) + " units, and exclusive offers use " +
            std::to_string(exclusive));
    for (const auto& [offer, used] : by_offer) {
      if (used > units) found(name + ": offer " + offer + " uses more units than there are");
    }
  }

  // Whether no other exclusive offer may use the share's units.
  bool holds_units(const v1::SaleShare& share) const {
    const Offer* offer = book_ == nullptr ? nullptr : book_->find(share.offer());
    if (offer == nullptr || !offer->exclusive || offer->mandatory) return false;
    if (std::holds_alternative<offers::BasketOffer>(offer->shape)) return false;
    const auto* buy_get = std::get_if<offers::BuyGet>(&offer->shape);
    return !share.qualifies() || buy_get == nullptr || buy_get->consume == offers::Consume::both;
  }

  void examine(const std::string& name, const v1::SaleLine& line, const v1::SaleShare& share) {
    const std::string what = name + ", offer " + share.offer();
    if (share.discount_minor() < 0) found(what + " raises the price");
    if (share.qualifies() && share.discount_minor() != 0)
      found(what + " discounts units that only qualify");
    Money funded;
    for (const v1::SaleFunder& funder : share.funders()) funded += Money(funder.minor());
    if (funded != Money(share.discount_minor()))
      found(what + " takes off " + std::to_string(share.discount_minor()) + ", of which " +
            std::to_string(funded.minor()) + " is borne");
    discounts_[share.offer()] += Money(share.discount_minor());
    applications_[share.offer()].insert(share.application());
    const Offer* offer = book_ == nullptr ? nullptr : book_->find(share.offer());
    if (offer == nullptr) return;
    const auto product = product_of(line.item());
    const auto sets = offers::sets_of(offer->shape);
    const bool gift = std::holds_alternative<offers::BasketOffer>(offer->shape);
    if (!product->discountable) found(what + " touches what no offer may");
    if (!gift && std::none_of(sets.begin(), sets.end(), [&](const offers::ProductSet* set) {
          return set == nullptr || offers::holds(*set, *product);
        }))
      found(what + " does not take " + product->id);
  }

  void examine(const v1::SaleOffer& used) {
    const std::string what = "offer " + used.offer();
    if (!named_.insert(used.offer()).second) found(what + " is listed twice");
    if (discounts_[used.offer()] != Money(used.discount_minor()))
      found(what + " takes off " + std::to_string(used.discount_minor()) + " and its shares " +
            std::to_string(discounts_[used.offer()].minor()));
    const std::size_t applications = applications_[used.offer()].size();
    if (used.points() == 0 && applications != used.applications())
      found(what + " is applied " + std::to_string(used.applications()) + " times and its shares " +
            "are of " + std::to_string(applications));
    if (book_ == nullptr || brought(used)) return;
    const Offer* offer = book_->find(used.offer());
    if (offer == nullptr) return found(what + " is not among the store's");
    if (offer->limit && used.applications() > *offer->limit)
      found(what + " is used beyond its limit of " + std::to_string(*offer->limit));
    if (!offer->group.empty()) ++groups_[offer->group];
    if (!offer->coupon.empty()) coupons_[offer->coupon] += used.applications();
    Offer uncouponed = *offer;
    uncouponed.coupon.clear();
    if (const auto why = why_not(uncouponed, record_.eligibility().member(), facts_))
      found(what + " is " + offers::text({&uncouponed, *why}, facts_, book_->currency()));
  }

  void examine_coupon(const std::string& coupon, std::int64_t used) {
    const auto presented = [&](const std::string& shown) {
      return shown == coupon || coupon.starts_with("8112-");
    };
    const auto there = std::count_if(facts_.coupons.begin(), facts_.coupons.end(), presented);
    if (used > there)
      found("coupon " + coupon + " is used " + std::to_string(used) + " times and was presented " +
            std::to_string(there) + " times");
  }

  const v1::SaleRecord& record_;
  const offers::OfferBook* book_;
  offers::Facts facts_;
  std::vector<std::string> findings_;
  std::map<std::string, Money> discounts_;
  std::map<std::string, std::set<std::uint32_t>> applications_;
  std::set<std::string> named_;
  std::map<std::string, std::int64_t> groups_;
  std::map<std::string, std::int64_t> coupons_;
};

}  // namespace

std::vector<std::string> pricing_findings(const v1::SaleRecord& record,
                                          const offers::OfferBook* book) {
  return PricingExaminer(record, book).run();
}

}  // namespace cartwright::trip
