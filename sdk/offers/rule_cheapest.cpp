#include "offers/rule_cheapest.hpp"

#include "offers/discount.hpp"

namespace cartwright::offers::search {

std::int64_t AnyCheapestRule::worth(std::int64_t base, std::uint32_t) const {
  return parts_up(percent_of(base, offer_.bps), offer_.k, offer_.n);
}

std::vector<Application> AnyCheapestRule::assemble(std::span<const Taken> taken,
                                                   const Problem& problem) const {
  const auto k = static_cast<std::size_t>(offer_.k);
  const auto qualifies = static_cast<std::size_t>(offer_.n) - k;
  std::vector<Application> made(taken.size() / static_cast<std::size_t>(offer_.n));
  std::size_t qualify = 0;
  std::size_t reward = 0;
  for (const Taken& one : taken) {
    if (one.set == 0) {
      made[qualify++ / qualifies].qualify.push_back(one.unit);
    } else {
      made[reward++ / k].reward.push_back(
          {one.unit, percent_of(problem.units[one.unit].base, offer_.bps)});
    }
  }
  return made;
}

}  // namespace cartwright::offers::search
