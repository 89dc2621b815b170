#include "offers/stack_table.hpp"

#include <algorithm>
#include <utility>

namespace cartwright::offers::search {
namespace {

// More ways to combine offers on one unit than this are not looked at one by one.
constexpr std::size_t kMostStacks = 4096;

}  // namespace

void FreePick::add(const FreePick& other) {
  score += other.score;
  discount += other.discount;
  candidates.insert(candidates.end(), other.candidates.begin(), other.candidates.end());
}

StackTable::StackTable(const std::pmr::vector<FreePick>& all, std::int64_t base)
    : StackTable(all.get_allocator().resource()) {
  std::pmr::vector<FreePick> found(best_, all.get_allocator());
  for (const FreePick& one : all) {
    const std::size_t before = found.size();
    for (std::size_t i = 0; i < before && found.size() < kMostStacks; ++i) {
      if (found[i].discount + one.discount > base) continue;
      FreePick more = found[i];
      more.add(one);
      found.push_back(std::move(more));
    }
  }
  // Of equally good ones the first that was found stays.
  std::pmr::vector<std::pair<std::int64_t, std::size_t>> order(all.get_allocator());
  for (std::size_t i = 1; i < found.size(); ++i) order.emplace_back(found[i].discount, i);
  std::ranges::sort(order);
  for (const auto& [discount, i] : order) {
    if (!found[i].score.is_better_than(best_.back().score)) continue;
    if (best_.back().discount == discount) best_.pop_back();
    best_.push_back(std::move(found[i]));
  }
}

const FreePick& StackTable::within(std::int64_t room) const {
  const auto above =
      std::ranges::upper_bound(best_, room, {}, [](const FreePick& one) { return one.discount; });
  return above == best_.begin() ? best_.front() : *(above - 1);
}

}  // namespace cartwright::offers::search
