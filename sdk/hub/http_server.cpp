// The only file of the runtime that includes Beast: it costs half a minute to compile.

#include "hub/http_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <thread>

#include "base/error.hpp"

namespace cartwright::hub {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

// Bytes of a refused request that are read and thrown away, so that the client sees the answer and
// not a reset.
constexpr std::size_t kMostDrainedBytes = 4U << 20;
constexpr std::chrono::milliseconds kAcceptPause{100};

struct Shared {
  HttpLimits limits;
  HttpServer::Handler handler;
  std::size_t connections = 0;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket&& socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    ++shared_.connections;
  }
  ~Session() { --shared_.connections; }

  void start() {
    if (shared_.connections > 2 * shared_.limits.most_connections) return;
    if (shared_.connections > shared_.limits.most_connections) {
      answer({503, "text/plain", "too many connections\n", 5}, false);
    } else {
      read_header();
    }
  }

 private:
  void read_header() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_.limits.most_header_bytes));
    parser_->body_limit(shared_.limits.most_body_bytes);
    stream_.expires_after(shared_.limits.idle);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->fail(error);
                              self->read_body();
                            });
  }

  void read_body() {
    stream_.expires_after(shared_.limits.body);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (error) return self->fail(error);
                       self->handle();
                     });
  }

  // A request that does not parse gets an answer; a client that left or was too slow gets none.
  void fail(error_code error) {
    if (error == http::error::body_limit) {
      answer({413, "text/plain", "the body is too large\n", {}}, false);
    } else if (error == http::error::header_limit) {
      answer({431, "text/plain", "the header is too large\n", {}}, false);
    } else if (error.category() == http::make_error_code(http::error::bad_version).category() &&
               error != http::error::end_of_stream && error != http::error::partial_message) {
      answer({400, "text/plain", "this is no HTTP request\n", {}}, false);
    }
  }

  void handle() {
    http::request<http::string_body>& request = parser_->get();
    HttpResponse response;
    try {
      response = shared_.handler(
          {std::string(request.method_string()), std::string(request.target()),
           std::string(request[http::field::content_type]), std::move(request.body())});
    } catch (const Error& error) {
      const bool later = error.kind() == ErrorKind::unavailable;
      response = {
          later ? 503U : 500U, "text/plain", later ? "try later\n" : "internal error\n", {}};
      if (later) response.retry_after_s = 5;
    } catch (const std::exception&) {
      response = {500, "text/plain", "internal error\n", {}};
    }
    answer(std::move(response), request.keep_alive());
  }

  void answer(HttpResponse&& content, bool keep_alive) {
    response_ = {};
    response_.result(content.status);
    response_.set(http::field::server, "cartwright-hub");
    response_.set(http::field::content_type, content.content_type);
    if (content.retry_after_s) {
      response_.set(http::field::retry_after, std::to_string(*content.retry_after_s));
    }
    response_.body() = std::move(content.body);
    response_.keep_alive(keep_alive);
    response_.prepare_payload();
    stream_.expires_after(shared_.limits.write);
    http::async_write(stream_, response_,
                      [self = shared_from_this(), keep_alive](error_code error, std::size_t) {
                        if (error) return;
                        if (keep_alive) return self->read_header();
                        self->stream_.socket().shutdown(tcp::socket::shutdown_send, error);
                        self->drain(0);
                      });
  }

  void drain(std::size_t drained) {
    buffer_.consume(buffer_.size());
    stream_.async_read_some(buffer_.prepare(16U << 10),
                            [self = shared_from_this(), drained](error_code error, std::size_t n) {
                              if (!error && drained + n < kMostDrainedBytes)
                                self->drain(drained + n);
                            });
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
};

}  // namespace

struct HttpServer::Impl {
  Shared shared;  // outlives the sessions, which the context destroys
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::steady_timer pause{context};
  std::uint16_t port = 0;
  std::thread thread;

  void accept() {
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
      if (error) return accept_later();
      std::make_shared<Session>(std::move(socket), shared)->start();
      accept();
    });
  }

  // Out of file descriptors: asking again at once would spin.
  void accept_later() {
    pause.expires_after(kAcceptPause);
    pause.async_wait([this](error_code error) {
      if (!error) accept();
    });
  }
};

HttpServer::HttpServer(const std::string& address, std::uint16_t port, HttpLimits limits,
                       Handler handler)
    : impl_(std::make_unique<Impl>()) {
  impl_->shared.limits = limits;
  impl_->shared.handler = std::move(handler);
  const std::string place = address + ":" + std::to_string(port);
  error_code error;
  const auto ip = asio::ip::make_address(address, error);
  if (error) {
    throw Error(ErrorKind::invalid_input,
                place + " is no address to listen on; give an IP address such as 127.0.0.1");
  }
  const tcp::endpoint endpoint(ip, port);
  tcp::acceptor& acceptor = impl_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    throw Error(ErrorKind::unavailable, "can not listen on " + place + ": " + error.message() +
                                            "; choose another port, or stop who has it");
  }
  impl_->port = acceptor.local_endpoint().port();
}

HttpServer::~HttpServer() {
  stop();
}

std::uint16_t HttpServer::port() const {
  return impl_->port;
}

void HttpServer::start() {
  if (impl_->thread.joinable()) return;
  impl_->accept();
  impl_->thread = std::thread([this] { impl_->context.run(); });
}

void HttpServer::stop() {
  impl_->context.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
  error_code ignored;
  impl_->acceptor.close(ignored);
}

}  // namespace cartwright::hub
