#include "offers/priced_basket.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "offers/fitting.hpp"
#include "offers/nudges.hpp"
#include "offers/problem_builder.hpp"
#include "offers/share_ledger.hpp"

namespace cartwright::offers {
namespace {

struct Solved {
  BuiltProblem built;
  Solution solution;
  std::int64_t bound = 0;
  std::uint64_t states = 0;
  std::vector<std::int64_t> net;  // by unit, after item offers
};

std::vector<std::int64_t> net_of_items(const Problem& problem, const Solution& solution) {
  std::vector<std::int64_t> net;
  for (const Unit& unit : problem.units) net.push_back(unit.base);
  for (const Application& application : solution.items) {
    for (const Share& share : application.reward) net[share.unit] -= share.discount;
  }
  return net;
}

Money sum_of_net(const std::vector<UnitIndex>& scope, const std::vector<std::int64_t>& net) {
  Money sum;
  for (const UnitIndex unit : scope) sum += Money(net[unit]);
  return sum;
}

// A gift that the answer uses although its net threshold does not hold in it.
const Offer* broken_gift(const Solved& solved) {
  for (const GiftUse& gift : solved.built.gifts) {
    const auto& shape = std::get<BasketOffer>(gift.offer->shape);
    const bool used = std::any_of(solved.solution.items.begin(), solved.solution.items.end(),
                                  [&](const Application& a) { return a.candidate == gift.item; });
    if (used && shape.base == ThresholdBase::net &&
        sum_of_net(gift.scope, solved.net) < shape.threshold) {
      return gift.offer;
    }
  }
  return nullptr;
}

// The first answer may take gifts without regard to net thresholds: no feasible one is below its
// bound.
Solved solve_all(const OfferBook& book, const Basket& basket, const Facts& facts,
                 const PriceOptions& options) {
  BuildOptions build{.zone = options.zone, .explain = options.explain, .without = {}};
  std::optional<std::int64_t> bound;
  std::uint64_t states = 0;
  while (true) {
    Solved solved;
    solved.built = build_problem(book, basket, facts, build);
    solved.solution = solve(solved.built.problem, options.budget);
    solved.net = net_of_items(solved.built.problem, solved.solution);
    if (!bound) bound = solved.solution.bound;
    states += solved.solution.states;
    const Offer* broken = broken_gift(solved);
    if (broken == nullptr) {
      solved.bound = *bound;
      solved.states = states;
      return solved;
    }
    build.without.insert(broken->id);
  }
}

// The offer itself of one that stands for a gift.
const Offer& original(const OfferBook& book, const Offer& offer) {
  const Offer* found = book.find(offer.id);
  return found != nullptr ? *found : offer;
}

// A basket offer that finds nothing left to take counts as not used.
ShareLedger ledger_of(const OfferBook& book, Solved& solved, std::size_t lines) {
  const Problem& problem = solved.built.problem;
  ShareLedger ledger(problem.units, lines);
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
    std::vector<Share> shares;
    std::copy_if(application.shares.begin(), application.shares.end(), std::back_inserter(shares),
                 [](const Share& share) { return share.discount > 0; });
    const Offer& offer = *problem.baskets[application.candidate].offer;
    if (shares.empty()) {
      solved.built.reasons[offer.id] = "nothing of its scope is left to discount";
    } else {
      ledger.add(offer, {}, shares);
    }
  }
  ledger.fund();
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

void add_points(const OfferBook& book, const Facts& facts, Solved& solved,
                std::vector<AppliedOffer>& applied) {
  Taken taken;
  for (const AppliedOffer& each : applied) taken.take(*book.find(each.offer), each.applications);
  for (const PointsUse& use : solved.built.points) {
    const auto& shape = std::get<BasketOffer>(use.offer->shape);
    const Money reached = shape.base == ThresholdBase::net
                              ? sum_of_net(use.scope, solved.net)
                              : sum_of(use.scope, solved.built.problem.units);
    if (reached < shape.threshold || !taken.has_room(*use.offer, facts)) {
      solved.built.reasons[use.offer->id] =
          reached < shape.threshold ? "its threshold is not reached after the other offers"
                                    : "its group or coupon is used by another offer";
      continue;
    }
    taken.take(*use.offer, 1);
    applied.push_back({.offer = use.offer->id,
                       .applications = 1,
                       .discount = {},
                       .points = std::get<Points>(shape.reward).count});
  }
  std::sort(applied.begin(), applied.end(),
            [](const AppliedOffer& a, const AppliedOffer& b) { return a.offer < b.offer; });
}

// Why an offer of the problem was not chosen.
std::string why_unused(const Offer& offer, const std::vector<AppliedOffer>& applied,
                       const OfferBook& book) {
  for (const AppliedOffer& each : applied) {
    const Offer& other = *book.find(each.offer);
    if (!offer.group.empty() && other.group == offer.group) {
      return "offer " + other.id + " of its group is used";
    }
  }
  return "another choice of offers is better";
}

std::vector<DeclinedOffer> declined_of(const OfferBook& book, Solved& solved,
                                       const std::vector<AppliedOffer>& applied) {
  Reasons& reasons = solved.built.reasons;
  const auto explain = [&](const Offer& offer) {
    reasons.try_emplace(offer.id, why_unused(offer, applied, book));
  };
  for (const Candidate& item : solved.built.problem.items) explain(*item.offer);
  for (const BasketCandidate& basket : solved.built.problem.baskets) explain(*basket.offer);
  for (const MandatoryUse& use : solved.built.mandatory) {
    reasons.try_emplace(use.offer->id, "it takes nothing off what is in the basket");
  }
  for (const AppliedOffer& each : applied) reasons.erase(each.offer);
  std::vector<DeclinedOffer> declined;
  for (auto& [offer, why] : reasons) declined.push_back({offer, std::move(why)});
  return declined;
}

// The rules as they are, or with all classes of the basket untaxed.
PriceRules with_taxes(const PriceRules& rules, const Basket& basket) {
  PriceRules result = rules;
  if (!rules.taxes.empty()) return result;
  for (const Line& line : basket.lines()) result.taxes[line.product->tax] = {};
  return result;
}

}  // namespace

PricedBasket price(const OfferBook& book, const Basket& basket, const Facts& facts,
                   const PriceRules& rules, const PriceOptions& options) {
  if (!(book.currency() == rules.currency)) {
    throw Error(ErrorKind::invalid_input, "the offers are in " + std::string(book.currency().code) +
                                              ", the basket in " +
                                              std::string(rules.currency.code) +
                                              "; money of two currencies is never added up");
  }
  Solved solved = solve_all(book, basket, facts, options);
  const ShareLedger ledger = ledger_of(book, solved, basket.lines().size());
  PricedBasket priced;
  priced.totals = totals(basket, with_taxes(rules, basket), ledger.discounts(basket));
  priced.bound = Money(solved.bound) + Money(solved.built.all.outside);
  priced.proven_best = priced.bound == priced.totals.goods;
  priced.states = solved.states;
  priced.shares = ledger.lines();
  priced.applied = ledger.applied();
  add_points(book, facts, solved, priced.applied);
  priced.declined = declined_of(book, solved, priced.applied);
  if (options.nudges > 0) {
    priced.nudges = nudges(book, basket, facts, rules, options, priced, solved.built);
  }
  return priced;
}

}  // namespace cartwright::offers
