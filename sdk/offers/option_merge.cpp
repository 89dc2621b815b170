#include "offers/option_merge.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace cartwright::offers::search {
namespace {

void add_to(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& more,
            const std::vector<std::int64_t>& less) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += more[i] - less[i];
}

Score minus(Score one, const Score& other) {
  return one += other * -1;
}

}  // namespace

OptionMerge::OptionMerge(const std::vector<const Option*>& base, std::int64_t window)
    : base_(base), window_(window), steps_(1) {
  Selection& all = selections_.emplace_back();
  if (base.empty()) return;
  all.taken.assign(base.front()->taken.size(), 0);
  all.flags.assign(base.front()->flags.size(), 0);
  const std::vector<std::int64_t> nothing(std::max(all.taken.size(), all.flags.size()), 0);
  for (const Option* one : base) {
    add_to(all.taken, one->taken, nothing);
    add_to(all.flags, one->flags, nothing);
    all.score += one->score;
  }
}

bool OptionMerge::add(std::size_t part, const std::vector<Option>& options, std::uint64_t budget) {
  using Key = std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>;
  std::map<Key, std::pair<Selection, Step>> found;
  const Option& base = *base_[part];
  std::int64_t most = 0;
  bool is_whole = true;
  const std::uint64_t end = states_ + budget;
  for (const Selection& one : selections_) {
    for (const Option& option : options) {
      if (states_ == end) is_whole = false;
      if (!is_whole) break;
      ++states_;
      Selection more = one;
      add_to(more.taken, option.taken, base.taken);
      add_to(more.flags, option.flags, base.flags);
      more.score += minus(option.score, base.score);
      most = std::max(most, more.score.gain);
      const Step step{
          .before = one.last, .part = static_cast<std::uint32_t>(part), .option = &option};
      const auto [at, is_new] = found.try_emplace({more.taken, more.flags}, more, step);
      if (!is_new && more.score.is_better_than(at->second.first.score)) at->second = {more, step};
    }
  }
  // What could not be looked at stays as it was.
  if (!is_whole) return false;
  selections_.clear();
  for (auto& [key, one] : found) {
    if (one.first.score.gain < most - window_) continue;
    one.first.last = static_cast<std::uint32_t>(steps_.size());
    steps_.push_back(one.second);
    selections_.push_back(std::move(one.first));
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
