#include "offers/priced_basket.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "offers/coupon_pricing.hpp"
#include "offers/fitting.hpp"
#include "offers/nudges.hpp"
#include "offers/presented_coupons.hpp"
#include "offers/price_memory.hpp"
#include "offers/share_ledger.hpp"
#include "offers/solved_basket.hpp"

namespace cartwright::offers {
namespace {

// The offer itself of one that stands for a gift.
const Offer& original(const OfferBook& book, const Offer& offer) {
  const std::vector<Offer>& all = book.offers();
  const std::less<> before;
  const bool is_original = !before(&offer, all.data()) && before(&offer, all.data() + all.size());
  return is_original ? offer : *book.find(offer.id);
}

// A basket offer that finds nothing left to take counts as not used.
ShareLedger ledger_of(const OfferBook& book, SolvedBasket& solved) {
  const Problem& problem = solved.built.problem;
  ShareLedger ledger(problem.units);
  for (const MandatoryUse& use : solved.built.mandatory) {
    if (use.discount == 0) continue;
    const Share share{use.unit, use.discount};
    ledger.add(*use.offer, {}, {&share, 1});
  }
  for (const Application& application : solved.solution.items) {
    const Offer& offer = original(book, *problem.items[application.candidate].offer);
    ledger.add(offer, application.qualify, application.reward);
  }
  for (const BasketApplication& application : solved.solution.baskets) {
    Shares shares;
    shares.reserve(application.shares.size());
    std::copy_if(application.shares.begin(), application.shares.end(), std::back_inserter(shares),
                 [](const Share& share) { return share.discount > 0; });
    const Offer& offer = *problem.baskets[application.candidate].offer;
    if (shares.empty()) {
      solved.built.reasons.push_back({&offer, {Why::Case::nothing_left}});
    } else {
      ledger.add(offer, {}, shares);
    }
  }
  return ledger;
}

// Groups and coupons that the answer uses up; points come after it.
struct Taken {
  std::set<std::string, std::less<>> groups;
  std::map<std::string, std::int64_t, std::less<>> coupons;

