#include "offers/basket_effect.hpp"

#include <algorithm>

#include "offers/discount.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

std::int64_t sum_over(std::span<const UnitIndex> scope, const std::vector<std::int64_t>& of) {
  std::int64_t sum = 0;
  for (const UnitIndex unit : scope) sum += of[unit];
  return sum;
}

// Over lines, by what is left of them in the scope; in a line the first units give first.
Shares shares_over_lines(const Problem& problem, std::int64_t amount,
                         std::span<const UnitIndex> scope, const std::vector<std::int64_t>& left) {
  constexpr UnitIndex kNone = ~UnitIndex{0};
  Problem lines;
  std::vector<UnitIndex> index;  // by line
  std::vector<UnitIndex> all;
  for (const UnitIndex unit : scope) {
    const std::uint32_t line = problem.units[unit].line;
    if (line >= index.size()) index.resize(line + 1, kNone);
    if (index[line] == kNone) {
      index[line] = static_cast<UnitIndex>(all.size());
      all.push_back(index[line]);
      lines.units.push_back(problem.units[unit]);
      lines.units.back().base = 0;
    }
    lines.units[index[line]].base += left[unit];
  }
  Shares by_line = share_over(amount, all, lines);
  Shares made;
  made.reserve(scope.size());
  for (const UnitIndex unit : scope) {
    Share& line = by_line[index[problem.units[unit].line]];
    const std::int64_t part = std::min(line.discount, left[unit]);
    line.discount -= part;
    if (part > 0) made.push_back({unit, part});
  }
  return made;
}

}  // namespace

std::vector<BasketApplication> effect_of_baskets(const Problem& problem,
                                                 std::span<const Application> items,
                                                 std::span<const std::uint32_t> chosen) {
  std::vector<BasketApplication> made;
  if (chosen.empty()) return made;
  std::vector<std::int64_t> left;
  left.reserve(problem.units.size());
  for (const Unit& unit : problem.units) left.push_back(unit.base);
  for (const Application& one : items) {
    for (const Share& share : one.reward) left[share.unit] -= share.discount;
  }
  for (const std::uint32_t candidate : chosen) {
    const BasketCandidate& one = problem.baskets[candidate];
    const std::int64_t amount =
        basket_discount_of(std::get<BasketOffer>(one.offer->shape), sum_over(one.scope, left));
    BasketApplication& application = made.emplace_back();
    application.candidate = candidate;
    application.shares = shares_over_lines(problem, amount, one.scope, left);
    for (const Share& share : application.shares) left[share.unit] -= share.discount;
  }
  return made;
}

}  // namespace cartwright::offers::search
