#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "link/fd_stream.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// What `tcp:`, `tls:` and `tcp-listen:` share: addresses, options of a socket, connecting.

struct TcpOptions {
  std::string host;  // without brackets
  std::string port;
  std::chrono::nanoseconds connect_timeout = std::chrono::seconds(5);
  std::chrono::seconds keep_alive{15};  // 0: the kernel asks nothing
};

// Error names an address or a value that it can not read. `default_host` stands for a missing host;
// empty: one must be there.
TcpOptions read_tcp_options(const Uri& uri, const std::string& default_host = {});

// Non-blocking, TCP_NODELAY and keep-alive.
void set_tcp_options(int fd, const TcpOptions& options);

// Reading and writing a socket; a far side that has gone raises no SIGPIPE.
FdCalls socket_calls(int fd);

// One attempt to connect, with a limit in time. Destroying it gives it up: nothing is told then.
class TcpConnector {
 public:
  struct Result {
    int fd = -1;  // non-blocking, options set; the receiver's. -1: failed
    DownReason reason = DownReason::error;
    std::string text;  // "refuses the connection: ..."
  };

  // `told` exactly once, never inside this call, unless the connector is destroyed before. It may
  // destroy the connector.
  TcpConnector(boost::asio::any_io_executor executor, const TcpOptions& options,
               std::function<void(const Result&)> told);
  ~TcpConnector();
  TcpConnector(const TcpConnector&) = delete;
  TcpConnector& operator=(const TcpConnector&) = delete;

 private:
  struct Attempt;
  std::shared_ptr<Attempt> attempt_;
};

}  // namespace cartwright::link
