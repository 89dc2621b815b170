#pragma once

#include <map>
#include <string>

#include "offers/problem.hpp"
#include "support/offers/integer_program.hpp"
#include "support/offers/mip_classes.hpp"

namespace cartwright::judge {

// What the rest of the model needs of an item offer, by class where it differs.
struct ItemModel {
  Linear applications;
  std::map<std::size_t, Linear> uses;       // units that it uses
  std::map<std::size_t, Linear> exclusive;  // units that no other exclusive offer may have
  std::map<std::size_t, Linear> discount;   // where it is known by class
  Linear lump;                              // the discount of a bundle as a whole

  // All that it takes off.
  Linear total() const;
};

// The variables and rows of item offer `index`; in `unsupported` why it can not be modelled.
ItemModel model_item(const offers::Problem& problem, const Classes& classes, std::size_t index,
                     IntegerProgram& program, std::string& unsupported);

}  // namespace cartwright::judge
