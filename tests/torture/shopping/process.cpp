#include "shopping/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>  // NOLINT: sigaction is not in <csignal>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

namespace cartwright::shopping {
namespace {

constexpr milliseconds kLongest{60'000};

int milliseconds_until(Time deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

volatile std::sig_atomic_t told_to_stop = 0;

struct Pipe {
  Pipe() {
    if (::pipe2(ends, O_CLOEXEC) != 0) throw Failure(std::string("pipe: ") + std::strerror(errno));
  }
  int ends[2];
};

// In the child, between fork and exec: nothing but calls to the kernel.
[[noreturn]] void become(const char* program, char* const* arguments, int input, int output,
                         int errors, int parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);  // it has died meanwhile
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::execv(program, arguments);
  ::_exit(127);
}

}  // namespace

void stop_waiting_on_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { told_to_stop = 1; };
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool wait_readable(const std::vector<int>& descriptors, Time deadline) {
  std::vector<pollfd> entries;
  for (const int fd : descriptors) entries.push_back({fd, POLLIN, 0});
  const int ready = ::poll(entries.data(), entries.size(), milliseconds_until(deadline));
  if (told_to_stop != 0) {
    told_to_stop = 0;
    throw Stopped("stopped by a signal");
  }
  return ready > 0;
}

Process::Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                 const std::filesystem::path& errors)
    : name_(program.filename()) {
  ::signal(SIGPIPE, SIG_IGN);
  const Pipe in;
  const Pipe out;
  const int log = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) throw Failure(errors.string() + ": " + std::strerror(errno));
  std::vector<std::string> words{name_};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) become(program.c_str(), argv.data(), in.ends[0], out.ends[1], log, parent);
  ::close(in.ends[0]);
  ::close(out.ends[1]);
  ::close(log);
  input_ = in.ends[1];
  output_ = out.ends[0];
  ::fcntl(output_, F_SETFL, O_NONBLOCK);
  if (pid_ < 0) throw Failure(std::string("fork: ") + std::strerror(errno));
}

Process::~Process() {
  if (pid_ > 0 && !ended_) kill();
  ::close(input_);
  ::close(output_);
}

void Process::reap(int flags) {
  if (ended_) return;
  int status = 0;
  if (::waitpid(pid_, &status, flags) != pid_) return;
  ended_ = true;
  code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool Process::running() {
  reap(WNOHANG);
  return !ended_;
}

void Process::say(const std::string& line) {
  const std::string text = line + "\n";
  [[maybe_unused]] const ssize_t written = ::write(input_, text.data(), text.size());
}

void Process::read_more() {
  char piece[16384];
  while (!at_end_) {
    const ssize_t count = ::read(output_, piece, sizeof piece);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return;
    at_end_ = count == 0;
    text_.append(piece, static_cast<std::size_t>(count));
  }
}

std::optional<std::string> Process::take_line() {
  std::size_t end = text_.find('\n');
  if (end == std::string::npos) {
    read_more();
    end = text_.find('\n');
  }
  if (end == std::string::npos) return std::nullopt;
  std::string line = text_.substr(0, end);
  text_.erase(0, end + 1);
  return line;
}

std::optional<std::string> Process::line(Time deadline) {
  while (true) {
    if (auto line = take_line()) return line;
    if (at_end_ || Clock::now() >= deadline) return std::nullopt;
    wait_readable({output_}, deadline);
  }
}

std::optional<int> Process::wait(Time deadline) {
  const int watch = ended_ ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  while (running() && Clock::now() < deadline) wait_readable({watch}, deadline);
  if (watch >= 0) ::close(watch);
  return ended_ ? std::optional(code_) : std::nullopt;
}

void Process::kill() {
  if (ended_) return;
  ::kill(pid_, SIGKILL);
  reap(0);
}

void Process::terminate(Time deadline) {
  if (running()) ::kill(pid_, SIGTERM);
  if (!wait(deadline)) throw Failure(name_ + " did not end when it was asked to");
}

std::string output_of(const std::filesystem::path& program,
                      const std::vector<std::string>& arguments,
                      const std::filesystem::path& errors) {
  Process process(program, arguments, errors);
  const Time deadline = Clock::now() + kLongest;
  std::string text;
  while (auto line = process.line(deadline)) text += *line + "\n";
  const std::optional<int> code = process.wait(deadline);
  if (code == 0) return text;
  std::string what = program.filename();
  for (const std::string& argument : arguments) what += " " + argument;
  throw Failure(what + (code ? " exited with " + std::to_string(*code) : " did not end") + "\n" +
                text + tail_of(errors));
}

std::string tail_of(const std::filesystem::path& file, std::size_t lines) {
  std::ifstream in(file);
  std::vector<std::string> all;
  for (std::string line; std::getline(in, line);) all.push_back(line);
  std::string text;
  for (std::size_t i = all.size() > lines ? all.size() - lines : 0; i < all.size(); ++i) {
    text += all[i] + "\n";
  }
  return text;
}

}  // namespace cartwright::shopping
