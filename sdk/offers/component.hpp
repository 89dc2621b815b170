#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// The sets of a candidate that a unit stands in.
struct Eligible {
  std::uint32_t candidate = 0;  // index into Problem::items
  std::uint32_t mask = 0;       // bit s: in set s
  bool operator==(const Eligible&) const = default;
};

// Units of one product, one price and the same offers: any of them is as good as another.
struct UnitClass {
  std::int64_t base = 0;
  std::uint32_t mark = 0;
  std::span<const UnitIndex> units;  // by the rank of their keys
  std::span<const Eligible> bound;   // candidates that tie classes together, ascending
  std::span<const Eligible> local;   // candidates that see no other class, ascending
  std::span<const Eligible> free;    // candidates whose uses of a unit touch nothing else
};

// Units and offers that must be decided together, and nothing else.
struct Component {
  std::span<const UnitClass> classes;         // the dearest first
  std::span<const std::uint32_t> candidates;  // bound and local, ascending
};

// A problem, fallen apart. Offers that take each unit by itself without limit, group or coupon tie
// nothing together, nor do those that see units of one class alone, where nothing stacks.
class Partition {
 public:
  // `most[i]`: the most applications that units, limit and coupon allow to items[i]; those with 0
  // are left out. `marks`, by unit, or empty: units of different marks are not alike. The problem
  // must outlive the partition.
  Partition(const Problem& problem, std::span<const std::int64_t> most,
            std::span<const std::uint32_t> marks);
  Partition(Partition&&) = default;
  Partition& operator=(Partition&&) = default;

  std::span<const Component> components() const { return components_; }

 private:
  void list_eligible(const Problem& problem, std::span<const std::int64_t> most);
  void make_classes(const Problem& problem, std::span<const std::uint32_t> marks);
  void sort_eligible(const Problem& problem);
  void fall_apart(const Problem& problem);

  std::span<const Eligible> eligible(UnitIndex unit) const;

  std::vector<std::uint32_t> starts_;  // by unit, into pool_
  std::vector<Eligible> pool_;
  std::vector<UnitIndex> units_;      // by class
  std::vector<Eligible> class_pool_;  // bound, local, free; by class
  std::vector<UnitClass> classes_;    // by component
  std::vector<std::uint32_t> candidates_;
  std::vector<Component> components_;
};

// What units, limit and coupon allow to each item offer.
std::vector<std::int64_t> most_applications(const Problem& problem);

// True where every use of a unit is an application by itself that no other depends on.
bool is_free(const Candidate& candidate);

}  // namespace cartwright::offers::search
