#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "offers/problem.hpp"
#include "support/offers/random_problem.hpp"

namespace cartwright::judge {

// What is on trial: a function like offers::solve.
using Solver = std::function<offers::Solution(const offers::Problem&, std::uint64_t budget)>;

// What trials came to; `text` is for the end of a long run.
struct Tally {
  int problems = 0;
  int proven = 0;          // by the solver
  int by_brute_force = 0;  // held against it, ties and all
  int by_model = 0;        // held against what CBC proved
  int not_supported = 0;   // outside the model
  int not_proven = 0;      // CBC's time ran out; its bound was held against the answer

  std::string text() const;
};

// How far a proven answer must agree with the brute force.
enum class Ties : std::uint8_t {
  goods,       // in what it comes to
  priorities,  // and in limited redemptions, applications and priorities
  units        // and in the offers and unit keys
};

struct Trial {
  Ties ties = Ties::units;
  std::uint64_t budget = 200'000;
  std::size_t selections = 30'000;  // of the brute force; 0: not asked
  double model_seconds = 5;         // of CBC; 0: not asked
};

// Everything that the answer to one problem breaks: the checker's rules, an oracle's value, the
// brute force's ties, a rival that is cheaper. Empty when all is well.
std::string trial(const offers::Problem& problem, const Solver& solver, const Trial& trial,
                  Tally& tally);

}  // namespace cartwright::judge
