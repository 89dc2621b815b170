#include "unit/plugins/tiny_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace cartwright::test {
namespace {

// The whole request: its header and as many bytes as Content-Length says.
std::string read_request(int connection) {
  std::string request;
  std::array<char, 4096> buffer{};
  std::size_t wanted = 0;
  while (wanted == 0 || request.size() < wanted) {
    const ssize_t got = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (got <= 0) break;
    request.append(buffer.data(), static_cast<std::size_t>(got));
    const std::size_t end = request.find("\r\n\r\n");
    if (wanted != 0 || end == std::string::npos) continue;
    const std::size_t length = request.find("Content-Length: ");
    wanted = end + 4 + (length < end ? std::stoul(request.substr(length + 16)) : 0);
  }
  return request;
}

}  // namespace

TinyServer::TinyServer(Handler handler) : handler_(std::move(handler)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 4) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no loopback port for the test's server");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

TinyServer::~TinyServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void TinyServer::serve() {
  while (true) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    serve_one(connection);
    ::close(connection);
  }
}

void TinyServer::serve_one(int connection) {
  const std::string request = read_request(connection);
  const Answer answer = handler_(request);
  if (!answer.bytes.empty()) {
    ::send(connection, answer.bytes.data(), answer.bytes.size(), MSG_NOSIGNAL);
  }
  {
    const std::lock_guard lock(mutex_);
    last_request_ = request;
    has_request_ = true;
    changed_.notify_all();
  }
  if (answer.reset) {
    const linger at_once{1, 0};
    ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  char rest = 0;
  while (answer.stays_open && ::recv(connection, &rest, 1, 0) > 0) {
  }
}

std::string TinyServer::wait_request() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return has_request_; });
  return last_request_;
}

std::string http_reply(const std::string& status, const std::string& content_type,
                       const std::string& body, const std::string& more_headers) {
  return "HTTP/1.1 " + status + "\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more_headers +
         "Connection: close\r\n\r\n" + body;
}

}  // namespace cartwright::test
