#include "wire.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

namespace cartwright::hardware {

WireEnds make_wire() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
    throw std::runtime_error("no socket pair is left");
  }
  ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  return {ends[0], ends[1]};
}

LineWire::LineWire(Loop& loop, int descriptor)
    : loop_(loop), socket_(loop.io(), boost::asio::local::stream_protocol(), descriptor) {
  read();
}

void LineWire::read() {
  socket_.async_read_some(boost::asio::buffer(piece_), [this](auto error, std::size_t count) {
    if (error) {
      closed_ = true;
      return;
    }
    all_.append(piece_, 0, count);
    read();
  });
}

void LineWire::write(const std::string& text) {
  boost::system::error_code gone;
  boost::asio::write(socket_, boost::asio::buffer(text), gone);
  if (gone) throw std::runtime_error("the machine reads no more: " + gone.message());
}

std::optional<std::string> LineWire::take_line() {
  const std::size_t end = all_.find('\n', taken_);
  if (end == std::string::npos) return std::nullopt;
  std::string line = all_.substr(taken_, end - taken_);
  taken_ = end + 1;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::string LineWire::line(const std::string& what) {
  std::optional<std::string> line;
  loop_.until(what, [&] { return (line = take_line()).has_value() || closed_; });
  if (!line) throw std::runtime_error("the machine has stopped before " + what);
  return *line;
}

}  // namespace cartwright::hardware
