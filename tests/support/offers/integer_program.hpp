#pragma once

#include <cstdint>
#include <vector>

namespace cartwright::judge {

// A sum of variables times coefficients and a constant.
struct Linear {
  struct Term {
    int variable = 0;
    double coefficient = 0;
  };
  std::vector<Term> terms;
  double constant = 0;

  Linear& add(int variable, double coefficient);
  Linear& add(const Linear& other, double factor = 1);
};

struct IntegerAnswer {
  bool answered = false;  // CBC came to its end; else nothing is known
  bool proven = false;
  std::int64_t best = 0;   // of the objective; meant where proven
  std::int64_t bound = 0;  // no solution comes above
};

// A maximisation over integer variables, solved by CBC. Coefficients are whole numbers or few
// decimals, so that an integer solution within CBC's tolerance is a solution.
class IntegerProgram {
 public:
  // An integer variable, its bounds and what one of it adds to the objective.
  int variable(std::int64_t least, std::int64_t most, double gain = 0);
  void at_most(const Linear& left, double right);
  void at_least(const Linear& left, double right);
  void equal(const Linear& left, double right);
  void gain(const Linear& more);

  // `seconds` bound the search.
  IntegerAnswer maximise(double seconds) const;
  std::size_t variables() const { return columns_.size(); }

 private:
  struct Column {
    std::int64_t least = 0;
    std::int64_t most = 0;
    double gain = 0;
  };
  struct Row {
    std::vector<int> variables;
    std::vector<double> coefficients;
    char sense = 'L';
    double right = 0;
  };
  IntegerAnswer solved(double seconds) const;
  void row(const Linear& left, char sense, double right);

  std::vector<Column> columns_;
  std::vector<Row> rows_;
  double constant_ = 0;
};

}  // namespace cartwright::judge
