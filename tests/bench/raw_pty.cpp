#include "bench/raw_pty.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <stdexcept>

namespace cartwright::bench {

RawPty::RawPty(RawProcess* through)
    : through_(through),
      near_end_(::open(line_.path().c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)),
      end_(::eventfd(0, EFD_CLOEXEC)) {
  if (near_end_ < 0 || end_ < 0) throw std::runtime_error("no pseudo-terminal");
  thread_ = std::thread([this] { read(); });
}

RawPty::~RawPty() {
  ::eventfd_write(end_, 1);
  thread_.join();
  ::close(near_end_);
  ::close(end_);
}

void RawPty::read() {
  char bytes[4096];
  for (;;) {
    pollfd entries[] = {{near_end_, POLLIN, 0}, {end_, POLLIN, 0}};
    if (::poll(entries, 2, -1) < 0 || entries[1].revents != 0) return;
    if (::read(near_end_, bytes, sizeof bytes) <= 0) continue;
    if (through_ != nullptr) through_->round_trip();
    received(Clock::now());
  }
}

}  // namespace cartwright::bench
