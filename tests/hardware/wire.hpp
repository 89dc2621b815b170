#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <optional>
#include <string>

#include "loop.hpp"

namespace cartwright::hardware {

// A socket pair: one end is here, the other for QEMU to inherit under its number.
struct WireEnds {
  int here = -1;
  int there = -1;
};
// Throws std::runtime_error where the system has none left.
WireEnds make_wire();

// Text over a wire, cut into lines. What comes is kept, for a person to read when a test fails.
class LineWire {
 public:
  LineWire(Loop& loop, int descriptor);

  void write(const std::string& text);
  // The next line without its end, once: at once where it has come, nothing where it has not.
  std::optional<std::string> take_line();
  // Waits for it. Throws where it never comes.
  std::string line(const std::string& what);
  // The other side has gone.
  bool closed() const { return closed_; }
  const std::string& all() const { return all_; }

 private:
  void read();

  Loop& loop_;
  boost::asio::local::stream_protocol::socket socket_;
  std::string piece_ = std::string(4096, '\0');
  std::string all_;
  std::size_t taken_ = 0;
  bool closed_ = false;
};

}  // namespace cartwright::hardware
