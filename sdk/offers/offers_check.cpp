#include "offers/offers_check.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "offers/never_worth.hpp"
#include "offers/offer_dominance.hpp"
#include "offers/offer_shapes.hpp"
#include "offers/offer_when.hpp"
#include "offers/offers_survey.hpp"

namespace cartwright::offers {
namespace {

using Why = std::optional<std::string>;

Why excludes_itself(const Offer& offer) {
  for (const ProductSet* set : sets_of(offer.shape)) {
    if (set == nullptr || set->products.empty() || !set->categories.empty()) continue;
    if (std::includes(set->not_products.begin(), set->not_products.end(), set->products.begin(),
                      set->products.end())) {
      return "each product of a set of it stands among the not_products too";
    }
  }
  return std::nullopt;
}

class Check {
 public:
  Check(const OfferBook& book, const ProductTable* catalog, const TimeZone* zone)
      : book_(book), catalog_(catalog), zone_(zone), survey_(survey(book, catalog)) {}

  std::vector<Finding> run() {
    for (std::uint32_t i = 0; i < book_.offers().size(); ++i) check_alone(book_.offers()[i], i);
    for (const auto& [a, b] : survey_.contradictions) {
      add(FindingKind::contradicts, book_.offers()[b],
          "mandatory for the same unit as " + book_.offers()[a].id +
              " with the same priority, so that only the ids decide; give it another priority");
    }
    for (const std::uint32_t offer : survey_.overlapping) {
      if (std::get<BuyGet>(book_.offers()[offer].shape).lesser) continue;
      add(FindingKind::overlaps, book_.offers()[offer],
          "a product is in buy and in get, so that the dearer unit may be the rewarded one; "
          "write \"lesser\": true where it may not");
    }
    const auto winners = dominating(book_.offers());
    for (std::size_t i = 0; i < winners.size(); ++i) {
      if (!winners[i]) continue;
      add(FindingKind::always_loses, book_.offers()[i],
          "whatever it gives, " + book_.offers()[*winners[i]].id + " gives too and comes first");
    }
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& a, const Finding& b) { return a.offer < b.offer; });
    return std::move(findings_);
  }

 private:
  void add(FindingKind kind, const Offer& offer, std::string text) {
    findings_.push_back({kind, offer.id, std::move(text)});
  }

  // What is wrong with an offer whatever the others are.
  void check_alone(const Offer& offer, std::uint32_t number) {
    const auto* sets = catalog_ != nullptr ? &survey_.sets[number] : nullptr;
    if (auto why = why_never(offer, sets)) {
      add(FindingKind::never_applies, offer, *std::move(why));
    } else if (sets != nullptr) {
      if (auto dearer = why_dearer(offer, *sets, book_.currency())) {
        add(FindingKind::dearer, offer, *std::move(dearer));
      }
    }
    if (offer.mandatory && offer.redeem == Redeem::ask) {
      add(FindingKind::contradicts, offer,
          "it is mandatory, and yet its coupon is redeemed on command only; drop one of the two");
    }
    if (const auto* tiers = std::get_if<Tiers>(&offer.shape)) {
      for (std::string& text : idle_steps(*tiers, sets != nullptr ? sets->data() : nullptr)) {
        add(FindingKind::idle_step, offer, std::move(text));
      }
    }
    if (catalog_ != nullptr) name_unknown(offer);
  }

  Why why_never(const Offer& offer, const std::vector<SetFacts>* sets) const {
    if (offer.when.from && offer.when.to && *offer.when.to <= *offer.when.from) {
      return "it ends before it begins";
    }
    if (!ever_within(offer.when, zone_)) return "its days and hours never come between from and to";
    if (auto why = excludes_itself(offer)) return why;
    if (sets != nullptr) {
      for (const SetFacts& set : *sets) {
        if (set.products == 0) return "a set of it has no product of the catalog that offers touch";
      }
      if (auto why = why_no_gift(offer)) return why;
    }
    return why_never_worth(offer, sets, book_.currency());
  }

  Why why_no_gift(const Offer& offer) const {
    const auto* basket = std::get_if<BasketOffer>(&offer.shape);
    const auto* gift = basket != nullptr ? std::get_if<Gift>(&basket->reward) : nullptr;
    if (gift == nullptr || catalog_->find(gift->product) != nullptr) return std::nullopt;
    return "its gift " + gift->product + " is not in the catalog";
  }

  void name_unknown(const Offer& offer) {
    std::int64_t unknown = 0;
    std::string first;
    for (const ProductSet* set : sets_of(offer.shape)) {
      if (set == nullptr) continue;
      for (const auto* products : {&set->products, &set->not_products}) {
        for (const std::string& product : *products) {
          if (catalog_->find(product) != nullptr) continue;
          if (unknown++ == 0) first = product;
        }
      }
    }
    if (unknown == 0) return;
    const std::string more = unknown == 1 ? "" : " and " + std::to_string(unknown - 1) + " more";
    add(FindingKind::unknown_product, offer, "the catalog does not have " + first + more);
  }

  const OfferBook& book_;
  const ProductTable* catalog_;
  const TimeZone* zone_;
  Survey survey_;
  std::vector<Finding> findings_;
};

}  // namespace

std::string_view name(FindingKind kind) {
  switch (kind) {
    case FindingKind::refused:
      return "refused";
    case FindingKind::may_not_be_mandatory:
      return "may_not_be_mandatory";
    case FindingKind::never_applies:
      return "never_applies";
    case FindingKind::contradicts:
      return "contradicts";
    case FindingKind::always_loses:
      return "always_loses";
    case FindingKind::overlaps:
      return "overlaps";
    case FindingKind::idle_step:
      return "idle_step";
    case FindingKind::dearer:
      return "dearer";
    case FindingKind::unknown_product:
      return "unknown_product";
  }
  return {};
}

std::vector<Finding> check_offers(const OfferBook& book, const ProductTable* catalog,
                                  const TimeZone* zone) {
  return Check(book, catalog, zone).run();
}

std::vector<Finding> findings_of(const std::vector<RefusedOffer>& refused) {
  std::vector<Finding> findings;
  for (const RefusedOffer& each : refused) {
    findings.push_back(
        {each.may_not_be_mandatory ? FindingKind::may_not_be_mandatory : FindingKind::refused,
         each.id, each.text});
  }
  return findings;
}

}  // namespace cartwright::offers
