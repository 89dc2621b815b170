#pragma once

#include <cstdint>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// A set of a candidate that a unit stands in, by the candidate.
struct Eligible {
  std::uint32_t candidate = 0;  // index into Problem::items
  std::uint32_t mask = 0;       // bit s: in set s
  bool operator==(const Eligible&) const = default;
};

// Units of one product, one price and the same offers: any of them is as good as another.
struct UnitClass {
  std::vector<UnitIndex> units;  // by the rank of their keys
  std::int64_t base = 0;
  std::vector<Eligible> bound;  // candidates that remember something, ascending
  std::vector<Eligible> free;   // candidates whose uses of a unit touch nothing else
};

// Units and offers that must be decided together, and nothing else. Offers that take each unit by
// itself, without limit, group or coupon, tie nothing together.
struct Component {
  std::vector<UnitClass> classes;         // the dearest first
  std::vector<std::uint32_t> candidates;  // those that bind, ascending
};

// `most[i]`: the most applications that units, limit and coupon allow to items[i]; those with 0
// are left out.
std::vector<Component> components(const Problem& problem, const std::vector<std::int64_t>& most);

// See above.
std::vector<std::int64_t> most_applications(const Problem& problem);

// True where every use of a unit is an application by itself that no other depends on.
bool is_free(const Candidate& candidate);

}  // namespace cartwright::offers::search
