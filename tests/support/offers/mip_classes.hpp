#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// Units that no offer tells apart: equal price, the same sets and scopes. The model counts them.
struct UnitClass {
  std::int64_t base = 0;
  std::int64_t size = 0;
  std::vector<offers::UnitIndex> units;
};

// How the units fall into classes and which offers need every application written out.
struct Classes {
  std::vector<UnitClass> classes;
  std::vector<std::size_t> of_unit;  // class of each unit
  std::vector<bool> written_out;     // item offers whose applications are all listed
  std::vector<bool> capped;          // classes whose discounts could exceed the price
  std::string unsupported;           // why the model can not tell; empty: it can

  // Classes of a set of units, ascending.
  std::vector<std::size_t> of(const offers::UnitSet& units) const;
};

// A bundle's discount falls on its units by largest remainder. Where only its sum matters, counts
// of equal units do; where the share of a unit matters (stacking, a scope that holds some of them)
// or a bundle may not be let run into the red (net thresholds), its applications are written out,
// and each unit is a class of its own.
Classes classify(const offers::Problem& problem);

}  // namespace cartwright::judge
