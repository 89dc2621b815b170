#pragma once

#include <cartwright/driver/driver.hpp>

#include "framing.hpp"

namespace cartwright::zvt {

using driver::Bytes;
using driver::Fx;

// Packets over one line, serial or TCP: acknowledges, repeats, and gives each packet of the
// terminal once. On a serial line one block of the cart is on its way at a time, the others wait.
class Line {
 public:
  // Timers of the driver that are the line's.
  static constexpr std::uint64_t ack_timer = 1;
  static constexpr std::uint64_t gap_timer = 2;

  struct How {
    bool after_commit = false;
    bool order = false;  // its end is told by is_order()
  };
  using Scratch = std::array<std::uint8_t, longest_packet + 1>;

  void configure(bool serial, std::chrono::milliseconds ack_time);
  // The link came up or went: nothing is on its way.
  void reset(Fx& fx);

  void send(const Outgoing& packet, How how, Fx& fx);
  // Takes the next packet off `in`; it lives as long as `scratch` and the call. Nothing when no
  // more is whole.
  std::optional<Packet> next(Bytes& in, Scratch& scratch, Fx& fx);

  // A write ended. True where it was that of the last packet sent as an order.
  bool written(const driver::IoDone& io, Fx& fx);
  // The block was sent four times and not acknowledged. Returns it; the line goes on without.
  std::optional<Outgoing> no_ack(Fx& fx);
  // No more came of what had begun.
  void broke_off(Fx& fx);
  // The packet that waits for its ACK has been sent more than once.
  bool repeated() const { return repeated_; }
  bool awaits_ack() const { return awaiting_; }
  // The order has not been written yet: it waits for an earlier block's ACK.
  bool order_waits() const;

 private:
  static constexpr int most_tries = 4;  // once, and three times again

  struct Waiting {
    Outgoing packet;
    How how;
  };

  void put(const Outgoing& packet, How how, Fx& fx);
  void again(Fx& fx);
  void acknowledged(Fx& fx);
  std::optional<Packet> take_block(const Frame& frame, Fx& fx);
  void complain(std::string_view text, Fx& fx);

  bool serial_ = false;
  bool awaiting_ = false;  // serial: an ACK for sent_
  bool repeated_ = false;
  bool settled_ = true;  // the terminal has what it needs of us for its last block
  bool has_last_ = false;
  bool in_garbage_ = false;  // its fault is told
  std::uint16_t last_crc_ = 0;
  std::uint32_t last_size_ = 0;
  std::int32_t tries_ = 0;
  std::uint64_t next_token_ = 1;
  std::uint64_t token_ = 0;  // of the last write of sent_
  std::uint64_t order_token_ = 0;
  std::chrono::milliseconds ack_time_{2000};
  Waiting sent_;
  driver::FixedVector<Waiting, 4> queue_;
};

}  // namespace cartwright::zvt
