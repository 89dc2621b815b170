#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace cartwright::hub {

// A client's socket, without any library between the test and the bytes.
class Loopback {
 public:
  explicit Loopback(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      close(fd_);
      throw Error(ErrorKind::unavailable, "nobody listens on port " + std::to_string(port));
    }
  }
  ~Loopback() {
    if (fd_ >= 0) close(fd_);
  }
  Loopback(Loopback&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Loopback& operator=(Loopback&&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // the other side closed; what it answered is read next
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // Everything until the other side closes.
  std::string read_all() {
    std::string all;
    while (true) {
      const std::string piece = read_some();
      if (piece.empty()) return all;
      all += piece;
    }
  }
  std::string read_some() {
    std::string piece(4096, '\0');
    const ssize_t got = recv(fd_, piece.data(), piece.size(), 0);
    piece.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return piece;
  }

 private:
  int fd_;
};

struct Answer {
  int status = 0;  // 0: no whole answer
  std::string header;
  std::string body;
};

inline Answer parse_answer(const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (!bytes.starts_with("HTTP/1.1 ") || end == std::string::npos) return {};
  return {std::stoi(bytes.substr(9, 3)), bytes.substr(0, end), bytes.substr(end + 4)};
}

inline std::string post(std::string_view body, std::string_view type = "application/x-protobuf") {
  std::string request = "POST /v1/batches HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n";
  request += "Content-Type: " + std::string(type) + "\r\n";
  request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return request + std::string(body);
}

inline std::string get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";
}

inline Answer ask(std::uint16_t port, std::string_view request) {
  Loopback socket(port);
  socket.write(request);
  return parse_answer(socket.read_all());
}

}  // namespace cartwright::hub
