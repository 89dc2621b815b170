#include "support/offers/mip_price_order.hpp"

#include <functional>
#include <iterator>
#include <set>

namespace cartwright::judge {
namespace {

using Prices = std::set<std::int64_t, std::greater<>>;

Prices prices_of(const Classes& classes, const Roles& roles) {
  Prices prices;
  for (const auto& [each, variable] : roles.reward) prices.insert(classes.classes[each].base);
  return prices;
}

// The units of the classes at the price or above.
Linear from(const Classes& classes, const std::map<std::size_t, int>& role, std::int64_t price) {
  Linear sum;
  for (const auto& [each, variable] : role) {
    if (classes.classes[each].base >= price) sum.add(variable, 1);
  }
  return sum;
}

}  // namespace

void reward_lesser(const Classes& classes, const Roles& roles, const RoleSizes& sizes,
                   IntegerProgram& program) {
  const auto most = static_cast<std::int64_t>(classes.of_unit.size()) + 1;
  for (const std::int64_t price : prices_of(classes, roles)) {
    const int begun = program.variable(0, most);
    program.at_most(from(classes, roles.reward, price).add(begun, -sizes.reward), 0);
    program.at_least(from(classes, roles.qualify, price).add(begun, -sizes.qualify), 0);
  }
}

void reward_cheapest_of_all(const Classes& classes, const Roles& roles, IntegerProgram& program) {
  std::map<std::int64_t, int> may_reward;  // at a price and below
  for (const std::int64_t price : prices_of(classes, roles)) {
    may_reward[price] = program.variable(0, 1);
  }
  for (auto at = may_reward.begin(); at != may_reward.end(); ++at) {
    const auto dearer = std::next(at);
    if (dearer == may_reward.end()) continue;
    program.at_most(Linear{}.add(dearer->second, 1).add(at->second, -1), 0);
  }
  for (const auto& [each, variable] : roles.reward) {
    const auto& its = classes.classes[each];
    const double all = static_cast<double>(its.size);
    program.at_most(Linear{}.add(variable, 1).add(may_reward[its.base], -all), 0);
  }
  for (const auto& [each, variable] : roles.qualify) {
    const auto& its = classes.classes[each];
    const auto dearer = may_reward.upper_bound(its.base);
    if (dearer == may_reward.end()) continue;
    const double all = static_cast<double>(its.size);
    program.at_most(Linear{}.add(variable, 1).add(dearer->second, all), all);
  }
}

}  // namespace cartwright::judge
