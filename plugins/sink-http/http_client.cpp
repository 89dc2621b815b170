#include "http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <mutex>

namespace cartwright::sink {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Request = http::request<http::string_body>;
using boost::system::error_code;

// One connection and the reply it brings. Its handlers run only inside run(); what is left of them
// when it returns is dropped with the io_context, which waits for a name's resolution to end.
class HttpClient::Exchange {
 public:
  HttpResult run(const HubUrl& hub, Request request, std::chrono::milliseconds timeout) {
    const auto until = std::chrono::steady_clock::now() + timeout;
    request_ = std::move(request);
    parser_.header_limit(header_limit);
    parser_.body_limit(response_limit);
    resolver_.async_resolve(
        hub.host, std::to_string(hub.port),
        [this](error_code error, const auto& endpoints) { connect(error, endpoints); });
    while (!ended_ && io_.run_one_until(until) > 0) {
    }
    return ended_ ? std::move(result_) : HttpFailure::timeout;
  }

  // [any-thread]
  void cancel() {
    asio::post(io_, [this] { end(HttpFailure::cancelled); });
  }

 private:
  void connect(error_code error, const asio::ip::tcp::resolver::results_type& endpoints) {
    if (failed(error)) return;
    asio::async_connect(socket_, endpoints,
                        [this](error_code failure, const auto&) { write(failure); });
  }

  void write(error_code error) {
    if (failed(error)) return;
    http::async_write(socket_, request_, [this](error_code, std::size_t) { read(); });
  }

  // A server that refuses a large body may answer and close before it has read it all: its answer
  // is read even where the write failed.
  void read() {
    if (ended_) return;
    http::async_read(socket_, buffer_, parser_,
                     [this](error_code error, std::size_t) { finish(error); });
  }

  void finish(error_code error) {
    if (error == http::error::body_limit || error == http::error::header_limit ||
        error == http::error::buffer_overflow) {
      return end(HttpFailure::too_large);
    }
    const bool cut_off =
        error == http::error::partial_message || error == http::error::end_of_stream;
    if (error && !cut_off &&
        error.category() == make_error_code(http::error::bad_version).category()) {
      return end(HttpFailure::not_http);
    }
    if (failed(error)) return;
    auto& message = parser_.get();
    end(HttpReply{message.result_int(), std::string(message[http::field::content_type]),
                  std::string(message[http::field::retry_after]), std::move(message.body())});
  }

  bool failed(error_code error) {
    if (error) end(HttpFailure::away);
    return ended_;
  }
  void end(HttpResult result) {
    if (ended_) return;
    result_ = std::move(result);
    ended_ = true;
  }

  asio::io_context io_{1};
  asio::ip::tcp::resolver resolver_{io_};
  asio::ip::tcp::socket socket_{io_};
  Request request_;
  beast::flat_buffer buffer_{header_limit + response_limit};
  http::response_parser<http::string_body> parser_;
  HttpResult result_ = HttpFailure::away;
  bool ended_ = false;
};

// The exchange that runs, for cancel().
struct HttpClient::Running {
  std::mutex mutex;
  std::shared_ptr<Exchange> exchange;

  HttpResult run(const HubUrl& hub, Request request, std::chrono::milliseconds timeout) {
    auto mine = std::make_shared<Exchange>();
    set(mine);
    HttpResult result = mine->run(hub, std::move(request), timeout);
    set(nullptr);
    return result;
  }
  void set(std::shared_ptr<Exchange> next) {
    const std::lock_guard lock(mutex);
    exchange = std::move(next);
  }
};

namespace {

Request request_for(const HubUrl& hub, http::verb verb, const std::string& target) {
  Request request(verb, hub.path + target, 11);
  request.set(http::field::host, hub.authority);
  request.set(http::field::user_agent, "cartwright");
  request.set(http::field::accept, "application/x-protobuf");
  request.keep_alive(false);
  return request;
}

}  // namespace

HttpClient::HttpClient(HubUrl hub) : hub_(std::move(hub)), running_(std::make_unique<Running>()) {}
HttpClient::~HttpClient() = default;

HttpResult HttpClient::post(const std::string& target, const std::string& content_type,
                            std::string body, std::chrono::milliseconds timeout) {
  Request request = request_for(hub_, http::verb::post, target);
  request.set(http::field::content_type, content_type);
  request.body() = std::move(body);
  request.prepare_payload();
  return running_->run(hub_, std::move(request), timeout);
}

HttpResult HttpClient::get(const std::string& target, std::chrono::milliseconds timeout) {
  return running_->run(hub_, request_for(hub_, http::verb::get, target), timeout);
}

void HttpClient::cancel() {
  const std::lock_guard lock(running_->mutex);
  if (running_->exchange) running_->exchange->cancel();
}

}  // namespace cartwright::sink
