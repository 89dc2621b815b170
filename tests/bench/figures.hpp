#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bench/samples.hpp"

namespace cartwright::bench {

// What was measured, beside what it is measured against.
struct Figure {
  std::string name;  // "delivery.inline.median"
  double value = 0;
  std::string unit;
  std::string rival;  // for people: what was measured in the same run; "aim" is a limit
  double rival_value = 0;
};

// The options of a benchmark and its output.
class Figures {
 public:
  // Whether a run shall only show that the program works.
  bool quick() const { return quick_; }
  // `many`, or `few` for a quick run.
  int rounds(int many, int few) const { return quick_ ? few : many; }

  void add(Figure figure) { figures_.push_back(std::move(figure)); }
  // Median and 99th percentile as two figures: NAME.median and NAME.p99.
  void add(const std::string& name, const Samples& ours, const std::string& unit,
           const std::string& rival, const Samples& theirs);

 private:
  friend int run_bench(int, char**, const char*, const std::function<void(Figures&)>&);
  void print() const;
  void append_json() const;

  bool quick_ = false;
  std::filesystem::path json_;
  std::vector<Figure> figures_;
};

// A benchmark's main: reads --quick, --json FILE and --help (which prints `help`), measures, prints
// a table and appends one JSON object a line to FILE. 1 and a line on standard error where
// measuring fails.
int run_bench(int argc, char** argv, const char* help,
              const std::function<void(Figures&)>& measure);

}  // namespace cartwright::bench
