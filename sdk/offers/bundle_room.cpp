#include "offers/bundle_room.hpp"

#include <algorithm>
#include <limits>
#include <ranges>
#include <set>

#include "offers/wide.hpp"

namespace cartwright::offers::search {
namespace {

constexpr std::size_t kMostCaps = 6;
constexpr std::size_t kMostApplications = 3;
constexpr std::size_t kMostPartials = 255;
constexpr std::size_t kMostUpon = 5;  // whose sums are all looked at

// The largest sum at which a bundle leaves a unit of that price room for `upon` (<= base); below
// zero where every sum does.
std::int64_t largest_sum(std::int64_t base, std::int64_t price, std::int64_t upon) {
  if (upon <= 1) return -1;
  const Wide product = static_cast<Wide>(base) * price;
  const Wide largest = (product + upon - 2) / (upon - 1) - 1;
  return static_cast<std::int64_t>(
      std::min<Wide>(largest, std::numeric_limits<std::int64_t>::max()));
}

// What the first n units of these stops cost.
template <typename Stops>
std::int64_t first_units(const Stops& stops, std::int64_t n, std::vector<std::int64_t>* sums) {
  std::int64_t sum = 0;
  for (const Stop& stop : stops) {
    for (std::int64_t i = 0; i < stop.count && n > 0; ++i, --n) {
      sum += stop.base;
      if (sums != nullptr) sums->push_back(sum);
    }
  }
  return sum;
}

}  // namespace

BundleRoom::BundleRoom(const NForPrice& offer, std::int64_t most, std::span<const Stop> stops)
    : n_(offer.n), price_(offer.price.minor()) {
  const bool stacks = std::ranges::any_of(stops, [](const Stop& one) { return !one.upon.empty(); });
  if (most == 0 || !stacks) return;
  cheapest_ = {0};
  first_units(std::views::reverse(stops), n_, &cheapest_);
  if (std::ssize(cheapest_) <= n_) return;
  const bool is_known = list_caps(stops);
  applications_ = std::min(applications_, static_cast<std::size_t>(most));
  const bool is_little = caps_.size() <= kMostCaps && applications_ <= kMostApplications;
  if (!is_known || caps_.empty() || !is_little || !list_partials(stops)) *this = {};
}

// False where too much stacks.
bool BundleRoom::list_caps(std::span<const Stop> stops) {
  const std::int64_t dearest = first_units(stops, n_ - 1, nullptr);
  for (const Stop& stop : stops) {
    if (stop.upon.size() > kMostUpon) return false;
    const std::size_t before = caps_.size();
    add_caps(stop, stop.base + cheapest(n_ - 1), stop.base + dearest);
    if (caps_.size() > before) applications_ += static_cast<std::size_t>(stop.count);
  }
  std::ranges::sort(caps_);
  caps_.erase(std::ranges::unique(caps_).begin(), caps_.end());
  return true;
}

// Those of a unit whose application costs from `least` to `most`.
void BundleRoom::add_caps(const Stop& stop, std::int64_t least, std::int64_t most) {
  for (std::uint32_t some = 1; some < 1U << stop.upon.size(); ++some) {
    std::int64_t upon = 0;
    for (std::size_t i = 0; i < stop.upon.size(); ++i) {
      if ((some >> i & 1) != 0) upon += stop.upon[i];
    }
    if (upon > stop.base) continue;
    const std::int64_t cap = largest_sum(stop.base, price_, upon);
    if (cap >= least && cap < most && cap > price_) caps_.push_back(cap);
  }
}

// False where there are too many.
bool BundleRoom::list_partials(std::span<const Stop> stops) {
  std::set<Partial> all;
  for (const Stop& stop : stops) {
    for (std::int64_t i = 0; i < std::min(stop.count, n_ - 1); ++i) {
      const std::vector<Partial> before(all.begin(), all.end());
      const auto add = [&](const Partial& one) {
        const Partial more{one.units + 1, one.sum + stop.base};
        if (more.units < n_ && more.sum + cheapest(n_ - more.units) <= caps_.back()) {
          all.insert(more);
        }
      };
      add({});
      for (const Partial& one : before) add(one);
      if (all.size() > kMostPartials) return false;
    }
  }
  partials_.assign(all.begin(), all.end());
  return true;
}

std::size_t BundleRoom::place_of(const Partial& partial) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(partials_, partial) - partials_.begin());
}

}  // namespace cartwright::offers::search
