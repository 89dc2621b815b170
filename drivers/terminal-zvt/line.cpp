#include "line.hpp"

namespace cartwright::zvt {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds gap_serial{200};  // T1, from one character of a block to the next
constexpr milliseconds gap_tcp{5000};

}  // namespace

void Line::configure(bool serial, milliseconds ack_time) {
  serial_ = serial;
  ack_time_ = ack_time;
}

void Line::reset(Fx& fx) {
  awaiting_ = repeated_ = has_last_ = in_garbage_ = false;
  settled_ = true;
  token_ = 0;
  sent_ = {};
  queue_.clear();
  fx.stop_timer(ack_timer);
  fx.stop_timer(gap_timer);
}

void Line::send(const Outgoing& packet, How how, Fx& fx) {
  if (!serial_ || !awaiting_) return put(packet, how, fx);
  if (!queue_.push_back({packet, how})) complain("the terminal acknowledges nothing", fx);
}

bool Line::order_waits() const {
  for (const Waiting& one : queue_) {
    if (one.how.order) return true;
  }
  return false;
}

void Line::put(const Outgoing& packet, How how, Fx& fx) {
  token_ = next_token_++;
  if (how.order) order_token_ = token_;
  const driver::WriteOptions options{
      .token = token_, .after_commit = how.after_commit, .sensitive = true};
  if (!serial_) return fx.write(packet.bytes(), options);
  sent_ = {packet, how};
  awaiting_ = true;
  repeated_ = false;
  tries_ = 1;
  // A new command: the terminal's next block is none that it has sent before.
  if (!packet.is_answer()) settled_ = true;
  const Block block = serial_block(packet);
  fx.write(block.view(), options);
}

void Line::again(Fx& fx) {
  ++tries_;
  repeated_ = true;
  token_ = next_token_++;
  const Block block = serial_block(sent_.packet);
  fx.write(block.view(), {.token = token_, .sensitive = true});
}

void Line::acknowledged(Fx& fx) {
  if (!awaiting_) return;
  awaiting_ = false;
  fx.stop_timer(ack_timer);
  if (sent_.packet.is_answer()) settled_ = true;
  sent_ = {};
  if (queue_.empty()) return;
  const Waiting next = queue_[0];
  queue_.erase_front(1);
  put(next.packet, next.how, fx);
}

bool Line::written(const driver::IoDone& io, Fx& fx) {
  if (serial_ && awaiting_ && io.token == token_) fx.timer(ack_timer, ack_time_);
  if (io.token == 0 || io.token != order_token_) return false;
  order_token_ = 0;
  return true;
}

std::optional<Outgoing> Line::no_ack(Fx& fx) {
  if (!awaiting_) return std::nullopt;
  if (tries_ < most_tries) {
    again(fx);
    return std::nullopt;
  }
  const Outgoing lost = sent_.packet;
  complain("the terminal acknowledges nothing", fx);
  queue_.clear();
  acknowledged(fx);
  return lost;
}

void Line::broke_off(Fx& fx) {
  Bytes in = fx.pending();
  if (in.take_all().empty()) return;
  in_garbage_ = false;
  complain("a packet broke off", fx);
  const std::uint8_t answer = nak;
  if (serial_) fx.write(ByteView(&answer, 1), {.sensitive = true});
}

std::optional<Packet> Line::next(Bytes& in, Scratch& scratch, Fx& fx) {
  while (!in.empty()) {
    const Frame frame =
        serial_ ? read_serial(in.view(), scratch) : read_tcp(in.view(), in_garbage_);
    if (frame.kind == FrameKind::incomplete) {
      fx.timer(gap_timer, serial_ ? gap_serial : gap_tcp);
      if (in.full()) broke_off(fx);
      return std::nullopt;
    }
    if (frame.kind == FrameKind::garbage) {
      const bool other_form = !serial_ && in.view()[0] == dle;
      in.take(frame.size);
      complain(other_form ? "no packet; if the terminal speaks serial ZVT, set transport to serial"
                          : "bytes that are no packet",
               fx);
      continue;
    }
    in_garbage_ = false;
    in.take(frame.size);
    if (frame.kind == FrameKind::acknowledge) {
      acknowledged(fx);
    } else if (frame.kind == FrameKind::refusal) {
      if (awaiting_ && tries_ < most_tries) again(fx);
    } else if (frame.kind == FrameKind::broken) {
      complain("a block with a wrong check value or form", fx);
      in_garbage_ = false;
      const std::uint8_t answer = nak;
      fx.write(ByteView(&answer, 1), {.sensitive = true});
    } else if (!serial_) {
      if (in.empty()) fx.stop_timer(gap_timer);
      return frame.packet;
    } else if (const auto packet = take_block(frame, fx)) {
      if (in.empty()) fx.stop_timer(gap_timer);
      return packet;
    }
  }
  fx.stop_timer(gap_timer);
  return std::nullopt;
}

// A sound block is acknowledged. One that comes again because our ACK was lost is told once: it is
// the same block, and the terminal has not had our answer yet.
std::optional<Packet> Line::take_block(const Frame& frame, Fx& fx) {
  const std::uint8_t answer = ack;
  fx.write(ByteView(&answer, 1), {.sensitive = true});
  const auto size = static_cast<std::uint32_t>(frame.size);
  if (has_last_ && !settled_ && frame.crc == last_crc_ && size == last_size_) return std::nullopt;
  // What comes next shows that ours came through, though its ACK was lost.
  const bool is_answer = !frame.malformed && (frame.packet.control & 0x8000) != 0;
  if (awaiting_ && sent_.packet.is_answer() != is_answer) acknowledged(fx);
  has_last_ = true;
  settled_ = false;
  last_crc_ = frame.crc;
  last_size_ = size;
  if (frame.malformed) {
    complain("a packet whose length is not what it says", fx);
    send(Outgoing(0x849A), {}, fx);  // "ZVT protocol error"
    return std::nullopt;
  }
  return frame.packet;
}

void Line::complain(std::string_view text, Fx& fx) {
  if (in_garbage_) return;
  in_garbage_ = true;
  fx.fault(text);
}

}  // namespace cartwright::zvt
