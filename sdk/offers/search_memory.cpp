#include "offers/search_memory.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace cartwright::offers::search {
namespace {

constexpr std::uint64_t kNone = ~std::uint64_t{0};

// search_component() promises that a budget of which so small a part was needed does not matter.
constexpr std::uint64_t kPartThatIsEnough = 4;

std::uint64_t hash_of(std::span<const std::uint64_t> words) {
  constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
  std::uint64_t hash = words.size();
  for (const std::uint64_t word : words) {
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

Found SearchMemory::search(const Problem& problem, const Component& component,
                           std::span<const std::int64_t> most, const Outside& outside,
                           std::uint64_t budget) {
  if (!sign(problem, component, most, outside)) {
    ++searches_;
    return search_component(problem, component, most, outside, budget);
  }
  const std::uint64_t hash = hash_of(signature_);
  if (Known* known = find(hash, budget)) {
    known->asked = problems_;
    Found found = known->found;
    for (Way& way : found.ways) {
      for (Placed& one : way.placed) one.candidate = candidates_[one.candidate];
    }
    return found;
  }
  ++searches_;
  Found found = search_component(problem, component, most, outside, budget);
  remember(hash, found, budget);
  return found;
}

SearchMemory::Known* SearchMemory::find(std::uint64_t hash, std::uint64_t budget) {
  const auto [first, last] = known_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    Known& known = at->second;
    const bool holds = known.budget == budget ||
                       known.found.states <= std::min(known.budget, budget) / kPartThatIsEnough;
    if (holds && known.signature == signature_) return &known;
  }
  return nullptr;
}

void SearchMemory::remember(std::uint64_t hash, const Found& found, std::uint64_t budget) {
  if (known_.size() >= kMostKnown) known_.clear();
  Known known{.signature = signature_, .found = found, .budget = budget, .asked = problems_};
  for (Way& way : known.found.ways) {
    for (Placed& one : way.placed) {
      one.candidate = static_cast<std::uint32_t>(place_of(one.candidate));
    }
  }
  known_.emplace(hash, std::move(known));
}

void SearchMemory::begin() {
  ++problems_;
  std::erase_if(known_, [&](const auto& one) { return one.second.asked + kKept < problems_; });
}

// False where it can not be told apart from others.
bool SearchMemory::sign(const Problem& problem, const Component& component,
                        std::span<const std::int64_t> most, const Outside& outside) {
  list_candidates(component);
  if (places_.size() < problem.items.size()) places_.resize(problem.items.size());
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    places_[candidates_[i]] = static_cast<std::uint32_t>(i);
  }
  signature_ = {candidates_.size(), component.classes.size(), outside.marks.size(),
                outside.groups.size(), outside.coupons.size()};
  // Where choices are kept apart by marks, offers of single units are searched like all others.
  if (!sign_candidates(problem, most, !outside.marks.empty())) return false;
  sign_classes(component, outside);
  if (outside.empty()) return true;
  const auto first_of = [&](const auto& has) {
    const auto found = std::ranges::find_if(candidates_, has);
    return found == candidates_.end() ? kNone
                                      : static_cast<std::uint64_t>(found - candidates_.begin());
  };
  signature_.push_back(static_cast<std::uint64_t>(outside.window));
  for (const std::uint32_t group : outside.groups) {
    signature_.push_back(
        first_of([&](std::uint32_t one) { return problem.items[one].group == group; }));
  }
  for (const std::uint32_t coupon : outside.coupons) {
    signature_.push_back(
        first_of([&](std::uint32_t one) { return problem.items[one].coupon == coupon; }));
  }
  return true;
}

void SearchMemory::list_candidates(const Component& component) {
  candidates_.assign(component.candidates.begin(), component.candidates.end());
  for (const UnitClass& one : component.classes) {
    for (const Eligible& each : one.free) candidates_.push_back(each.candidate);
  }
  if (candidates_.size() == component.candidates.size()) return;
  std::ranges::sort(candidates_);
  candidates_.erase(std::ranges::unique(candidates_).begin(), candidates_.end());
}

// `all`: free ones too are told in full.
bool SearchMemory::sign_candidates(const Problem& problem, std::span<const std::int64_t> most,
                                   bool all) {
  const std::less<> before;
  const Offer* const end = offers_.data() + offers_.size();
  for (const std::uint32_t number : candidates_) {
    const Candidate& one = problem.items[number];
    if (before(one.offer, offers_.data()) || !before(one.offer, end)) return false;
    signature_.push_back(reinterpret_cast<std::uintptr_t>(one.offer));
    if (!all && is_free(one)) continue;
    signature_.push_back((one.group ? 1U : 0U) | (one.coupon ? 2U : 0U) | one.sets.size() << 2);
    signature_.push_back(static_cast<std::uint64_t>(most[number]));
    for (const auto& set : one.sets) signature_.push_back(set.size());
    const auto sign_shared = [&](const auto& of) {
      const auto first = std::ranges::find_if(
          candidates_, [&](std::uint32_t other) { return of(problem.items[other]) == of(one); });
      signature_.push_back(static_cast<std::uint64_t>(first - candidates_.begin()));
    };
    if (one.group) sign_shared([](const Candidate& each) { return each.group; });
    if (!one.coupon) continue;
    sign_shared([](const Candidate& each) { return each.coupon; });
    signature_.push_back(static_cast<std::uint64_t>(problem.coupons[*one.coupon]));
  }
  return true;
}

void SearchMemory::sign_classes(const Component& component, const Outside& outside) {
  for (const UnitClass& one : component.classes) {
    signature_.push_back(static_cast<std::uint64_t>(one.base));
    signature_.push_back(one.units.size());
    for (const auto& list : {one.bound, one.local, one.free}) {
      signature_.push_back(list.size());
      for (const Eligible& each : list) {
        signature_.push_back(place_of(each.candidate) << 32 | each.mask);
      }
    }
    for (const std::uint32_t mark : outside.marks) signature_.push_back(one.mark >> mark & 1);
  }
}

}  // namespace cartwright::offers::search
