#pragma once

#include <sys/types.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "host/engine.hpp"

namespace cartwright::host {

// Where cartwright-plugin-host stands: CARTWRIGHT_PLUGIN_HOST, beside the running program, the
// libexec folder seen from it and from the library (a moved installation), and that of the
// installation this was built for. Error not_found names the places.
std::filesystem::path find_plugin_host();

// How a plugin's process ended.
struct ProcessEnd {
  Loss loss = Loss::crashed;
  std::string text;  // "killed by signal 11 (Segmentation fault)", "ended with status 3"
};

// One cartwright-plugin-host with its socket. It has no environment, no descriptor but 0 to 3, and
// dies with this process. The destructor kills it and waits.
class ChildProcess {
 public:
  // Error unavailable where it can not be started.
  ChildProcess(const std::filesystem::path& program, const std::filesystem::path& plugin);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  int socket() const { return socket_; }
  // Readable once the process has ended.
  int pidfd() const { return pidfd_; }
  pid_t pid() const { return pid_; }

  enum class Received : std::uint8_t { message, nothing, closed };
  // Receives one packet into `buffer` without waiting. A connection reset counts as nothing: what
  // was sent before it is still to be read.
  Received receive(std::span<std::byte> buffer, ByteView& packet);

  void kill();
  bool has_ended() const;
  // Waits for the end, which must be near, and says how it was. Once.
  ProcessEnd wait();

 private:
  int socket_ = -1;
  int pidfd_ = -1;
  pid_t pid_ = -1;
  bool ended_ = false;
};

}  // namespace cartwright::host
