#include "offers/lowest_keys.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace cartwright::offers::search {
namespace {

using Uses = std::span<const Placed>;

// The uses of one unit come first whose lowest offer is the lowest; where one has all that the
// other has, the one that has more.
bool comes_first(Uses one, Uses other) {
  const auto [left, right] =
      std::ranges::mismatch(one, other, {}, &Placed::candidate, &Placed::candidate);
  if (left == one.end()) return false;
  return right == other.end() || left->candidate < right->candidate;
}

// Whether each unit has one use, and these are in the order of their offers.
bool is_in_order(std::span<const Placed> all) {
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].position != i) return false;
    if (i > 0 && all[i].candidate < all[i - 1].candidate) return false;
  }
  return true;
}

void order_class(std::span<Placed> all, std::vector<Placed>& buffer, std::vector<Uses>& units) {
  std::ranges::sort(all, [](const Placed& a, const Placed& b) {
    return std::tie(a.position, a.candidate) < std::tie(b.position, b.candidate);
  });
  buffer.assign(all.begin(), all.end());
  units.clear();
  for (auto from = buffer.begin(); from != buffer.end();) {
    const auto to = std::find_if(from, buffer.end(),
                                 [&](const Placed& one) { return one.position != from->position; });
    units.emplace_back(from, to);
    from = to;
  }
  std::ranges::stable_sort(units, comes_first);
  auto next = all.begin();
  for (std::uint32_t position = 0; position < units.size(); ++position) {
    for (const Placed& one : units[position]) {
      *next = one;
      next++->position = position;
    }
  }
}

// Ascending by offer, then key: the key's rank stands where the position was.
void list_keys(const Problem& problem, const Component& component, std::vector<Placed>& way) {
  take_lowest_keys_first(way);
  for (Placed& one : way) {
    one.position = problem.units[component.classes[one.at].units[one.position]].rank;
  }
  std::ranges::sort(way, [](const Placed& a, const Placed& b) {
    return std::tie(a.candidate, a.position) < std::tie(b.candidate, b.position);
  });
}

}  // namespace

bool shares_out(const Offer& offer) {
  if (const auto* meal = std::get_if<MealDeal>(&offer.shape)) {
    return std::holds_alternative<Money>(meal->reward);
  }
  if (const auto* tiers = std::get_if<Tiers>(&offer.shape)) {
    return std::ranges::any_of(tiers->steps, [](const TierStep& step) {
      return std::holds_alternative<Money>(step.reward);
    });
  }
  return std::holds_alternative<NForPrice>(offer.shape);
}

bool is_cut(const Component& component) {
  return std::ranges::any_of(component.classes, [&](const UnitClass& one) {
    return one.mark != component.classes.front().mark;
  });
}

void take_lowest_keys_first(std::vector<Placed>& way) {
  std::vector<Placed> buffer;
  std::vector<Uses> units;
  for (auto from = way.begin(); from != way.end();) {
    const auto to =
        std::find_if(from, way.end(), [&](const Placed& one) { return one.at != from->at; });
    if (!is_in_order({from, to})) order_class({from, to}, buffer, units);
    from = to;
  }
}

bool has_lower_keys(const Problem& problem, const Component& component, std::vector<Placed>& one,
                    std::vector<Placed>& other) {
  list_keys(problem, component, one);
  list_keys(problem, component, other);
  const auto same = [](const Placed& a, const Placed& b) {
    return a.candidate == b.candidate && a.position == b.position;
  };
  const auto [at, beside] = std::ranges::mismatch(one, other, same);
  // Of an application of any number of units the shorter list comes first.
  if (beside == other.end()) return false;
  if (at == one.end()) return true;
  return at->candidate != beside->candidate ? at->candidate > beside->candidate
                                            : at->position < beside->position;
}

}  // namespace cartwright::offers::search
