#include "bench/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace cartwright::bench {
namespace {

namespace fs = std::filesystem;

fs::path proc(int pid) {
  return fs::path("/proc") / std::to_string(pid);
}

// The number behind a key of a file of lines "Key:   number ...".
std::uint64_t number_of(const fs::path& file, const std::string& key) {
  std::ifstream in(file);
  for (std::string word; in >> word;) {
    std::uint64_t number = 0;
    if (word == key && in >> number) return number;
  }
  throw std::runtime_error(file.string() + " has no " + key);
}

}  // namespace

Process::Process(const fs::path& program, const std::vector<std::string>& arguments,
                 const fs::path& output) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  const int log = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no process");
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(ends[0], STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::execvp(words[0], words.data());
    ::_exit(127);
  }
  ::close(ends[0]);
  ::close(log);
  input_ = ends[1];
}

Process::~Process() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  ::close(input_);
}

Usage usage_of(int pid) {
  Usage usage;
  for (const auto& thread : fs::directory_iterator(proc(pid) / "task")) {
    std::uint64_t run_ns = 0;
    std::ifstream(thread.path() / "schedstat") >> run_ns;
    usage.cpu_ns += run_ns;
    usage.wake_ups += number_of(thread.path() / "status", "voluntary_ctxt_switches:");
    usage.switches += number_of(thread.path() / "status", "nonvoluntary_ctxt_switches:");
  }
  return usage;
}

Memory memory_of(int pid) {
  const fs::path file = proc(pid) / "smaps_rollup";
  const auto megabytes = [&](const char* key) {
    return static_cast<double>(number_of(file, key)) * 1024 / 1e6;
  };
  return {megabytes("Rss:"), megabytes("Pss:"),
          megabytes("Private_Clean:") + megabytes("Private_Dirty:")};
}

std::vector<int> children_of(int pid) {
  std::vector<int> children;
  for (const auto& thread : fs::directory_iterator(proc(pid) / "task")) {
    std::ifstream in(thread.path() / "children");
    for (int child = 0; in >> child;) children.push_back(child);
  }
  return children;
}

}  // namespace cartwright::bench
