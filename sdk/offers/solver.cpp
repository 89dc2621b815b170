#include "offers/solver.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

#include "base/error.hpp"
#include "offers/basket_choice.hpp"
#include "offers/component.hpp"
#include "offers/discount.hpp"
#include "offers/sweep.hpp"

namespace cartwright::offers {
namespace {

using search::Component;
using search::Plan;
using search::Swept;

// Bounds are kept in search::kParts of a minor unit, and sums of all units must fit.
constexpr std::int64_t kMostBase = std::int64_t{1} << 52;

std::int64_t sum_of_bases(const Problem& problem) {
  Wide sum = 0;
  for (const Unit& unit : problem.units) sum += unit.base;
  if (sum > kMostBase) {
    throw Error(ErrorKind::invalid_input,
                "the basket comes to more than " + std::to_string(kMostBase) +
                    " minor units before discounts, which is more than can be priced");
  }
  return static_cast<std::int64_t>(sum);
}

UnitIndex first_unit(const Application& one) {
  UnitIndex first = ~UnitIndex{0};
  for (const UnitIndex unit : one.qualify) first = std::min(first, unit);
  for (const Share& share : one.reward) first = std::min(first, share.unit);
  return first;
}

void append(std::vector<Application>& all, std::vector<Application> made, std::uint32_t candidate) {
  for (Application& one : made) {
    one.candidate = candidate;
    std::ranges::sort(one.qualify);
    std::ranges::sort(one.reward, {}, &Share::unit);
    all.push_back(std::move(one));
  }
}

std::vector<Application> applications_of(const Problem& problem, const Plan& plan,
                                         const Swept& swept) {
  std::vector<Application> all;
  for (std::size_t i = 0; i < plan.rules.size(); ++i) {
    if (swept.taken[i].empty()) continue;
    append(all, plan.rules[i].rule->assemble(swept.taken[i], problem), plan.rules[i].candidate);
  }
  for (const auto& [candidate, unit] : swept.free) {
    const auto& offer = std::get<UnitOffer>(problem.items[candidate].offer->shape);
    Application one;
    one.candidate = candidate;
    one.reward.push_back({unit, discount_of(offer.reward, problem.units[unit].base)});
    all.push_back(std::move(one));
  }
  return all;
}

// Leaves out stacked offers that a unit's price has no room for. False where some were.
bool keep_within_prices(const Problem& problem, std::vector<Application>& all) {
  const auto stacks = [&](const Application& one) {
    return !problem.items[one.candidate].offer->exclusive;
  };
  if (std::ranges::none_of(all, stacks)) return true;
  std::vector<std::int64_t> left;
  for (const Unit& unit : problem.units) left.push_back(unit.base);
  const auto fits = [&](const Application& one) {
    return std::ranges::all_of(
        one.reward, [&](const Share& share) { return share.discount <= left[share.unit]; });
  };
  std::ranges::stable_partition(all, std::not_fn(stacks));
  std::vector<Application> kept;
  for (Application& one : all) {
    if (!fits(one)) continue;
    for (const Share& share : one.reward) left[share.unit] -= share.discount;
    kept.push_back(std::move(one));
  }
  const bool is_whole = kept.size() == all.size();
  all = std::move(kept);
  return is_whole;
}

std::int64_t discounts(const std::vector<Application>& all) {
  std::int64_t sum = 0;
  for (const Application& one : all) {
    for (const Share& share : one.reward) sum += share.discount;
  }
  return sum;
}

struct Part {
  std::vector<Application> made;
  std::int64_t bound = 0;  // no choice takes off more
  std::uint64_t states = 0;
};

Part solve_part(const Problem& problem, const Component& component,
                const std::vector<std::int64_t>& most, std::uint64_t budget) {
  const Plan plan = search::make_plan(problem, component, most);
  const Swept swept = search::sweep(plan, budget, search::Bundles::stacked);
  Part part{applications_of(problem, plan, swept), swept.bound, swept.states};
  if (keep_within_prices(problem, part.made)) return part;
  const Swept again =
      search::sweep(plan, budget - std::min(budget, part.states), search::Bundles::alone);
  part.states += again.states;
  std::vector<Application> made = applications_of(problem, plan, again);
  keep_within_prices(problem, made);
  if (discounts(made) > discounts(part.made)) part.made = std::move(made);
  return part;
}

}  // namespace

Solution solve(const Problem& problem, std::uint64_t budget) {
  const std::int64_t base = sum_of_bases(problem);
  Solution solution;
  std::int64_t bound = base;
  const std::vector<std::int64_t> most = search::most_applications(problem);
  std::vector<Component> parts = search::components(problem, most);
  std::size_t parts_left = parts.size();
  for (const Component& part : parts) {
    Part solved = solve_part(problem, part, most, (budget - solution.states) / parts_left--);
    solution.states += std::min(solved.states, budget - solution.states);
    bound -= solved.bound;
    solution.items.insert(solution.items.end(), std::make_move_iterator(solved.made.begin()),
                          std::make_move_iterator(solved.made.end()));
  }
  std::ranges::sort(solution.items, [](const Application& a, const Application& b) {
    return std::tuple(a.candidate, first_unit(a)) < std::tuple(b.candidate, first_unit(b));
  });
  solution.goods = base - discounts(solution.items);
  solution.bound = bound;
  choose_basket_offers(problem, solution);
  return solution;
}

}  // namespace cartwright::offers
