#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cartwright::hub {

struct HttpRequest {
  std::string method;
  std::string target;
  std::string content_type;
  std::string body;
};

struct HttpResponse {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::optional<unsigned> retry_after_s;
};

struct HttpLimits {
  std::size_t most_header_bytes = 8U << 10;
  std::size_t most_body_bytes = 1U << 20;
  std::size_t most_connections = 128;      // beyond: 503; beyond twice that: closed
  std::chrono::milliseconds idle{30'000};  // from the connection, or the last answer, to the header
  std::chrono::milliseconds body{30'000};  // for a whole body
  std::chrono::milliseconds write{30'000};
};

// A small HTTP/1.1 server: one thread, bounded in everything that a client decides. The handler is
// called on that thread, one request at a time; what it throws becomes 503 (Error unavailable) or
// 500 without the text.
class HttpServer {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&)>;

  // Binds and listens; port 0 takes a free one. Error unavailable where the address is taken.
  HttpServer(const std::string& address, std::uint16_t port, HttpLimits limits, Handler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;
  // Begins to answer.
  void start();
  // Ends the thread after the request at hand and closes every connection. May be called twice.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cartwright::hub
