#include "support/offers/integer_program.hpp"

#include <coin/Cbc_C_Interface.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>

namespace cartwright::judge {

Linear& Linear::add(int variable, double coefficient) {
  if (coefficient != 0) terms.push_back({variable, coefficient});
  return *this;
}

Linear& Linear::add(const Linear& other, double factor) {
  for (const Term& term : other.terms) add(term.variable, term.coefficient * factor);
  constant += other.constant * factor;
  return *this;
}

int IntegerProgram::variable(std::int64_t least, std::int64_t most, double gain) {
  columns_.push_back({.least = least, .most = most, .gain = gain});
  return static_cast<int>(columns_.size()) - 1;
}

void IntegerProgram::gain(const Linear& more) {
  for (const Linear::Term& term : more.terms) {
    columns_[static_cast<std::size_t>(term.variable)].gain += term.coefficient;
  }
  constant_ += more.constant;
}

void IntegerProgram::row(const Linear& left, char sense, double right) {
  std::map<int, double> sum;
  for (const Linear::Term& term : left.terms) sum[term.variable] += term.coefficient;
  Row row{.variables = {}, .coefficients = {}, .sense = sense, .right = right - left.constant};
  for (const auto& [variable, coefficient] : sum) {
    if (coefficient == 0) continue;
    row.variables.push_back(variable);
    row.coefficients.push_back(coefficient);
  }
  // A row without variables still is a statement; one that is false makes the program infeasible.
  if (row.variables.empty()) {
    const bool holds = sense == 'L'   ? row.right >= 0
                       : sense == 'G' ? row.right <= 0
                                      : row.right == 0;
    if (holds) return;
    row.variables.push_back(variable(1, 1));
    row.coefficients.push_back(0);
  }
  rows_.push_back(std::move(row));
}

void IntegerProgram::at_most(const Linear& left, double right) {
  row(left, 'L', right);
}

void IntegerProgram::at_least(const Linear& left, double right) {
  row(left, 'G', right);
}

void IntegerProgram::equal(const Linear& left, double right) {
  row(left, 'E', right);
}

IntegerAnswer IntegerProgram::maximise(double seconds) const {
  // CBC ends the process when one of its assertions fails, which happens: so it has one of its own.
  int pipe[2];
  if (::pipe(pipe) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    const int quiet = ::open("/dev/null", O_WRONLY);
    ::dup2(quiet, STDOUT_FILENO);
    ::dup2(quiet, STDERR_FILENO);
    const auto patience = static_cast<rlim_t>(seconds * 2) + 2;
    const rlimit cpu{patience, patience};
    ::setrlimit(RLIMIT_CPU, &cpu);
    const IntegerAnswer answer = solved(seconds);
    ::_exit(::write(pipe[1], &answer, sizeof answer) == sizeof answer ? 0 : 1);
  }
  ::close(pipe[1]);
  IntegerAnswer answer;
  const bool whole = child > 0 && ::read(pipe[0], &answer, sizeof answer) == sizeof answer;
  ::close(pipe[0]);
  if (child > 0) ::waitpid(child, nullptr, 0);
  return whole ? answer : IntegerAnswer{};
}

IntegerAnswer IntegerProgram::solved(double seconds) const {
  const auto whole = [](double value) { return static_cast<std::int64_t>(std::llround(value)); };
  if (columns_.empty())
    return {.answered = true, .proven = true, .best = whole(constant_), .bound = whole(constant_)};
  const std::unique_ptr<Cbc_Model, decltype(&Cbc_deleteModel)> model(Cbc_newModel(),
                                                                     &Cbc_deleteModel);
  // CBC minimises; the gain is turned round.
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    Cbc_addCol(model.get(), ("x" + std::to_string(i)).c_str(), static_cast<double>(column.least),
               static_cast<double>(column.most), -column.gain, 1, 0, nullptr, nullptr);
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    Cbc_addRow(model.get(), ("r" + std::to_string(i)).c_str(),
               static_cast<int>(row.variables.size()), row.variables.data(),
               row.coefficients.data(), row.sense, row.right);
  }
  Cbc_setLogLevel(model.get(), 0);
  Cbc_setParameter(model.get(), "slogLevel", "0");
  // CBC 2.10.8 with its preprocessing calls wrong optima proven, of small models with fixed
  // variables.
  Cbc_setParameter(model.get(), "preprocess", "off");
  Cbc_setMaximumSeconds(model.get(), seconds);
  Cbc_setAllowableGap(model.get(), 0.5);  // the objective is whole
  Cbc_setAllowableFractionGap(model.get(), 0);
  Cbc_solve(model.get());
  IntegerAnswer answer{.answered = true};
  answer.proven = Cbc_isProvenOptimal(model.get()) != 0;
  if (answer.proven) answer.best = whole(-Cbc_getObjValue(model.get()) + constant_);
  const double possible = -Cbc_getBestPossibleObjValue(model.get()) + constant_;
  answer.bound = answer.proven
                     ? answer.best
                     : static_cast<std::int64_t>(std::floor(std::min(possible, 1e15) + 1e-6));
  return answer;
}

}  // namespace cartwright::judge