  void take(const Offer& offer, std::int64_t applications) {
    if (!offer.group.empty()) groups.insert(offer.group);
    if (!offer.coupon.empty()) coupons[offer.coupon] += applications;
  }
  bool has_room(const Offer& offer, const Facts& facts) const {
    if (!offer.group.empty() && groups.contains(offer.group)) return false;
    if (offer.coupon.empty()) return true;
    const auto used = coupons.find(offer.coupon);
    const auto there = std::count(facts.coupons.begin(), facts.coupons.end(), offer.coupon);
    return there > (used == coupons.end() ? 0 : used->second);
  }
};

// `used` are the offers of `applied`, in its order before and after.
void add_points(const Facts& facts, SolvedBasket& solved, std::vector<const Offer*>& used,
                std::vector<AppliedOffer>& applied) {
  if (solved.built.points.empty()) return;
  Taken taken;
  for (std::size_t i = 0; i < used.size(); ++i) taken.take(*used[i], applied[i].applications);
  for (const PointsUse& use : solved.built.points) {
    const auto& shape = std::get<BasketOffer>(use.offer->shape);
    const Money reached = shape.base == ThresholdBase::net
                              ? sum_of_net(use.scope, solved.net)
                              : sum_of(use.scope, solved.built.problem.units);
    if (reached < shape.threshold || !taken.has_room(*use.offer, facts)) {
      const auto why =
          reached < shape.threshold ? Why::Case::threshold_lost : Why::Case::group_or_coupon_used;
      solved.built.reasons.push_back({use.offer, {why}});
      continue;
    }
    taken.take(*use.offer, 1);
    used.push_back(use.offer);
    applied.push_back({.offer = use.offer->id,
                       .name = use.offer->name,
                       .applications = 1,
                       .discount = {},
                       .points = std::get<Points>(shape.reward).count});
  }
  std::sort(used.begin(), used.end(), std::less<>());
  std::sort(applied.begin(), applied.end(),
            [](const AppliedOffer& a, const AppliedOffer& b) { return a.offer < b.offer; });
}

// Why an offer of the problem was not chosen.
Why why_unused(const Offer& offer, const std::map<std::string_view, const Offer*>& groups) {
  const auto group = offer.group.empty() ? groups.end() : groups.find(offer.group);
  if (group == groups.end()) return {Why::Case::not_better};
  return {.what = Why::Case::group_used, .other = group->second};
}

// `used`: the offers that apply, by id. A book's offers lie in the order of their ids.
std::vector<DeclinedOffer> declined_of(const OfferBook& book, const Facts& facts,
                                       SolvedBasket& solved,
                                       const std::vector<const Offer*>& used) {
  std::map<std::string_view, const Offer*> groups;
  for (const Offer* offer : used) {
    if (!offer->group.empty()) groups.try_emplace(offer->group, offer);
  }
  Reasons& reasons = solved.built.reasons;
  for (const Candidate& item : solved.built.problem.items) {
    const Offer& offer = original(book, *item.offer);
    reasons.push_back({&offer, why_unused(offer, groups)});
  }
  for (const BasketCandidate& basket : solved.built.problem.baskets) {
    reasons.push_back({basket.offer, why_unused(*basket.offer, groups)});
  }
  for (const MandatoryUse& use : solved.built.mandatory) {
    reasons.push_back({use.offer, {Why::Case::takes_nothing}});
  }
  // Of several reasons for one offer the first that was found is told.
  std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
    return std::less<>()(a.offer, b.offer);
  });
  std::vector<DeclinedOffer> declined;
  const Offer* before = nullptr;
  for (const Reason& reason : reasons) {
    const bool is_told = reason.offer == before;
    before = reason.offer;
    if (is_told || std::binary_search(used.begin(), used.end(), reason.offer, std::less<>())) {
      continue;
    }
    declined.push_back({reason.offer->id, text(reason, facts, book.currency())});
  }
  return declined;
}

// The rules with all classes of the basket untaxed.
PriceRules without_taxes(const PriceRules& rules, const Basket& basket) {
  PriceRules result = rules;
  for (const Line& line : basket.lines()) result.taxes[line.product->tax] = {};
  return result;
}

}  // namespace

PricedBasket price(const OfferBook& book, const Basket& basket, const Facts& facts,
                   const PriceRules& rules, const PriceOptions& options) {
  if (options.nudges > 0 && options.memory == nullptr) {
    // They are the same basket with a little more.
    PriceMemory memory;
    PriceOptions remembering = options;
    remembering.memory = &memory;
    return price(book, basket, facts, rules, remembering);
  }
  if (has_gs1_coupons(facts)) return price_with_gs1_coupons(book, basket, facts, rules, options);
  if (!(book.currency() == rules.currency)) {
    throw Error(ErrorKind::invalid_input, "the offers are in " + std::string(book.currency().code) +
                                              ", the basket in " +
                                              std::string(rules.currency.code) +
                                              "; money of two currencies is never added up");
  }
  SolvedBasket solved = solve_basket(book, basket, facts, options);
  const ShareLedger ledger = ledger_of(book, solved);
  PricedBasket priced;
  priced.totals = totals(basket, rules.taxes.empty() ? without_taxes(rules, basket) : rules,
                         ledger.discounts(basket));
  priced.bound = Money(solved.bound) + Money(solved.built.all.outside);
  priced.proven_best = priced.bound == priced.totals.goods;
  priced.states = solved.states;
  priced.shares = ledger.lines(basket.lines().size());
  priced.applied = ledger.applied();
  std::vector<const Offer*> used = ledger.offers();
  add_points(facts, solved, used, priced.applied);
  if (options.declined || options.explain) {
    priced.declined = declined_of(book, facts, solved, used);
  }
  if (options.nudges > 0) {
    priced.nudges = nudges(book, basket, facts, options, solved);
  }
  return priced;
}

}  // namespace cartwright::offers
