#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace cartwright::test {

// A server on a loopback port for one connection after the other. It reads one HTTP request and
// answers with the bytes that the test names, right or wrong.
class TinyServer {
 public:
  struct Answer {
    std::string bytes;        // sent as they stand
    bool reset = false;       // then the connection is reset instead of closed
    bool stays_open = false;  // then nothing more, until the client closes
  };
  using Handler = std::function<Answer(const std::string& request)>;

  explicit TinyServer(Handler handler);
  ~TinyServer();
  TinyServer(const TinyServer&) = delete;
  TinyServer& operator=(const TinyServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  // Waits until a request has been read and answered; gives the last one.
  std::string wait_request();

 private:
  void serve();
  void serve_one(int connection);

  Handler handler_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string last_request_;
  bool has_request_ = false;
  std::thread thread_;
};

// An HTTP reply with its length.
std::string http_reply(const std::string& status, const std::string& content_type,
                       const std::string& body, const std::string& more_headers = "");

}  // namespace cartwright::test
