#include "offers/part_search.hpp"

#include <algorithm>
#include <utility>

namespace cartwright::offers::search {
namespace {

// Into the part's own numbers.
class Renaming {
 public:
  explicit Renaming(const PartView& part) : part_(part) {
    units_.reserve(part.units.size());
    for (std::uint32_t i = 0; i < part.units.size(); ++i) units_.emplace_back(part.units[i], i);
    std::ranges::sort(units_);
  }

  void rename(Way& way) const {
    for (Placed& one : way.placed) one.candidate = own_candidate(one.candidate);
  }
  void rename(Effect& effect) const {
    for (Application& one : effect.applications) {
      one.candidate = own_candidate(one.candidate);
      for (UnitIndex& unit : one.qualify) unit = own_unit(unit);
      for (Share& share : one.reward) share.unit = own_unit(share.unit);
    }
  }

 private:
  std::uint32_t own_candidate(std::uint32_t candidate) const {
    const auto found = std::ranges::lower_bound(part_.candidates, candidate);
    return static_cast<std::uint32_t>(found - part_.candidates.begin());
  }
  std::uint32_t own_unit(UnitIndex unit) const {
    return std::ranges::lower_bound(units_, unit, {}, &std::pair<UnitIndex, std::uint32_t>::first)
        ->second;
  }

  const PartView& part_;
  std::vector<std::pair<UnitIndex, std::uint32_t>> units_;  // ascending; its own number
};

}  // namespace

Searched search_part(const PartView& part, const Outside& outside, std::uint64_t budget,
                     Effects effects) {
  Searched searched;
  searched.found = search_component(*part.problem, *part.component, part.most, outside, budget);
  const Renaming renaming(part);
  if (effects == Effects::yes) {
    searched.effects.reserve(searched.found.ways.size());
    for (const Way& way : searched.found.ways) {
      searched.effects.push_back(effect_of(*part.problem, *part.component, part.most, way));
      renaming.rename(searched.effects.back());
    }
  }
  for (Way& way : searched.found.ways) renaming.rename(way);
  return searched;
}

Way way_of(const PartView& part, const Way& own) {
  Way way = own;
  for (Placed& one : way.placed) one.candidate = part.candidates[one.candidate];
  return way;
}

void append(const PartView& part, const std::vector<Application>& own,
            std::vector<Application>& all) {
  for (const Application& one : own) {
    Application& made = all.emplace_back();
    made.candidate = part.candidates[one.candidate];
    made.qualify.reserve(one.qualify.size());
    for (const UnitIndex unit : one.qualify) made.qualify.push_back(part.units[unit]);
    made.reward.reserve(one.reward.size());
    for (const Share& share : one.reward) {
      made.reward.push_back({part.units[share.unit], share.discount});
    }
  }
}

}  // namespace cartwright::offers::search
