#include "offers/option_merge.hpp"

#include <algorithm>
#include <boost/container_hash/hash.hpp>
#include <unordered_set>
#include <utility>

namespace cartwright::offers::search {
namespace {

void add_to(Sums& sums, const Sums& more, const Sums& less) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += more[i] - less[i];
}

Score minus(Score one, const Score& other) {
  return one += other * -1;
}

std::size_t hash_of(const Selection& one) {
  std::size_t hash = boost::hash_range(one.taken.begin(), one.taken.end());
  boost::hash_range(hash, one.flags.begin(), one.flags.end());
  return hash;
}

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
  // Places of those found, told apart by their sums.
  const auto hash = [&](std::uint32_t place) { return hash_of(found[place]); };
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    return found[a].taken == found[b].taken && found[a].flags == found[b].flags;
  };
  std::unordered_set<std::uint32_t, decltype(hash), decltype(same)> places(64, hash, same);
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
      const auto [place, is_new] = places.insert(static_cast<std::uint32_t>(steps.size()));
      if (is_new) {
        steps.push_back(step);
        continue;
      }
      if (more.score.is_better_than(found[*place].score)) {
        found[*place].score = more.score;
        steps[*place] = step;
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
