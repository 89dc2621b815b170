#pragma once

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>

#include "unit/link/support.hpp"
#include "unit/link/tls_authority.hpp"

namespace cartwright::link::test {

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
  void operator()(SSL* session) const { SSL_free(session); }
};

// A device that listens on a port and speaks TLS: the far side of `tls:`. Goes on when asked to.
class TlsDevice {
 public:
  explicit TlsDevice(Loop& loop) : loop_(loop), acceptor_(loop.io), socket_(loop.io) {
    using boost::asio::ip::tcp;
    const tcp::endpoint here(boost::asio::ip::address_v4::loopback(), 0);
    acceptor_.open(here.protocol());
    acceptor_.bind(here);
    acceptor_.listen();
    acceptor_.non_blocking(true);
    context_.reset(SSL_CTX_new(TLS_server_method()));
  }

  std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }
  void is(const Identity& identity) {
    SSL_CTX_use_certificate(context_.get(), identity.certificate.get());
    SSL_CTX_use_PrivateKey(context_.get(), identity.key.get());
  }
  void wants_client_of(const Identity& root) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), root.certificate.get());
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  void speaks_at_most(int version) { SSL_CTX_set_max_proto_version(context_.get(), version); }

  // Takes the next connection, without a word of TLS.
  bool accept() {
    return loop_.until([&] {
      boost::system::error_code error;
      socket_ = boost::asio::ip::tcp::socket(loop_.io);
      acceptor_.accept(socket_, error);
      return !error;
    });
  }
  // Begins TLS on the connection; go_on() takes it further.
  void begin() {
    socket_.native_non_blocking(true);
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), socket_.native_handle());
    SSL_set_accept_state(session_.get());
  }
  bool go_on() {
    if (!failed_ && SSL_in_init(session_.get()) != 0) {
      ERR_clear_error();
      const int result = SSL_do_handshake(session_.get());
      failed_ = result != 1 && SSL_get_error(session_.get(), result) == SSL_ERROR_SSL;
    }
    return SSL_in_init(session_.get()) == 0;
  }
  bool failed() const { return failed_; }

  bool send(std::string_view text) {
    return SSL_write(session_.get(), text.data(), static_cast<int>(text.size())) ==
           static_cast<int>(text.size());
  }
  std::string take() {
    char buffer[65536];
    ERR_clear_error();
    const int count = SSL_read(session_.get(), buffer, sizeof buffer);
    return count > 0 ? std::string(buffer, static_cast<std::size_t>(count)) : std::string();
  }
  bool got_goodbye() {
    take();
    return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }
  void say_goodbye() { SSL_shutdown(session_.get()); }
  // Ends the connection as it stands.
  void cut() {
    session_.reset();
    socket_.close();
  }

  boost::asio::ip::tcp::socket& socket() { return socket_; }

 private:
  Loop& loop_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<SSL_CTX, FreeContext> context_;
  std::unique_ptr<SSL, FreeSession> session_;
  bool failed_ = false;
};

}  // namespace cartwright::link::test
