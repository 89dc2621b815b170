#pragma once

#include <cartwright/abi/base.h>

#include <cstdint>
#include <span>
#include <vector>

#include "base/hex.hpp"
#include "link/link.hpp"

namespace cartwright::host {

// What has arrived on one pipe and is not consumed: bytes of a stream, or whole messages. Bounded
// by CW_PENDING_LIMIT. What no longer fits is dropped and counted, and so is all that follows until
// the driver has taken what was there before the gap: bytes from either side of a gap are never
// shown as neighbours. Counts are bytes on a stream, messages on a message link.
class Pending {
 public:
  explicit Pending(link::Shape shape) : shape_(shape) {}

  void append(ByteView bytes);
  // Takes the first `count` away; at most size().
  void consume(std::uint32_t count);
  // Drops the first `count` as if they had never come; the next DATA tells it.
  void set_aside(std::uint32_t count);

  link::Shape shape() const { return shape_; }
  std::uint32_t size() const {
    return static_cast<std::uint32_t>(is_stream() ? bytes_.size() : messages_.size());
  }
  // The bytes of the first `count`, and their borders on a message link.
  ByteView bytes(std::uint32_t count) const;
  std::span<const cw_span> messages(std::uint32_t count) const;

  // Nothing more fits.
  bool full() const;
  // The driver was told and took nothing: the next arrival replaces all that waits.
  void told_full() { told_full_ = true; }
  // How many were dropped right before the first one that waits.
  std::uint64_t gap() const { return gap_; }
  void told_gap(std::uint64_t count) { gap_ -= count; }
  // Dropped in all, since it was made.
  std::uint64_t dropped() const { return dropped_; }

 private:
  bool is_stream() const { return shape_ == link::Shape::stream; }
  void close_gap();

  link::Shape shape_;
  Bytes bytes_;
  std::vector<cw_span> messages_;
  std::uint64_t gap_ = 0;       // before the first byte
  std::uint64_t tail_gap_ = 0;  // behind the last byte
  std::uint64_t dropped_ = 0;
  bool told_full_ = false;
};

}  // namespace cartwright::host
