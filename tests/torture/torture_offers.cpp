// The solver of offers on thousands of made problems, each held against the checker, brute force,
// a mixed-integer model and the rivals; and on real baskets where their data is at hand. The seeds
// are printed; one is looked at again with --seed.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <random>

#include "offers/solver.hpp"
#include "support/offers/brute_force.hpp"
#include "support/offers/errand.hpp"
#include "support/offers/real_baskets.hpp"
#include "support/offers/rivals.hpp"
#include "support/offers/trial.hpp"

namespace {

using namespace cartwright::judge;
using cartwright::offers::Problem;
using cartwright::offers::Solution;
using cartwright::offers::solve;

struct Options {
  std::uint64_t seed = 0;
  bool fresh = true;  // a seed that nobody has chosen
  bool large = false;
  bool go_on = false;  // after a failure
  Ties ties = Ties::units;
  std::optional<std::string> only;
  std::string data = "../shared/data";
  int count = 0;
};

// The better rival, which claims nothing.
Solution better_rival(const Problem& problem, std::uint64_t) {
  Solution one = by_priority(problem);
  Solution other = by_average_value(problem);
  return one.goods <= other.goods ? std::move(one) : std::move(other);
}

// The best by brute force; where that is too much, the better rival.
Solution brute(const Problem& problem, std::uint64_t budget) {
  auto best = brute_force(problem);
  return best ? std::move(best->solution) : better_rival(problem, budget);
}

struct Course {
  const char* name;
  Solver solver;
  Size size;
  int problems;  // of the short form
  int long_problems;
  Trial trial;
};

const Course kCourses[] = {
    {"judges, tiny", brute, kTiny, 50, 3'000, {.selections = 0, .model_seconds = 10}},
    {"judges, small", brute, kSmall, 20, 1'000, {.selections = 0, .model_seconds = 20}},
    // What the model calls the least may not be above what somebody reaches.
    {"judges, medium", better_rival, kMedium, 5, 500, {.selections = 0, .model_seconds = 20}},
    {"judges, large", better_rival, kLarge, 2, 100, {.selections = 0, .model_seconds = 20}},
    {"tiny", solve, kTiny, 150, 4'000, {.selections = 30'000, .model_seconds = 5}},
    {"small", solve, kSmall, 60, 2'000, {.selections = 100'000, .model_seconds = 10}},
    {"medium", solve, kMedium, 20, 500, {.selections = 0, .model_seconds = 20}},
    {"entangled", solve, kEntangled, 10, 200, {.selections = 0, .model_seconds = 20}},
    {"large", solve, kLarge, 3, 60, {.selections = 0, .model_seconds = 60}},
    // A total can come down to its bound before the budget has sufficed to look at all ties.
    {"tiny, no budget",
     solve,
     kTiny,
     100,
     2'000,
     {.ties = Ties::goods, .budget = 1, .model_seconds = 0}},
    {"small, little budget",
     solve,
     kSmall,
     60,
     2'000,
     {.ties = Ties::goods, .budget = 20, .model_seconds = 0}},
    {"entangled, little budget",
     solve,
     kEntangled,
     40,
     1'000,
     {.ties = Ties::goods, .budget = 200, .selections = 0, .model_seconds = 0}},
};

// Shoppers whose baskets are priced step by step, with memory and from nothing; where they are
// nudged, they follow.
struct ErrandCourse {
  const char* name;
  Size size;
  std::uint64_t budget;
  int errands;
  int long_errands;
};

const ErrandCourse kErrandCourses[] = {
    {"priced again, small", kSmall, 20'000, 20, 1'000},
    {"priced again, medium", kMedium, 20'000, 3, 100},
    {"priced again, entangled", kEntangled, 5'000, 5, 200},
    {"priced again, little budget", kSmall, 60, 20, 1'000},
};

struct RealCourse {
  const char* name;
  std::size_t least_lines;
  std::size_t problems;
  std::size_t long_problems;
};

const RealCourse kRealCourses[] = {
    {"real baskets", 6, 10, 2'000}, {"real, 20 lines", 20, 5, 500}, {"real, 60 lines", 60, 2, 100}};

std::optional<Options> options_of(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const bool more = i + 1 < count;
    if (word == "--long") {
      options.large = true;
    } else if (word == "--go-on") {
      options.go_on = true;
    } else if (word == "--seed" && more) {
      options.seed = std::strtoull(words[++i], nullptr, 10);
      options.fresh = false;
    } else if (word == "--ties" && more) {
      const std::string ties = words[++i];
      if (ties != "goods" && ties != "priorities" && ties != "units") return std::nullopt;
      options.ties = ties == "goods"        ? Ties::goods
                     : ties == "priorities" ? Ties::priorities
                                            : Ties::units;
    } else if (word == "--only" && more) {
      options.only = words[++i];
    } else if (word == "--data" && more) {
      options.data = words[++i];
    } else if (word == "--count" && more) {
      options.count = std::atoi(words[++i]);
    } else {
      return std::nullopt;
    }
  }
  return options;
}

// One course: the problems held so far, and how many failed.
class Run {
 public:
  Run(const char* name, const Options& options) : name_(name), options_(options) {}

  // False where the course should end.
  bool hold(const Problem& problem, const Solver& solver, Trial asked, std::uint64_t number) {
    asked.ties = std::min(asked.ties, options_.ties);
    std::string faults;
    try {
      faults = trial(problem, solver, asked, tally_);
    } catch (const std::exception& error) {
      faults = std::string("it throws: ") + error.what() + "\n";
    }
    if (faults.empty()) return true;
    ++failed_;
    std::printf("FAILED: --only \"%s\" --seed %llu --count 1\n%s%s\n", name_,
                static_cast<unsigned long long>(number), faults.c_str(), text(problem).c_str());
    std::fflush(stdout);
    return options_.go_on;
  }

  int ended() const {
    std::printf("%-26s from seed %llu: %s, %d failed\n", name_,
                static_cast<unsigned long long>(options_.seed), tally_.text().c_str(), failed_);
    std::fflush(stdout);
    return failed_;
  }

 private:
  const char* name_;
  const Options& options_;
  Tally tally_;
  int failed_ = 0;
};

int run(const Course& course, const Options& options) {
  Run run(course.name, options);
  int problems = options.large ? course.long_problems : course.problems;
  if (options.count > 0) problems = options.count;
  for (int i = 0; i < problems; ++i) {
    const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(i);
    const RandomProblem made = random_problem(seed, course.size);
    if (!run.hold(made.problem, course.solver, course.trial, seed)) break;
  }
  return run.ended();
}

// What differs on one errand; empty when nothing does.
std::string differs(const ErrandCourse& course, std::uint64_t seed) {
  constexpr int kSteps = 40;
  try {
    Errand errand(seed, course.size, course.budget);
    for (int step = 0; step < kSteps; ++step) {
      std::string faults = errand.go(1);
      if (!faults.empty()) return faults;
      if (step % 8 == 0) errand.follow_nudges();
    }
    return {};
  } catch (const std::exception& error) {
    return std::string("it throws: ") + error.what() + "\n";
  }
}

int run(const ErrandCourse& course, const Options& options) {
  int errands = options.large ? course.long_errands : course.errands;
  if (options.count > 0) errands = options.count;
  int failed = 0;
  for (int i = 0; i < errands && (failed == 0 || options.go_on); ++i) {
    const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(i);
    const std::string faults = differs(course, seed);
    if (faults.empty()) continue;
    ++failed;
    std::printf("FAILED: --only \"%s\" --seed %llu --count 1\n%s", course.name,
                static_cast<unsigned long long>(seed), faults.c_str());
    std::fflush(stdout);
  }
  std::printf("%-26s from seed %llu: %d errands, %d failed\n", course.name,
              static_cast<unsigned long long>(options.seed), errands, failed);
  std::fflush(stdout);
  return failed;
}

// Real baskets; the seed says with which of them to begin.
int run(const RealCourse& course, const Options& options) {
  RealData data;
  data.folder = options.data;
  data.least_lines = course.least_lines;
  data.most_baskets = 100'000;
  if (!present(data)) {
    std::printf("%-26s no data in %s\n", course.name, options.data.c_str());
    return 0;
  }
  const Shop shop = real_shop(data);
  const std::size_t count = shop.baskets.size();
  std::size_t problems = options.large ? course.long_problems : course.problems;
  if (options.count > 0) problems = static_cast<std::size_t>(options.count);
  Run run(course.name, options);
  for (std::size_t i = 0; i < std::min(problems, count); ++i) {
    const std::size_t number = (options.seed + i) % count;
    const Problem problem = problem_of(shop, shop.baskets[number]);
    if (!run.hold(problem, solve, {.selections = 0, .model_seconds = 30}, number)) break;
  }
  return run.ended();
}

}  // namespace

int main(int count, char** words) {
  auto options = options_of(count, words);
  if (!options) {
    std::fprintf(stderr,
                 "usage: torture_offers [--long] [--seed N] [--only COURSE] [--count N] "
                 "[--go-on] [--ties goods|priorities|units] [--data FOLDER]\n");
    return 2;
  }
  if (options->fresh) options->seed = std::random_device{}();
  int failed = 0;
  for (const Course& course : kCourses) {
    if (!options->only || *options->only == course.name) failed += run(course, *options);
  }
  for (const ErrandCourse& course : kErrandCourses) {
    if (!options->only || *options->only == course.name) failed += run(course, *options);
  }
  for (const RealCourse& course : kRealCourses) {
    if (!options->only || *options->only == course.name) failed += run(course, *options);
  }
  return failed == 0 ? 0 : 1;
}
