#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cartwright::bench {

// A program that runs with a pipe as its standard input and nothing else of ours; killed and reaped
// with the object.
class Process {
 public:
  // `output` takes what it writes.
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          const std::filesystem::path& output);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  int pid() const { return pid_; }

 private:
  int pid_ = -1;
  int input_ = -1;
};

// What a process has used since its start and holds now.
struct Usage {
  std::uint64_t cpu_ns = 0;    // user and system time of all its threads, as the scheduler counts
  std::uint64_t wake_ups = 0;  // how often a thread gave the processor up and came back
  std::uint64_t switches = 0;  // how often one was made to
};
// Of threads that live. std::runtime_error where the process is gone.
Usage usage_of(int pid);

struct Memory {
  double rss = 0;       // MB (10^6 bytes)
  double pss = 0;       // pages that n processes share count 1/n
  double private_ = 0;  // what would be free if it went
};
Memory memory_of(int pid);

// The processes that it started.
std::vector<int> children_of(int pid);

}  // namespace cartwright::bench
