#include "link/tcp_link.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/error.hpp"
#include "link/fd_transport.hpp"
#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

using boost::asio::ip::tcp;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr int probes = 3;
constexpr seconds between_probes{5};

struct TcpOptions {
  std::string host;
  std::string port;
  nanoseconds connect_timeout = seconds(5);
  seconds keep_alive{15};
};

[[noreturn]] void refuse_address(const Uri& uri) {
  throw Error(ErrorKind::invalid_input, "link \"" + to_text(uri) +
                                            "\": needs HOST:PORT with a port from 1 to 65535, and "
                                            "brackets round an IPv6 address: tcp:[::1]:9100");
}

TcpOptions read_options(const Uri& uri) {
  TcpOptions options;
  const std::size_t colon = uri.path.rfind(':');
  if (colon == std::string::npos || colon == 0) {
    refuse_address(uri);
  }
  options.host = uri.path.substr(0, colon);
  options.port = uri.path.substr(colon + 1);
  if (options.host.starts_with('[') && options.host.ends_with(']')) {
    options.host = options.host.substr(1, options.host.size() - 2);
  } else if (options.host.find(':') != std::string::npos) {
    refuse_address(uri);
  }
  if (read_unsigned(options.port, 65535).value_or(0) == 0 || options.host.empty()) {
    refuse_address(uri);
  }
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

void set_option(int fd, int level, int name, int value) {
  ::setsockopt(fd, level, name, &value, sizeof value);
}

void set_options(int fd, const TcpOptions& options) {
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

// One attempt to connect. Its handlers hold it; whoever gives it up sets `ended`.
struct Attempt {
  explicit Attempt(const boost::asio::any_io_executor& executor)
      : resolver(executor), socket(executor), timer(executor) {}

  void end() {
    ended = true;
    resolver.cancel();
    timer.cancel();
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  tcp::resolver resolver;
  tcp::socket socket;
  boost::asio::steady_timer timer;
  bool ended = false;
};

class TcpTransport final : public FdTransport {
 public:
  TcpTransport(const Uri& uri, boost::asio::any_io_executor executor)
      : FdTransport(std::move(executor)),
        options_(read_options(uri)),
        name_(uri.path),
        address_(to_text(uri)) {}
  ~TcpTransport() override { TcpTransport::close(); }

  void open(Owner& owner) override {
    close();
    owner_ = &owner;
    attempt_ = std::make_shared<Attempt>(executor_);
    attempt_->timer.expires_after(options_.connect_timeout);
    attempt_->timer.async_wait([this, attempt = attempt_](boost::system::error_code error) {
      if (!error && !attempt->ended) {
        fail(DownReason::not_there, "does not answer within " +
                                        duration_text(options_.connect_timeout) +
                                        ": is the device switched on and in this network?");
      }
    });
    attempt_->resolver.async_resolve(
        options_.host, options_.port,
        [this, attempt = attempt_](boost::system::error_code error,
                                   const tcp::resolver::results_type& found) {
          if (!attempt->ended) {
            resolved(error, found);
          }
        });
  }

  void close() override {
    end_stream();
    if (attempt_) {
      attempt_->end();
      attempt_.reset();
    }
  }

 private:
  void resolved(boost::system::error_code error, const tcp::resolver::results_type& found) {
    if (error) {
      fail(DownReason::not_there, "has no address: " + error.message());
      return;
    }
    boost::asio::async_connect(
        attempt_->socket, found,
        [this, attempt = attempt_](boost::system::error_code failure, const tcp::endpoint&) {
          if (!attempt->ended) {
            connected(failure);
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
    const auto attempt = std::move(attempt_);
    boost::system::error_code failure;
    const int fd = attempt->socket.release(failure);
    attempt->end();
    if (failure) {
      owner_->went_down(DownReason::error, name_ + ": " + failure.message());
      return;
    }
    set_options(fd, options_);
    run(*owner_, fd, FdCalls::plain(fd), {Shape::stream, address_, {}}, name_);
  }

  void fail(DownReason reason, const std::string& what) {
    close();
    owner_->went_down(reason, name_ + " " + what);
  }

  TcpOptions options_;
  std::string name_;
  std::string address_;
  std::shared_ptr<Attempt> attempt_;
  Owner* owner_ = nullptr;
};

}  // namespace

std::unique_ptr<Transport> make_tcp_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor) {
  return std::make_unique<TcpTransport>(uri, std::move(executor));
}

}  // namespace cartwright::link
