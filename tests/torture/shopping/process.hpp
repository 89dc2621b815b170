#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cartwright::shopping {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;
using std::chrono::milliseconds;

// Something is not as it must be; the text says what was wanted and what was found.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Stopped : Failure {
  using Failure::Failure;
};
// From now on SIGINT and SIGTERM end a wait with Stopped, so that what was started here ends and
// scratch folders go.
void stop_waiting_on_signals();

// Waits until one of the descriptors can be read or the time has come; true for the first.
bool wait_readable(const std::vector<int>& descriptors, Time deadline);

// A program that was started here, with its standard input and output at our end of two pipes. Dies
// with us, and with this object.
class Process {
 public:
  // `errors` takes what it writes to standard error, behind what stands there.
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          const std::filesystem::path& errors);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  int pid() const { return pid_; }
  int output() const { return output_; }
  bool running();
  // A line on its standard input; nothing where it reads no more.
  void say(const std::string& line);
  // A line that has come, without waiting. After its end: what it had written before.
  std::optional<std::string> take_line();
  // The next line; nothing at the deadline or at its end.
  std::optional<std::string> line(Time deadline);
  // Its exit code: 128 + n for signal n, nothing at the deadline.
  std::optional<int> wait(Time deadline);
  // kill -9, and waits until it is gone.
  void kill();
  // Asks it to end with SIGTERM; Failure where it does not.
  void terminate(Time deadline);

 private:
  void read_more();
  void reap(int flags);

  int pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  bool ended_ = false;
  bool at_end_ = false;  // of its output
  int code_ = 0;
  std::string name_;
  std::string text_;
};

// Runs a program to its end. Failure where it takes longer than 60 s or does not exit with 0, with
// what it said.
std::string output_of(const std::filesystem::path& program,
                      const std::vector<std::string>& arguments,
                      const std::filesystem::path& errors);

// The last lines of a log, for a failure's text.
std::string tail_of(const std::filesystem::path& file, std::size_t lines = 20);

}  // namespace cartwright::shopping
