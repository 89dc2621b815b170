#include "link/fd_stream.hpp"

#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

namespace cartwright::link {
namespace {

using Descriptor = boost::asio::posix::stream_descriptor;

FdCalls::Moved failed(const char* what) {
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
    return {};
  }
  return {0, std::string(what) + " failed: " + std::strerror(errno)};
}

}  // namespace

FdCalls FdCalls::plain(int fd) {
  return {[fd](std::span<std::byte> room) -> Moved {
            const ssize_t count = ::read(fd, room.data(), room.size());
            if (count == 0) {
              return {0, "the far side hung up"};
            }
            return count > 0 ? Moved{static_cast<std::size_t>(count), {}} : failed("reading");
          },
          [fd](ByteView bytes) -> Moved {
            const ssize_t count = ::write(fd, bytes.data(), bytes.size());
            return count >= 0 ? Moved{static_cast<std::size_t>(count), {}} : failed("writing");
          },
          {}};
}

struct FdStream::State : std::enable_shared_from_this<FdStream::State> {
  State(boost::asio::any_io_executor executor, int fd, FdCalls how, Listener who, Counters& count)
      : descriptor(executor, fd),
        timer(std::move(executor)),
        calls(std::move(how)),
        listener(std::move(who)),
        counters(count) {}

  void wait() {
    if (waiting || closed || !reading) {
      return;
    }
    waiting = true;
    auto woken = [self = shared_from_this()](boost::system::error_code error) {
      self->waiting = false;
      if (!error && !self->closed) {
        ++self->counters.wake_ups;
        self->ready();
      }
    };
    if (calls.pending && calls.pending()) {
      boost::asio::post(descriptor.get_executor(),
                        [woken = std::move(woken)] { woken(boost::system::error_code()); });
    } else {
      descriptor.async_wait(Descriptor::wait_read, std::move(woken));
    }
  }

  void ready() {
    if (reading) {
      read();
    }
    wait();
  }

  void read() {
    const FdCalls::Moved moved = calls.read(buffer);
    if (moved.gone) {
      hang_up(*moved.gone);
    } else if (moved.count > 0) {
      listener.data(ByteView(buffer).first(moved.count));
    }
  }

  void hang_up(const std::string& why) {
    const auto tell = listener.hang_up;
    close();
    tell(why);
  }

  // Hands the kernel what it takes now; false while some is left.
  bool push() {
    while (!rest.empty()) {
      const FdCalls::Moved moved = calls.write(rest);
      if (moved.gone) {
        hang_up(*moved.gone);
        return true;
      }
      if (moved.count == 0) {
        return false;
      }
      rest = rest.subspan(moved.count);
      written += moved.count;
    }
    end_write(Result::ok);
    return true;
  }

  void wait_for_room() {
    if (std::exchange(waiting_for_room, true)) {
      return;
    }
    descriptor.async_wait(Descriptor::wait_write,
                          [self = shared_from_this()](boost::system::error_code error) {
                            self->waiting_for_room = false;
                            if (error || self->closed || !self->done) {
                              return;
                            }
                            ++self->counters.wake_ups;
                            if (!self->push()) {
                              self->wait_for_room();
                            }
                          });
  }

  void limit(std::chrono::nanoseconds timeout) {
    timer.expires_after(timeout);
    timer.async_wait([self = shared_from_this(), number = number](boost::system::error_code error) {
      if (!error && self->done && number == self->number) {
        self->end_write(Result::timeout);
      }
    });
  }

  void end_write(Result result) {
    ++number;
    timer.cancel();
    rest = {};
    const auto ended = std::exchange(done, nullptr);
    ended(result, std::exchange(written, 0));
  }

  // Keeps `written` for whoever asks how far the last write came.
  void close() {
    closed = true;
    done = nullptr;
    timer.cancel();
    boost::system::error_code ignored;
    descriptor.close(ignored);
  }

  Descriptor descriptor;
  boost::asio::steady_timer timer;
  FdCalls calls;
  Listener listener;
  Counters& counters;
  bool reading = false;
  bool waiting = false;
  bool waiting_for_room = false;
  bool closed = false;
  std::array<std::byte, 4096> buffer{};
  ByteView rest;
  std::uint64_t written = 0;
  std::uint64_t number = 0;  // of the write, so that a late timer is known
  std::function<void(Result, std::uint64_t)> done;
};

FdStream::FdStream(boost::asio::any_io_executor executor, int fd, FdCalls calls, Listener listener,
                   Counters& counters)
    : state_(std::make_shared<State>(std::move(executor), fd, std::move(calls), std::move(listener),
                                     counters)) {}

FdStream::~FdStream() {
  close();
}

void FdStream::set_reading(bool wanted) {
  state_->reading = wanted;
  state_->wait();
}

void FdStream::write(ByteView bytes, std::chrono::nanoseconds timeout,
                     std::function<void(Result, std::uint64_t)> done) {
  const auto state = state_;  // `done` may end this object
  state->rest = bytes;
  state->written = 0;
  state->done = std::move(done);
  if (!state->push()) {
    state->limit(timeout);
    state->wait_for_room();
  }
}

std::uint64_t FdStream::written() const {
  return state_->written;
}

void FdStream::close() {
  state_->close();
}

}  // namespace cartwright::link
