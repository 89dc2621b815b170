#include "offers/solved_basket.hpp"

#include <algorithm>
#include <optional>

#include "offers/price_memory.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers {
namespace {

std::vector<std::int64_t> net_of_items(const Problem& problem, const Solution& solution) {
  std::vector<std::int64_t> net;
  for (const Unit& unit : problem.units) net.push_back(unit.base);
  for (const Application& application : solution.items) {
    for (const Share& share : application.reward) net[share.unit] -= share.discount;
  }
  return net;
}

// A gift that the answer uses although its net threshold does not hold in it.
const Offer* broken_gift(const SolvedBasket& solved) {
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

}  // namespace

Money sum_of_net(std::span<const UnitIndex> scope, const std::vector<std::int64_t>& net) {
  Money sum;
  for (const UnitIndex unit : scope) sum += Money(net[unit]);
  return sum;
}

SolvedBasket solve_basket(const OfferBook& book, const Basket& basket, const Facts& facts,
                          const PriceOptions& options) {
  BuildOptions build{
      .zone = options.zone, .explain = options.explain, .without = {}, .memory = nullptr};
  search::SearchMemory* memory = nullptr;
  if (options.memory != nullptr) {
    build.memory = &options.memory->sets(book);
    memory = &options.memory->searches(book);
  }
  // The first answer may take gifts without regard to net thresholds: no feasible one is below its
  // bound.
  std::optional<std::int64_t> bound;
  std::uint64_t states = 0;
  while (true) {
    SolvedBasket solved;
    solved.built = build_problem(book, basket, facts, build);
    solved.solution = solve_again(solved.built.problem, options.budget, memory);
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

Money SolvedBasket::saved() const {
  Money sum;
  for (const MandatoryUse& use : built.mandatory) sum += Money(use.discount);
  for (const Unit& unit : built.problem.units) sum += Money(unit.base);
  return sum - Money(solution.goods);
}

Money SolvedBasket::saved_by(const Offer& offer) const {
  Money sum;
  for (const MandatoryUse& use : built.mandatory) {
    if (use.offer == &offer) sum += Money(use.discount);
  }
  for (const Application& one : solution.items) {
    // What stands for a gift has its id.
    if (built.problem.items[one.candidate].offer->id == offer.id)
      sum += Money(discount_of(one.reward));
  }
  for (const BasketApplication& one : solution.baskets) {
    if (built.problem.baskets[one.candidate].offer == &offer) sum += Money(discount_of(one.shares));
  }
  return sum;
}

}  // namespace cartwright::offers
