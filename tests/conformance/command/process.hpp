#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace cartwright::conformance {

// How long anything may take that is waited for; a machine under load must not fail a test.
inline constexpr std::chrono::seconds kPatience{60};

// A `cartwright` process with both ends of its standard streams here. Killed with the object.
class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // A line on its standard input.
  void say(const std::string& line);
  void close_input();
  // Its next line of standard output; nothing at its end or when patience is over.
  std::optional<std::string> line();
  // Sends the signal.
  void signal(int number) const;
  // Waits until it has ended: its exit code, 128 + n for signal n, -1 when patience is over.
  int wait();

  // All that came so far, and after wait() all there is.
  const std::string& output() const { return output_; }
  const std::string& errors() const { return errors_; }

 private:
  using Clock = std::chrono::steady_clock;

  // Reads what is there, or waits for it. False when both streams have ended or at the deadline.
  bool read(Clock::time_point deadline);

  int pid_ = -1;
  int input_ = -1;
  int streams_[2] = {-1, -1};
  std::string output_;
  std::string errors_;
  std::size_t taken_ = 0;  // of output_, by line()
};

struct Result {
  int code = -1;
  std::string output;
  std::string errors;
};

// Runs `cartwright` to its end, without standard input.
Result run(const std::vector<std::string>& arguments);

}  // namespace cartwright::conformance
