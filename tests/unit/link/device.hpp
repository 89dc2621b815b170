#pragma once

#include <unistd.h>

#include <string>
#include <string_view>

namespace cartwright::link::test {

// The device's side of a descriptor: what has come so far, and sending.
inline std::string take(int fd) {
  char buffer[65536];
  const ssize_t count = ::read(fd, buffer, sizeof buffer);
  return count > 0 ? std::string(buffer, static_cast<std::size_t>(count)) : std::string();
}
inline bool send(int fd, std::string_view text) {
  return ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace cartwright::link::test
