#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "url.hpp"

namespace cartwright::sink {

struct HttpReply {
  unsigned status = 0;
  std::string content_type;
  std::string retry_after;  // as the server wrote it
  std::string body;
};

// Why there is no reply.
enum class HttpFailure : std::uint8_t {
  away,       // refused, unreachable, reset or closed before the reply was whole
  timeout,    // the exchange did not end in its time
  cancelled,  // by cancel()
  not_http,   // what came is no HTTP reply
  too_large,  // the reply is larger than response_limit
};

using HttpResult = std::variant<HttpReply, HttpFailure>;

// One exchange with one server at a time, over a connection of its own. Beast stands behind it, in
// http_client.cpp alone.
class HttpClient {
 public:
  // Bytes of a reply's header and of its body that are taken at most.
  static constexpr std::size_t header_limit = 8192;
  static constexpr std::size_t response_limit = 8192;

  explicit HttpClient(HubUrl hub);
  ~HttpClient();

  // Each waits for the reply, at most `timeout` for all of it. `target` begins with "/" and is put
  // behind the hub's path.
  HttpResult post(const std::string& target, const std::string& content_type, std::string body,
                  std::chrono::milliseconds timeout);
  HttpResult get(const std::string& target, std::chrono::milliseconds timeout);

  // Closes the connection of the exchange that runs; it ends as cancelled. Nothing where none runs.
  // [any-thread]
  void cancel();

 private:
  class Exchange;
  struct Running;
  HubUrl hub_;
  std::unique_ptr<Running> running_;
};

}  // namespace cartwright::sink
