#include "support/offers/trial.hpp"

#include "support/offers/brute_force.hpp"
#include "support/offers/checker.hpp"
#include "support/offers/mip_oracle.hpp"
#include "support/offers/rivals.hpp"

namespace cartwright::judge {

using namespace offers;

namespace {

Merit up_to(Merit merit, Ties ties) {
  if (ties != Ties::units) merit.uses.clear();
  if (ties == Ties::goods) merit = Merit{.goods = merit.goods, .priorities = {}, .uses = {}};
  return merit;
}

std::string against_brute_force(const Problem& problem, const Solution& answer, const Trial& trial,
                                Tally& tally) {
  const auto best = brute_force(problem, trial.selections);
  if (!best) return {};
  ++tally.by_brute_force;
  std::string faults;
  if (answer.bound > best->merit.goods) {
    faults += "the bound " + std::to_string(answer.bound) + " is above the best, " +
              std::to_string(best->merit.goods) + "\n";
  }
  const Merit merit = merit_of(problem, answer);
  if (answer.goods < best->merit.goods ||
      (answer.proven() && up_to(merit, trial.ties) != up_to(best->merit, trial.ties))) {
    faults += "brute force has " + judge::text(best->merit) + "\nthe answer is    " +
              judge::text(merit) + "\n";
  }
  return faults;
}

std::string against_model(const Problem& problem, const Solution& answer, const Trial& trial,
                          Tally& tally) {
  const MipAnswer model = mip_oracle(problem, trial.model_seconds);
  if (!model.supported) {
    ++tally.not_supported;
    return {};
  }
  if (!model.proven) {
    ++tally.not_proven;
    return answer.goods >= model.bound
               ? ""
               : "the answer is below CBC's bound, " + std::to_string(model.bound) + "\n";
  }
  ++tally.by_model;
  const std::string goods = std::to_string(answer.goods);
  if (answer.proven() && answer.goods != model.goods) {
    return "CBC has " + std::to_string(model.goods) + " cents, the answer " + goods +
           " as proven\n";
  }
  if (answer.goods < model.goods || answer.bound > model.goods) {
    return "CBC has " + std::to_string(model.goods) + " cents, the answer " + goods +
           " with the bound " + std::to_string(answer.bound) + "\n";
  }
  return {};
}

}  // namespace

std::string Tally::text() const {
  return std::to_string(problems) + " problems, " + std::to_string(proven) +
         " proven best by the solver; " + std::to_string(by_brute_force) +
         " held against brute force, " + std::to_string(by_model) + " against CBC, " +
         std::to_string(not_supported) + " outside its model, " + std::to_string(not_proven) +
         " not proven by CBC in its time";
}

std::string trial(const Problem& problem, const Solver& solver, const Trial& trial, Tally& tally) {
  const Solution answer = solver(problem, trial.budget);
  ++tally.problems;
  if (answer.proven()) ++tally.proven;
  std::string faults = violations_text(problem, answer);
  for (const auto& [name, rival] : {std::pair{"priority order", by_priority(problem)},
                                    std::pair{"average value", by_average_value(problem)}}) {
    if (const std::string fault = violations_text(problem, rival); !fault.empty()) {
      faults += std::string("by ") + name + ": " + fault;
    } else if (rival.goods < answer.goods) {
      faults += "cheaper by " + std::string(name) + ": " + std::to_string(rival.goods) +
                ", the answer is " + std::to_string(answer.goods) + "\n";
    }
  }
  if (trial.selections > 0) faults += against_brute_force(problem, answer, trial, tally);
  if (trial.model_seconds > 0) faults += against_model(problem, answer, trial, tally);
  return faults;
}

}  // namespace cartwright::judge
