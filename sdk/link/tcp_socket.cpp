#include "link/tcp_socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

using boost::asio::ip::tcp;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr int probes = 3;
constexpr seconds between_probes{5};

[[noreturn]] void refuse_address(const Uri& uri) {
  throw Error(ErrorKind::invalid_input,
              "link \"" + to_text(uri) +
                  "\": needs HOST:PORT with a port from 1 to 65535, and brackets round an IPv6 "
                  "address: " +
                  uri.scheme + ":[::1]:9100");
}

void read_address(const Uri& uri, const std::string& default_host, TcpOptions& options) {
  const std::size_t colon = uri.path.rfind(':');
  if (colon == std::string::npos && default_host.empty()) {
    refuse_address(uri);
  }
  options.host = colon == std::string::npos ? std::string() : uri.path.substr(0, colon);
  options.port = colon == std::string::npos ? uri.path : uri.path.substr(colon + 1);
  if (options.host.starts_with('[') && options.host.ends_with(']')) {
    options.host = options.host.substr(1, options.host.size() - 2);
  } else if (options.host.find(':') != std::string::npos) {
    refuse_address(uri);
  }
  if (options.host.empty()) {
    options.host = default_host;
  }
  if (read_unsigned(options.port, 65535).value_or(0) == 0 || options.host.empty()) {
    refuse_address(uri);
  }
}

void set_option(int fd, int level, int name, int value) {
  ::setsockopt(fd, level, name, &value, sizeof value);
}

FdCalls::Moved moved(ssize_t count, const char* what) {
  if (count >= 0) {
    return {static_cast<std::size_t>(count), {}};
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
    return {};
  }
  return {0, std::string(what) + " failed: " + std::strerror(errno)};
}

}  // namespace

TcpOptions read_tcp_options(const Uri& uri, const std::string& default_host) {
  TcpOptions options;
  read_address(uri, default_host, options);
  if (const auto text = uri.value("connect_timeout")) {
    const auto timeout = read_duration(*text);
    if (!timeout || *timeout < std::chrono::milliseconds(10) || *timeout > seconds(60)) {
      refuse_value(uri, "connect_timeout", "is no duration from 10ms to 60s");
    }
    options.connect_timeout = *timeout;
  }
  if (const auto text = uri.value("keep_alive")) {
    const auto silence = read_duration(*text);
    const bool whole = silence && silence->count() % nanoseconds(seconds(1)).count() == 0;
    if (!whole || *silence > std::chrono::hours(2)) {
      refuse_value(uri, "keep_alive", "is no duration of whole seconds from 0s to 7200s");
    }
    options.keep_alive = std::chrono::duration_cast<seconds>(*silence);
  }
  return options;
}

void set_tcp_options(int fd, const TcpOptions& options) {
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
  set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  if (options.keep_alive.count() > 0) {
    const auto silence = static_cast<int>(options.keep_alive.count());
    const auto step = static_cast<int>(between_probes.count());
    set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, silence);
    set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, step);
    set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, probes);
    set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, (silence + probes * step) * 1000);
  }
}

FdCalls socket_calls(int fd) {
  return {[fd](std::span<std::byte> room) -> FdCalls::Moved {
            const ssize_t count = ::recv(fd, room.data(), room.size(), 0);
            if (count == 0) {
              return {0, "the far side hung up"};
            }
            return moved(count, "reading");
          },
          [fd](ByteView bytes) -> FdCalls::Moved {
            return moved(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), "writing");
          },
          {}};
}

// Its handlers hold it; whoever gives it up sets `ended`.
struct TcpConnector::Attempt : std::enable_shared_from_this<TcpConnector::Attempt> {
  Attempt(const boost::asio::any_io_executor& executor, TcpOptions how,
          std::function<void(const Result&)> who)
      : options(std::move(how)),
        told(std::move(who)),
        resolver(executor),
        socket(executor),
        timer(executor) {}

  void begin() {
    timer.expires_after(options.connect_timeout);
    timer.async_wait([self = shared_from_this()](boost::system::error_code error) {
      if (!error && !self->ended) {
        self->fail(DownReason::not_there, "does not answer within " +
                                              duration_text(self->options.connect_timeout) +
                                              ": is the device switched on and in this network?");
      }
    });
    resolver.async_resolve(options.host, options.port,
                           [self = shared_from_this()](boost::system::error_code error,
                                                       const tcp::resolver::results_type& found) {
                             if (!self->ended) {
                               self->resolved(error, found);
                             }
                           });
  }

  void resolved(boost::system::error_code error, const tcp::resolver::results_type& found) {
    if (error) {
      fail(DownReason::not_there, "has no address: " + error.message());
      return;
    }
    boost::asio::async_connect(
        socket, found,
        [self = shared_from_this()](boost::system::error_code failure, const tcp::endpoint&) {
          if (!self->ended) {
            self->connected(failure);
          }
        });
  }

  void connected(boost::system::error_code error) {
    if (error == boost::asio::error::connection_refused) {
      fail(DownReason::refused, "refuses the connection: does the device listen on that port?");
      return;
    }
    if (error) {
      fail(DownReason::not_there, "can not be reached: " + error.message());
      return;
    }
    boost::system::error_code failure;
    const int fd = socket.release(failure);
    if (failure) {
      fail(DownReason::error, failure.message());
      return;
    }
    set_tcp_options(fd, options);
    end();
    told({fd, DownReason::error, {}});
  }

  void fail(DownReason reason, const std::string& text) {
    end();
    told({-1, reason, text});
  }

  void end() {
    ended = true;
    resolver.cancel();
    timer.cancel();
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  TcpOptions options;
  std::function<void(const Result&)> told;
  tcp::resolver resolver;
  tcp::socket socket;
  boost::asio::steady_timer timer;
  bool ended = false;
};

TcpConnector::TcpConnector(boost::asio::any_io_executor executor, const TcpOptions& options,
                           std::function<void(const Result&)> told)
    : attempt_(std::make_shared<Attempt>(executor, options, std::move(told))) {
  attempt_->begin();
}

TcpConnector::~TcpConnector() {
  if (!attempt_->ended) {
    attempt_->end();
  }
}

}  // namespace cartwright::link
