#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace cartwright::conformance {
namespace {

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe is left");
    reader = ends[0];
    writer = ends[1];
  }
  int reader;
  int writer;
};

void close_once(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

// The caller's environment with the plugins of this build, and no colours.
std::vector<std::string> environment() {
  std::vector<std::string> all{"CARTWRIGHT_PLUGIN_PATH=" CARTWRIGHT_TEST_PLUGINS, "NO_COLOR=1"};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("CARTWRIGHT_PLUGIN_PATH=")) all.emplace_back(*entry);
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  const Pipe in;
  const Pipe out;
  const Pipe errors;
  std::vector<std::string> words{CARTWRIGHT_COMMAND};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment();

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.reader, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.writer, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, errors.writer, STDERR_FILENO);
  const int failed = ::posix_spawn(&pid_, CARTWRIGHT_COMMAND, &actions, nullptr,
                                   pointers(words).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(in.reader);
  ::close(out.writer);
  ::close(errors.writer);
  input_ = in.writer;
  streams_[0] = out.reader;
  streams_[1] = errors.reader;
  if (failed != 0) throw std::runtime_error("can not start " CARTWRIGHT_COMMAND);
}

Process::~Process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  close_once(input_);
  for (int& stream : streams_) close_once(stream);
}

void Process::say(const std::string& line) {
  const std::string text = line + "\n";
  if (::write(input_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("cartwright reads no more: " + errors_);
  }
}

void Process::close_input() {
  close_once(input_);
}

void Process::signal(int number) const {
  ::kill(pid_, number);
}

bool Process::read(Clock::time_point deadline) {
  pollfd entries[] = {{streams_[0], POLLIN, 0}, {streams_[1], POLLIN, 0}};
  if (streams_[0] < 0 && streams_[1] < 0) return false;
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  if (left <= 0 || ::poll(entries, 2, static_cast<int>(left)) <= 0) return false;
  for (int i = 0; i < 2; ++i) {
    if (entries[i].revents == 0) continue;
    char piece[8192];
    const ssize_t got = ::read(streams_[i], piece, sizeof piece);
    if (got <= 0) {
      close_once(streams_[i]);
    } else {
      (i == 0 ? output_ : errors_).append(piece, static_cast<std::size_t>(got));
    }
  }
  return true;
}

std::optional<std::string> Process::line() {
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    const std::size_t end = output_.find('\n', taken_);
    if (end != std::string::npos) {
      std::string found = output_.substr(taken_, end - taken_);
      taken_ = end + 1;
      return found;
    }
    if (!read(deadline)) return std::nullopt;
  }
}

int Process::wait() {
  const auto deadline = Clock::now() + kPatience;
  while (read(deadline)) {
  }
  if (streams_[0] >= 0 || streams_[1] >= 0) return -1;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Result run(const std::vector<std::string>& arguments) {
  Process process(arguments);
  process.close_input();
  const int code = process.wait();
  return {code, process.output(), process.errors()};
}

}  // namespace cartwright::conformance
