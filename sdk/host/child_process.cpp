#include "host/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "base/error.hpp"
#include "host/where.hpp"

namespace cartwright::host {
namespace {

constexpr const char* program_name = "cartwright-plugin-host";
constexpr int child_socket = 3;
// Twice a largest message, so that one fits beside the kernel's own bookkeeping.
constexpr int socket_buffer = 640 * 1024;

// What posix_spawn is told; freed at the end of the scope.
struct SpawnActions {
  SpawnActions() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnActions() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

void prepare(SpawnActions& actions, int socket) {
  posix_spawn_file_actions_addopen(&actions.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions.files, STDERR_FILENO, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions.files, socket, child_socket);
  posix_spawn_file_actions_addclosefrom_np(&actions.files, child_socket + 1);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&actions.attributes, &none);
  posix_spawnattr_setsigdefault(&actions.attributes, &all);
  posix_spawnattr_setflags(&actions.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

}  // namespace

std::filesystem::path find_plugin_host() {
  std::vector<std::filesystem::path> places;
  if (const char* named = std::getenv("CARTWRIGHT_PLUGIN_HOST")) {
    places.emplace_back(named);
  } else {
    const std::filesystem::path below =
        std::filesystem::path("..") / "libexec" / "cartwright" / program_name;
    places = {program_folder() / program_name, program_folder() / below, library_folder() / below,
              std::filesystem::path(CARTWRIGHT_FULL_LIBEXECDIR) / "cartwright" / program_name};
  }
  std::string tried;
  for (const auto& place : places) {
    if (::access(place.c_str(), X_OK) == 0) return place;
    tried += (tried.empty() ? "" : ", ") + place.string();
  }
  throw Error(ErrorKind::not_found, std::string(program_name) + " was not found at " + tried +
                                        "; install it, or name it in CARTWRIGHT_PLUGIN_HOST");
}

ChildProcess::ChildProcess(const std::filesystem::path& program,
                           const std::filesystem::path& plugin) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
    throw Error(ErrorKind::unavailable, std::string("no socket pair: ") + std::strerror(errno));
  }
  socket_ = pair[0];
  for (const int end : pair) {
    ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &socket_buffer, sizeof(socket_buffer));
  }
  SpawnActions actions;
  prepare(actions, pair[1]);
  std::string name = program_name;
  std::string file = plugin.string();
  char* const arguments[] = {name.data(), file.data(), nullptr};
  char* const environment[] = {nullptr};
  const int failed = ::posix_spawn(&pid_, program.c_str(), &actions.files, &actions.attributes,
                                   arguments, environment);
  ::close(pair[1]);
  if (failed == 0) pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (failed != 0 || pidfd_ < 0) {
    const std::string why = std::strerror(failed != 0 ? failed : errno);
    if (failed == 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(socket_);
    throw Error(ErrorKind::unavailable, program.string() + " can not be started: " + why);
  }
}

ChildProcess::~ChildProcess() {
  if (!ended_) {
    kill();
    wait();
  }
  ::close(pidfd_);
  ::close(socket_);
}

ChildProcess::Received ChildProcess::receive(std::span<std::byte> buffer, ByteView& packet) {
  while (true) {
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (size > 0 && static_cast<std::size_t>(size) <= buffer.size()) {
      packet = ByteView(buffer).first(static_cast<std::size_t>(size));
      return Received::message;
    }
    if (size > 0) {  // larger than any message: an empty packet is none either
      packet = {};
      return Received::message;
    }
    if (size == 0) return Received::closed;
    if (errno == EINTR || errno == ECONNRESET) continue;  // the error is told once, before the rest
    return errno == EAGAIN || errno == EWOULDBLOCK ? Received::nothing : Received::closed;
  }
}

void ChildProcess::kill() {
  ::syscall(SYS_pidfd_send_signal, pidfd_, SIGKILL, nullptr, 0);
}

bool ChildProcess::has_ended() const {
  pollfd entry{pidfd_, POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

ProcessEnd ChildProcess::wait() {
  siginfo_t info{};
  int failed = 0;
  do {
    // By its number: waiting on a descriptor that an event loop made non-blocking does not wait.
    failed = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED);
  } while (failed != 0 && errno == EINTR);
  ended_ = true;
  if (failed != 0) return {Loss::crashed, "ended, and the app itself waited for it"};
  if (info.si_code == CLD_EXITED) {
    return {Loss::crashed, "ended with status " + std::to_string(info.si_status)};
  }
  const bool from_outside = info.si_status == SIGKILL;
  return {from_outside ? Loss::killed : Loss::crashed, "killed by signal " +
                                                           std::to_string(info.si_status) + " (" +
                                                           ::strsignal(info.si_status) + ")"};
}

}  // namespace cartwright::host
