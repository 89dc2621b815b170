#include "link/tcp_link.hpp"

#include <optional>

#include "link/fd_transport.hpp"
#include "link/tcp_socket.hpp"

namespace cartwright::link {
namespace {

class TcpTransport final : public FdTransport {
 public:
  TcpTransport(const Uri& uri, boost::asio::any_io_executor executor)
      : FdTransport(std::move(executor)),
        options_(read_tcp_options(uri)),
        name_(uri.path),
        address_(to_text(uri)) {}
  ~TcpTransport() override { TcpTransport::close(); }

  void open(Owner& owner) override {
    close();
    connector_.emplace(executor_, options_, [this, &owner](const TcpConnector::Result& result) {
      connected(owner, result);
    });
  }

  void close() override {
    end_stream();
    connector_.reset();
  }

 private:
  void connected(Owner& owner, const TcpConnector::Result& result) {
    connector_.reset();
    if (result.fd < 0) {
      owner.went_down(result.reason, name_ + " " + result.text);
      return;
    }
    run(owner, result.fd, socket_calls(result.fd), {Shape::stream, address_, {}}, name_);
  }

  TcpOptions options_;
  std::string name_;
  std::string address_;
  std::optional<TcpConnector> connector_;
};

}  // namespace

std::unique_ptr<Transport> make_tcp_transport(const Uri& uri,
                                              boost::asio::any_io_executor executor) {
  return std::make_unique<TcpTransport>(uri, std::move(executor));
}

}  // namespace cartwright::link
