#include "offers/option_merge.hpp"

#include <algorithm>
#include <utility>

namespace cartwright::offers::search {
namespace {

void add_to(Sums& sums, const Sums& more, const Sums& less) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += more[i] - less[i];
}

Score minus(Score one, const Score& other) {
  return one += other * -1;
}

// Where selections stand, by their sums.
class Places {
 public:
  // Of the first with the sums of the last one.
  std::uint32_t of(const std::vector<Selection>& all) {
    if (2 * all.size() > slots_.size()) {
      slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
      for (std::uint32_t i = 0; i + 1 < all.size(); ++i) slot_of(all, all[i]) = i + 1;
    }
    std::uint32_t& slot = slot_of(all, all.back());
    if (slot == 0) slot = static_cast<std::uint32_t>(all.size());
    return slot - 1;
  }

 private:
  std::uint32_t& slot_of(const std::vector<Selection>& all, const Selection& one) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash_of(one) & mask;
    while (slots_[at] != 0) {
      const Selection& other = all[slots_[at] - 1];
      if (other.taken == one.taken && other.flags == one.flags) break;
      at = (at + 1) & mask;
    }
    return slots_[at];
  }
  static std::uint64_t hash_of(const Selection& one) {
    std::uint64_t hash = 0;
    for (const Sums* sums : {&one.taken, &one.flags}) {
      for (const std::int64_t sum : *sums) {
        hash = (hash ^ static_cast<std::uint64_t>(sum)) * 0x9E37'79B9'7F4A'7C15;
        hash ^= hash >> 32;
      }
    }
    return hash;
  }

  std::vector<std::uint32_t> slots_;  // place + 1; 0: free
};

}  // namespace

OptionMerge::OptionMerge(const std::vector<const Option*>& base, std::int64_t window)
    : base_(base), window_(window), steps_(1) {
  Selection& all = selections_.emplace_back();
  if (base.empty()) return;
  all.taken.assign(base.front()->taken.size(), 0);
  all.flags.assign(base.front()->flags.size(), 0);
  const Sums nothing(std::max(all.taken.size(), all.flags.size()), 0);
  for (const Option* one : base) {
    add_to(all.taken, one->taken, nothing);
    add_to(all.flags, one->flags, nothing);
    all.score += one->score;
  }
}

bool OptionMerge::add(std::size_t part, const std::vector<Option>& options, std::uint64_t budget) {
  if (selections_.size() * options.size() > budget) {
    states_ += budget;
    return false;  // what can not be looked at stays as it was
  }
  std::vector<Selection> found;
  std::vector<Step> steps;
  Places places;
  const Option& base = *base_[part];
  std::int64_t most = 0;
  for (const Option& option : options) {
    const Score score = minus(option.score, base.score);
    for (const Selection& one : selections_) {
      Selection& more = found.emplace_back(one);
      add_to(more.taken, option.taken, base.taken);
      add_to(more.flags, option.flags, base.flags);
      more.score += score;
      most = std::max(most, more.score.gain);
      const Step step{
          .before = one.last, .part = static_cast<std::uint32_t>(part), .option = &option};
      const std::uint32_t place = places.of(found);
      if (place + 1 == found.size()) {
        steps.push_back(step);
        continue;
      }
      if (more.score.is_better_than(found[place].score)) {
        found[place].score = more.score;
        steps[place] = step;
      }
      found.pop_back();
    }
  }
  states_ += selections_.size() * options.size();
  selections_.clear();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].score.gain < most - window_) continue;
    found[i].last = static_cast<std::uint32_t>(steps_.size());
    steps_.push_back(steps[i]);
    selections_.push_back(std::move(found[i]));
  }
  return true;
}

std::vector<const Option*> OptionMerge::options(const Selection& selection) const {
  std::vector<const Option*> chosen = base_;
  for (std::uint32_t at = selection.last; at != 0; at = steps_[at].before) {
    chosen[steps_[at].part] = steps_[at].option;
  }
  return chosen;
}

}  // namespace cartwright::offers::search
