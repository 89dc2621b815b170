#include "bench/raw_process.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace cartwright::bench {
namespace {

// Waits as an event loop does, with poll before each read.
ssize_t receive(int socket, std::vector<char>& into) {
  pollfd entry{socket, POLLIN, 0};
  if (::poll(&entry, 1, -1) < 0) return -1;
  return ::recv(socket, into.data(), into.size(), 0);
}

[[noreturn]] void answer(int socket, std::vector<char> request, const std::vector<char>& reply) {
  while (receive(socket, request) > 0) {
    if (::send(socket, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) break;
  }
  ::_exit(0);
}

}  // namespace

RawProcess::RawProcess(std::size_t request, std::size_t reply) : request_(request), reply_(reply) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    throw std::runtime_error("no socket pair");
  }
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no process");
  if (pid_ == 0) {
    ::close(ends[0]);
    answer(ends[1], request_, reply_);
  }
  ::close(ends[1]);
  socket_ = ends[0];
}

RawProcess::~RawProcess() {
  ::close(socket_);
  ::waitpid(pid_, nullptr, 0);
}

Clock::duration RawProcess::round_trip() {
  const auto begin = Clock::now();
  if (::send(socket_, request_.data(), request_.size(), MSG_NOSIGNAL) < 0 ||
      receive(socket_, reply_) != static_cast<ssize_t>(reply_.size())) {
    throw std::runtime_error("the other process is gone");
  }
  return Clock::now() - begin;
}

}  // namespace cartwright::bench
