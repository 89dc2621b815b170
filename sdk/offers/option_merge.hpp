#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <vector>

#include "offers/component_search.hpp"

namespace cartwright::offers::search {

// Of few things that are counted.
using Sums = boost::container::small_vector<std::int64_t, 4>;

// One choice for a component, and what it is to basket offers.
struct Option {
  Score score;
  Sums taken;                      // off each scope; last, off all
  Sums flags;                      // by shared group (0 or 1) and coupon (times)
  const Way* way = nullptr;        // null for a plain part's
  const Effect* effect = nullptr;  // where it is known
};

// One option of every component.
struct Selection {
  Sums taken;
  Sums flags;
  Score score;
  std::uint32_t last = 0;  // into the steps of its merge
};

// All selections whose sums differ, of each the best, for those components that have more than one
// option; the others keep theirs.
class OptionMerge {
 public:
  // `base`: an option for each component. `window`: selections that gain less than the best by more
  // are left out.
  OptionMerge(const std::vector<const Option*>& base, std::int64_t window);

  // The options of one more component instead of its base; looks at `budget` selections at most.
  // False where there were more. Without any option there is no selection any more.
  bool add(std::size_t part, const std::vector<Option>& options, std::uint64_t budget);

  const std::vector<Selection>& selections() const { return selections_; }
  std::uint64_t states() const { return states_; }  // looked at so far
  // The options of a selection by component; those added must live as long.
  std::vector<const Option*> options(const Selection& selection) const;

 private:
  struct Step {
    std::uint32_t before = 0;
    std::uint32_t part = 0;
    const Option* option = nullptr;
  };
  std::vector<const Option*> base_;
  std::int64_t window_;
  std::vector<Step> steps_;
  std::vector<Selection> selections_;
  std::uint64_t states_ = 0;
};

}  // namespace cartwright::offers::search
