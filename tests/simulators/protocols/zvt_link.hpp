#pragma once

#include <deque>
#include <optional>
#include <utility>

#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A packet of ZVT: class and instruction, and its data.
struct ZvtPacket {
  unsigned control = 0;
  Bytes data = {};
};

// The terminal's end of a line that speaks ZVT: packets out of bytes and the other way, with the
// acknowledges and repetitions of PA00P016 where the line is serial.
class ZvtLink {
 public:
  explicit ZvtLink(bool serial) : serial_(serial) {}

  // Bytes of the cart; what they hold is fetched with take().
  void receive(ByteView bytes, nanoseconds now);
  std::optional<ZvtPacket> take();
  void send(const ZvtPacket& packet, nanoseconds now);
  // What leaves now.
  Bytes flush() { return std::exchange(out_, {}); }

  std::optional<nanoseconds> next_due() const { return repeat_at_; }
  void due(nanoseconds now);
  void reset();

 private:
  void receive_serial(nanoseconds now);
  void receive_tcp();
  void take_block(const Bytes& body, unsigned crc, nanoseconds now);
  void put(nanoseconds now);
  void acknowledged(nanoseconds now);

  bool serial_;
  nanoseconds heard_at_{0};
  Bytes in_;
  Bytes out_;
  std::deque<ZvtPacket> packets_;
  std::deque<Bytes> blocks_;  // to be sent; the first is on its way
  bool answers_ = false;      // the block on its way answers the last one received
  int tries_ = 0;
  std::optional<nanoseconds> repeat_at_;
  Bytes last_;              // the last block received
  bool last_open_ = false;  // the answer to it has not been acknowledged
};

}  // namespace cartwright::simulators
