#include "offers/search_memory.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace cartwright::offers::search {
namespace {

constexpr std::uint64_t kNone = ~std::uint64_t{0};

// search_component() promises that a budget of which so small a part was needed for everything does
// not matter.
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

// The first candidate of the part of which this is true, by its own number.
std::uint64_t first_of(const PartView& part, const auto& is) {
  for (std::size_t i = 0; i < part.candidates.size(); ++i) {
    if (is(part.problem->items[part.candidates[i]])) return i;
  }
  return kNone;
}

}  // namespace

void SearchMemory::begin() {
  ++problems_;
  if (known_.size() > kMostKnown) known_.clear();
  std::erase_if(known_, [&](const auto& one) {
    return one.second.signature.empty() || one.second.asked + kKept < problems_;
  });
}

const Searched& SearchMemory::search(const PartView& part, const Outside& outside,
                                     std::uint64_t budget, Effects effects) {
  const Task task = effects == Effects::yes ? Task::search_with_effects : Task::search;
  return ask(part, outside, budget, task, [&] {
    ++searches_;
    return search_part(part, outside, budget, effects);
  });
}

const Effect& SearchMemory::rank(const PartView& part, Ranking ranking) {
  const Task task = ranking == Ranking::priority ? Task::priority : Task::average_value;
  const Searched& ranked = ask(part, {}, 0, task, [&] {
    return Searched{.found = {}, .effects = {rank_part(part, ranking)}};
  });
  return ranked.effects.front();
}

// By memory or by work.
const Searched& SearchMemory::ask(const PartView& part, const Outside& outside,
                                  std::uint64_t budget, Task task, const auto& work) {
  const bool can_be_told = sign(part, outside, task);
  if (!can_be_told) signature_.clear();
  const std::uint64_t hash = hash_of(signature_);
  if (can_be_told) {
    if (Known* known = find(hash, budget)) {
      known->asked = problems_;
      return known->searched;
    }
  }
  Known made{.signature = signature_, .searched = work(), .budget = budget, .asked = problems_};
  return known_.emplace(hash, std::move(made))->second.searched;
}

SearchMemory::Known* SearchMemory::find(std::uint64_t hash, std::uint64_t budget) {
  const auto [first, last] = known_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    Known& known = at->second;
    const Found& found = known.searched.found;
    const std::uint64_t enough = std::min(known.budget, budget) / kPartThatIsEnough;
    const bool holds = known.budget == budget || (found.is_whole && found.states <= enough);
    if (holds && known.signature == signature_) return &known;
  }
  return nullptr;
}

// False where the part can not be told apart from others.
bool SearchMemory::sign(const PartView& part, const Outside& outside, Task task) {
  signature_ = {part.candidates.size(),
                part.component->classes.size(),
                part.units.size(),
                outside.marks.size(),
                outside.groups.size(),
                outside.coupons.size(),
                static_cast<std::uint64_t>(task)};
  // Where choices are kept apart by marks, offers of single units are searched like all others.
  if (!sign_candidates(part, !outside.marks.empty())) return false;
  sign_classes(part, outside);
  if (outside.empty()) return true;
  signature_.push_back(static_cast<std::uint64_t>(outside.window));
  signature_.push_back(static_cast<std::uint64_t>(outside.gain));
  for (const std::uint32_t group : outside.groups) {
    signature_.push_back(first_of(part, [&](const Candidate& one) { return one.group == group; }));
  }
  for (const std::uint32_t coupon : outside.coupons) {
    signature_.push_back(
        first_of(part, [&](const Candidate& one) { return one.coupon == coupon; }));
  }
  return true;
}

// `all`: free ones too are told in full.
bool SearchMemory::sign_candidates(const PartView& part, bool all) {
  const std::less<> before;
  const Offer* const end = offers_.data() + offers_.size();
  if (places_.size() < part.problem->items.size()) places_.resize(part.problem->items.size());
  std::uint32_t place = 0;
  for (const std::uint32_t number : part.candidates) {
    places_[number] = place++;
    const Candidate& one = part.problem->items[number];
    if (before(one.offer, offers_.data()) || !before(one.offer, end)) return false;
    signature_.push_back(reinterpret_cast<std::uintptr_t>(one.offer));
    if (!all && is_free(one)) continue;
    signature_.push_back((one.group ? 1U : 0U) | (one.coupon ? 2U : 0U) | one.sets.size() << 2);
    signature_.push_back(static_cast<std::uint64_t>(part.most[number]));
    for (const auto& set : one.sets) signature_.push_back(set.size());
    if (one.group) {
      signature_.push_back(
          first_of(part, [&](const Candidate& other) { return other.group == one.group; }));
    }
    if (one.coupon) {
      signature_.push_back(
          first_of(part, [&](const Candidate& other) { return other.coupon == one.coupon; }));
      signature_.push_back(static_cast<std::uint64_t>(part.problem->coupons[*one.coupon]));
    }
  }
  return true;
}

void SearchMemory::sign_classes(const PartView& part, const Outside& outside) {
  for (const UnitClass& one : part.component->classes) {
    signature_.push_back(static_cast<std::uint64_t>(one.base));
    signature_.push_back(one.units.size());
    for (const auto& list : {one.bound, one.local, one.free}) {
      signature_.push_back(list.size());
      for (const Eligible& each : list) {
        signature_.push_back(std::uint64_t{places_[each.candidate]} << 32 | each.mask);
      }
    }
    for (const std::uint32_t mark : outside.marks) signature_.push_back(one.mark >> mark & 1);
  }
  signature_.insert(signature_.end(), part.order.begin(), part.order.end());
}

}  // namespace cartwright::offers::search
