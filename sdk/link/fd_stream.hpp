#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/hex.hpp"
#include "link/link.hpp"

namespace cartwright::link {

// How bytes pass through a descriptor. The plain way is read(2) and write(2); a serial port has
// libserialport's.
struct FdCalls {
  // How many bytes moved; 0 where the kernel has none or no room now. `gone` says that the far side
  // hung up, with why.
  struct Moved {
    std::size_t count = 0;
    std::optional<std::string> gone;
  };
  std::function<Moved(std::span<std::byte>)> read;
  std::function<Moved(ByteView)> write;
  // True where reading would bring more though the descriptor has nothing: what was decrypted
  // already. May be empty.
  std::function<bool()> pending{};

  static FdCalls plain(int fd);
};

// A non-blocking descriptor as a stream: what serial ports, pseudo-terminals and TCP share. Waits
// for readiness and never polls; a hang-up is told once, after which nothing waits any more.
class FdStream {
 public:
  struct Listener {
    std::function<void(ByteView)> data;
    // The descriptor is closed when it is told.
    std::function<void(const std::string& why)> hang_up;
  };

  // Takes `fd`, which must be non-blocking; waits for nothing before set_reading(true). `counters`
  // must outlive the stream.
  FdStream(boost::asio::any_io_executor executor, int fd, FdCalls calls, Listener listener,
           Counters& counters);
  ~FdStream();
  FdStream(const FdStream&) = delete;
  FdStream& operator=(const FdStream&) = delete;

  // While false the kernel keeps what comes in (and flow control, where there is any, stops the
  // far side). A hang-up is then noticed by the next write, or when reading goes on, after what
  // came before it.
  void set_reading(bool wanted);
  // Writes all of `bytes` or as much as the kernel takes within `timeout`. One at a time; `bytes`
  // must live until `done`, which may be called inside this call and is never called after close().
  void write(ByteView bytes, std::chrono::nanoseconds timeout,
             std::function<void(Result result, std::uint64_t written)> done);
  // Bytes taken of the write that has not ended.
  std::uint64_t written() const;
  void close();

 private:
  struct State;
  std::shared_ptr<State> state_;  // handlers that still stand in a queue hold it
};

}  // namespace cartwright::link
