#include "simulators/protocols/zvt_link.hpp"

#include <algorithm>
#include <utility>

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

constexpr std::byte stx{0x02};
constexpr std::byte etx{0x03};
constexpr std::byte ack{0x06};
constexpr std::byte dle{0x10};
constexpr std::byte nak{0x15};

constexpr auto acknowledge_time = 1500ms;
constexpr int most_tries = 4;  // PA00P016: a block is repeated three times

// CRC-16 of PA00P016: polynomial X16+X12+X5+1, least significant bit first, start 0.
unsigned crc_of(const Bytes& body) {
  unsigned crc = 0;
  const auto add = [&](std::byte byte) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const bool odd = ((crc ^ (std::to_integer<unsigned>(byte) >> bit)) & 1) != 0;
      crc >>= 1;
      if (odd) crc ^= 0x8408;
    }
  };
  std::ranges::for_each(body, add);
  add(etx);
  return crc;
}

std::byte low(std::size_t number) {
  return static_cast<std::byte>(number & 0xFF);
}

Bytes apdu_of(const ZvtPacket& packet) {
  Bytes bytes{low(packet.control >> 8), low(packet.control)};
  const std::size_t size = packet.data.size();
  if (size < 255) {
    bytes.push_back(low(size));
  } else {
    bytes.insert(bytes.end(), {std::byte{0xFF}, low(size), low(size >> 8)});
  }
  bytes.insert(bytes.end(), packet.data.begin(), packet.data.end());
  return bytes;
}

// The packet at the front and its size; nothing while it is not whole.
std::optional<std::pair<ZvtPacket, std::size_t>> apdu_in(const Bytes& bytes) {
  if (bytes.size() < 3) return std::nullopt;
  const auto at = [&](std::size_t i) { return std::to_integer<std::size_t>(bytes[i]); };
  std::size_t header = 3;
  std::size_t size = at(2);
  if (size == 255) {
    if (bytes.size() < 5) return std::nullopt;
    header = 5;
    size = at(3) + 256 * at(4);
  }
  if (bytes.size() < header + size) return std::nullopt;
  ZvtPacket packet;
  packet.control = static_cast<unsigned>(at(0) * 256 + at(1));
  const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(header);
  packet.data.assign(from, from + static_cast<std::ptrdiff_t>(size));
  return std::pair{packet, header + size};
}

bool is_answer(const Bytes& apdu) {
  return (apdu.at(0) & std::byte{0x80}) != std::byte{0};
}

}  // namespace

void ZvtLink::receive(ByteView bytes, nanoseconds now) {
  // What broke off is forgotten: T1 from one character of a block to the next.
  if (now - heard_at_ > (serial_ ? 200ms : 5000ms)) in_.clear();
  heard_at_ = now;
  in_.insert(in_.end(), bytes.begin(), bytes.end());
  serial_ ? receive_serial(now) : receive_tcp();
}

std::optional<ZvtPacket> ZvtLink::take() {
  if (packets_.empty()) return std::nullopt;
  ZvtPacket packet = std::move(packets_.front());
  packets_.pop_front();
  return packet;
}

void ZvtLink::receive_tcp() {
  while (auto found = apdu_in(in_)) {
    packets_.push_back(std::move(found->first));
    in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(found->second));
  }
}

void ZvtLink::receive_serial(nanoseconds now) {
  std::size_t at = 0;
  while (at < in_.size()) {
    if (in_[at] == ack) acknowledged(now);
    if (in_[at] == nak && !blocks_.empty()) put(now);
    if (in_[at] != dle) {
      ++at;
      continue;
    }
    if (at + 1 == in_.size()) break;
    if (in_[at + 1] != stx) {
      ++at;
      continue;
    }
    Bytes body;
    std::size_t i = at + 2;
    bool ended = false;
    for (; i + 1 < in_.size() && !ended; ++i) {
      if (in_[i] != dle) {
        body.push_back(in_[i]);
        continue;
      }
      ++i;
      ended = in_[i] == etx;
      if (!ended) body.push_back(in_[i]);
    }
    if (!ended || i + 2 > in_.size()) break;
    const unsigned crc =
        std::to_integer<unsigned>(in_[i]) + 256 * std::to_integer<unsigned>(in_[i + 1]);
    at = i + 2;
    take_block(body, crc, now);
  }
  in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(at));
}

void ZvtLink::take_block(const Bytes& body, unsigned crc, nanoseconds now) {
  const auto found = apdu_in(body);
  if (crc_of(body) != crc || !found || found->second != body.size()) {
    out_.push_back(nak);
    return;
  }
  out_.push_back(ack);
  if (last_open_ && body == last_) return;  // it has not had our answer and says it again
  // An answer shows that what it answers has come, though its ACK was lost.
  if (is_answer(body) && !blocks_.empty() && !answers_) acknowledged(now);
  last_ = body;
  last_open_ = !is_answer(body);
  packets_.push_back(found->first);
}

void ZvtLink::send(const ZvtPacket& packet, nanoseconds now) {
  const Bytes apdu = apdu_of(packet);
  if (!serial_) {
    out_.insert(out_.end(), apdu.begin(), apdu.end());
    return;
  }
  Bytes block{dle, stx};
  for (const std::byte byte : apdu) {
    block.push_back(byte);
    if (byte == dle) block.push_back(byte);
  }
  const unsigned crc = crc_of(apdu);
  block.insert(block.end(), {dle, etx, low(crc), low(crc >> 8)});
  blocks_.push_back(std::move(block));
  if (blocks_.size() > 1) return;
  tries_ = 0;
  put(now);
}

void ZvtLink::put(nanoseconds now) {
  if (++tries_ > most_tries) return acknowledged(now);  // given up
  const Bytes& block = blocks_.front();
  answers_ = (block[2] & std::byte{0x80}) != std::byte{0};
  out_.insert(out_.end(), block.begin(), block.end());
  repeat_at_ = now + acknowledge_time;
}

void ZvtLink::acknowledged(nanoseconds now) {
  if (blocks_.empty()) return;
  if (answers_) last_open_ = false;
  blocks_.pop_front();
  repeat_at_.reset();
  tries_ = 0;
  if (!blocks_.empty()) put(now);
}

void ZvtLink::due(nanoseconds now) {
  if (repeat_at_ && *repeat_at_ <= now) {
    repeat_at_.reset();
    put(now);
  }
}

void ZvtLink::reset() {
  in_.clear();
  out_.clear();
  packets_.clear();
  blocks_.clear();
  last_.clear();
  last_open_ = answers_ = false;
  tries_ = 0;
  repeat_at_.reset();
}

}  // namespace cartwright::simulators
