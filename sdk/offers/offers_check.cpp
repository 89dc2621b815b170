#include "offers/offers_check.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "offers/offer_dominance.hpp"
#include "offers/offer_shapes.hpp"
#include "offers/offers_survey.hpp"

namespace cartwright::offers {
namespace {

using Why = std::optional<std::string>;

bool gives_nothing(const UnitReward& reward) {
  if (const auto* percent = std::get_if<PercentReward>(&reward)) return percent->bps == 0;
  const auto* amount = std::get_if<AmountReward>(&reward);
  return amount != nullptr && amount->off == Money(0);
}

// Whether the shape gives nothing to anybody. `sets` is null without a catalog; with one no set is
// empty.
class NeverWorth {
 public:
  NeverWorth(const std::vector<SetFacts>* sets, const Currency& currency)
      : sets_(sets), currency_(currency) {}

  Why operator()(const UnitOffer& offer) const { return reward(offer.reward, 0); }
  Why operator()(const CheapestOf& offer) const { return rate(offer.bps); }
  Why operator()(const NForPrice& offer) const { return bundle(offer.price, {offer.n}); }
  Why operator()(const BuyGet& offer) const { return reward(offer.reward, 1); }

  Why operator()(const MealDeal& offer) const {
    if (const auto* percent = std::get_if<PercentReward>(&offer.reward)) return rate(percent->bps);
    std::vector<int> counts;
    for (const Slot& slot : offer.slots) counts.push_back(slot.n);
    return bundle(std::get<Money>(offer.reward), counts);
  }

  Why operator()(const Tiers& offer) const {
    const bool nothing =
        std::all_of(offer.steps.begin(), offer.steps.end(), [](const TierStep& step) {
          const auto* percent = std::get_if<PercentReward>(&step.reward);
          return percent != nullptr ? percent->bps == 0 : std::get<Money>(step.reward) == Money(0);
        });
    return nothing ? Why("no step of it takes anything off") : std::nullopt;
  }

  Why operator()(const BasketOffer& offer) const {
    if (const auto* percent = std::get_if<PercentReward>(&offer.reward)) return rate(percent->bps);
    const auto* amount = std::get_if<Money>(&offer.reward);
    return amount != nullptr && *amount == Money(0) ? Why("it takes nothing off") : std::nullopt;
  }

 private:
  static Why rate(std::int64_t bps) {
    return bps == 0 ? Why("it takes nothing off") : std::nullopt;
  }

  Why reward(const UnitReward& reward, std::size_t set) const {
    if (gives_nothing(reward)) return "it takes nothing off";
    const auto* price = std::get_if<PriceReward>(&reward);
    if (price == nullptr || sets_ == nullptr || (*sets_)[set].weighed) return std::nullopt;
    if ((*sets_)[set].dearest > price->price) return std::nullopt;
    return "none of its products costs more than " + format_with_code(price->price, currency_);
  }

  Why bundle(Money price, const std::vector<int>& counts) const {
    if (sets_ == nullptr) return std::nullopt;
    Money dearest;
    for (std::size_t set = 0; set < counts.size(); ++set) {
      if ((*sets_)[set].weighed) return std::nullopt;
      dearest += (*sets_)[set].dearest * counts[set];
    }
    if (dearest > price) return std::nullopt;
    return "its units cost at most " + format_with_code(dearest, currency_) +
           ", which is not above its price of " + format_with_code(price, currency_);
  }

  const std::vector<SetFacts>* sets_;
  const Currency& currency_;
};

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
  Check(const OfferBook& book, const ProductTable* catalog)
      : book_(book), catalog_(catalog), survey_(survey(book, catalog)) {}

  std::vector<Finding> run() {
    for (std::uint32_t i = 0; i < book_.offers().size(); ++i) {
      const Offer& offer = book_.offers()[i];
      if (auto why = why_never(offer, i)) add(FindingKind::never_applies, offer, std::move(*why));
      if (catalog_ != nullptr) name_unknown(offer);
    }
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

  Why why_never(const Offer& offer, std::uint32_t number) const {
    if (offer.when.from && offer.when.to && *offer.when.to <= *offer.when.from) {
      return "it ends before it begins";
    }
    if (auto why = excludes_itself(offer)) return why;
    if (catalog_ != nullptr) {
      for (const SetFacts& set : survey_.sets[number]) {
        if (set.products == 0) return "a set of it has no product of the catalog that offers touch";
      }
      if (auto why = why_no_gift(offer)) return why;
    }
    const auto* sets = catalog_ != nullptr ? &survey_.sets[number] : nullptr;
    return std::visit(NeverWorth(sets, book_.currency()), offer.shape);
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
  Survey survey_;
  std::vector<Finding> findings_;
};

}  // namespace

std::string_view name(FindingKind kind) {
  switch (kind) {
    case FindingKind::refused:
      return "refused";
    case FindingKind::never_applies:
      return "never_applies";
    case FindingKind::contradicts:
      return "contradicts";
    case FindingKind::always_loses:
      return "always_loses";
    case FindingKind::overlaps:
      return "overlaps";
    case FindingKind::unknown_product:
      return "unknown_product";
  }
  return {};
}

std::vector<Finding> check_offers(const OfferBook& book, const ProductTable* catalog) {
  return Check(book, catalog).run();
}

}  // namespace cartwright::offers
