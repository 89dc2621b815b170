#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "offers/lowest_keys.hpp"
#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// A bundle's discount is shared out over its units only when it is complete.
enum class Bundles : std::uint8_t {
  stacked,  // stacked offers may lie on its units: together they can come to more than a price
  alone     // nothing lies on its units
};

// A choice for a whole component.
struct Label {
  Score score;
  std::vector<std::int64_t> outside;  // what Outside asked for, in its order
  std::uint32_t end = 0;              // where its way ends
};

struct SweepLimits {
  std::uint64_t budget = 0;                                     // states to expand
  std::size_t width = std::numeric_limits<std::size_t>::max();  // states that are kept at a time
  // This much gain can be had: what can not come within the window of it is left out.
  std::int64_t known = -(std::int64_t{1} << 51);
};

// Dynamic programming over the units of a component, dearest first: of all ways to come to the
// same joint state only the best is kept, and none whose bound is below what is known to be
// possible. Where more than the budget would be expanded, states of the least bound are given up,
// and the bound says so. A run that needs no more than half of its budget is the same at any
// larger one.
class Sweep {
 public:
  virtual ~Sweep() = default;
  Sweep(const Sweep&) = delete;
  Sweep& operator=(const Sweep&) = delete;

  // The best first; empty where all that could come near what is known was given up.
  const std::vector<Label>& labels() const { return labels_; }
  std::int64_t bound() const { return bound_; }     // no choice has a larger gain
  std::uint64_t states() const { return states_; }  // expanded
  // Whether states were given up that may matter.
  bool is_whole() const { return is_whole_; }
  // The way of a label, dearest first.
  virtual std::vector<Placed> trace(const Label& label) const = 0;

 protected:
  Sweep() = default;

  std::vector<Label> labels_;
  std::int64_t bound_ = 0;
  std::uint64_t states_ = 0;
  bool is_whole_ = true;
};

// The plan must outlive the sweep, and so must the memory, from which it takes its own. A plan's
// machines write themselves out as they are asked.
std::unique_ptr<Sweep> sweep(Plan& plan, std::pmr::memory_resource* memory, Bundles bundles,
                             std::int64_t window, const SweepLimits& limits);

}  // namespace cartwright::offers::search
