#include "link/tcp_listen_link.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <optional>

#include "base/error.hpp"
#include "link/fd_transport.hpp"
#include "link/numbers.hpp"
#include "link/tcp_socket.hpp"

namespace cartwright::link {
namespace {

using boost::asio::ip::tcp;

const char* const this_machine = "127.0.0.1";

tcp::endpoint endpoint_of(const Uri& uri, const TcpOptions& options) {
  boost::system::error_code error;
  const std::string host = options.host == "localhost" ? this_machine : options.host;
  const auto address = boost::asio::ip::make_address(host, error);
  if (error) {
    throw Error(ErrorKind::invalid_input,
                "link \"" + to_text(uri) + "\": \"" + options.host +
                    "\" is no address of this machine, write one such as 192.168.1.10, 0.0.0.0 "
                    "for all, or nothing for this machine alone: tcp-listen:" +
                    options.port);
  }
  return {address, static_cast<unsigned short>(read_unsigned(options.port, 65535).value_or(0))};
}

class TcpListenTransport final : public FdTransport {
 public:
  TcpListenTransport(const Uri& uri, boost::asio::any_io_executor executor)
      : FdTransport(std::move(executor)),
        options_(read_tcp_options(uri, this_machine)),
        here_(endpoint_of(uri, options_)),
        name_("tcp-listen:" + uri.path),
        address_(to_text(uri)) {}
  ~TcpListenTransport() override { TcpListenTransport::close(); }

  void open(Owner& owner) override {
    owner_ = &owner;
    end_peer();
    if (!acceptor_ && !listen()) {
      return;
    }
    if (waiting_) {
      take_waiting();
    } else {
      opening_ = true;
      owner.still_down(DownReason::not_there,
                       name_ + " waits for the device to connect to port " + options_.port);
    }
  }

  void close() override {
    opening_ = false;
    end_peer();
    waiting_.reset();
    acceptor_.reset();
  }

 private:
  struct Peer {
    tcp::socket socket;
    boost::asio::ip::address address;
  };

  // False where the port can not be had, which the owner was told.
  bool listen() {
    acceptor_ = std::make_shared<tcp::acceptor>(executor_);
    boost::system::error_code error;
    acceptor_->open(here_.protocol(), error);
    if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_->bind(here_, error);
    if (!error) acceptor_->listen(1, error);
    if (error) {
      acceptor_.reset();
      const DownReason reason = error == boost::asio::error::address_in_use  ? DownReason::in_use
                                : error == boost::asio::error::access_denied ? DownReason::refused
                                                                             : DownReason::error;
      owner_->went_down(reason, name_ + " can not listen: " + error.message());
      return false;
    }
    accept();
    return true;
  }

  void accept() {
    acceptor_->async_accept([this, acceptor = std::weak_ptr(acceptor_)](
                                boost::system::error_code error, tcp::socket socket) {
      if (!acceptor.lock()) {
        return;
      }
      if (error) {
        failed(error.message());
        return;
      }
      accept();
      came(std::move(socket));
    });
  }

  // As with no descriptor left. Whoever is connected stays so; then it listens anew.
  void failed(const std::string& why) {
    acceptor_.reset();
    if (opening_) {
      close();
      owner_->went_down(DownReason::error, name_ + " can not listen: " + why);
    }
  }

  void came(tcp::socket socket) {
    boost::system::error_code error;
    const auto from = socket.remote_endpoint(error).address();
    if (error) {
      return;  // gone already
    }
    if (peer_ && *peer_ != from) {
      return;  // closes it
    }
    waiting_.emplace(Peer{std::move(socket), from});
    if (opening_) {
      take_waiting();
    } else if (peer_) {
      end_peer();
      owner_->went_down(DownReason::hang_up,
                        name_ + ": " + from.to_string() + " has connected anew");
    }
  }

  void take_waiting() {
    opening_ = false;
    boost::system::error_code error;
    const int fd = waiting_->socket.release(error);
    peer_ = waiting_->address;
    waiting_.reset();
    set_tcp_options(fd, options_);
    run(*owner_, fd, socket_calls(fd), {Shape::stream, address_, {}},
        name_ + ": " + peer_->to_string());
  }

  void end_peer() {
    end_stream();
    peer_.reset();
  }
  void release() override { peer_.reset(); }

  TcpOptions options_;
  tcp::endpoint here_;
  std::string name_;
  std::string address_;
  std::shared_ptr<tcp::acceptor> acceptor_;  // its handlers hold it weakly
  std::optional<Peer> waiting_;              // connected, not taken up yet
  std::optional<boost::asio::ip::address> peer_;
  bool opening_ = false;
  Owner* owner_ = nullptr;
};

}  // namespace

std::unique_ptr<Transport> make_tcp_listen_transport(const Uri& uri,
                                                     boost::asio::any_io_executor executor) {
  return std::make_unique<TcpListenTransport>(uri, std::move(executor));
}

}  // namespace cartwright::link
