#pragma once

// The inputs of a driver as C++ types. Each stands for one kind of cw_input and lives as long as
// the call.

#include <cartwright/abi/cartwright.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cartwright::driver {

using ByteView = std::span<const std::uint8_t>;

inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What waits on a stream, oldest byte first. What is taken is consumed when the call commits; the
// rest is shown again together with what follows.
class Bytes {
 public:
  Bytes(const cw_input& in, cw_outcome& outcome) : in_(&in), outcome_(&outcome) {}

  ByteView view() const {
    return {in_->pending + outcome_->consumed, in_->pending_size - outcome_->consumed};
  }
  std::size_t size() const { return view().size(); }
  bool empty() const { return size() == 0; }
  std::uint8_t operator[](std::size_t index) const { return view()[index]; }

  // Consumes `count` bytes (at most all).
  ByteView take(std::size_t count) {
    const ByteView all = view();
    const ByteView taken = all.first(count < all.size() ? count : all.size());
    outcome_->consumed += static_cast<std::uint32_t>(taken.size());
    return taken;
  }
  ByteView take_all() { return take(size()); }
  // Consumes up to and including `end`; gives what stood before it, or nothing where there is none.
  std::optional<std::string_view> until(std::uint8_t end) {
    const std::string_view all = text_of(view());
    const std::size_t at = all.find(static_cast<char>(end));
    if (at == std::string_view::npos) return std::nullopt;
    return text_of(take(at + 1)).substr(0, at);
  }
  // Consumes what stands before the first `start`, all where there is none; says how much that was.
  std::size_t skip_to(std::uint8_t start) {
    const std::size_t at = text_of(view()).find(static_cast<char>(start));
    return take(at == std::string_view::npos ? size() : at).size();
  }
  // Says that a call is of no use before `count` bytes are there.
  void need(std::size_t count) { outcome_->need = static_cast<std::uint32_t>(count); }

  std::uint32_t link() const { return in_->link; }
  std::uint32_t pipe() const { return in_->pipe; }
  // The buffer is full: what follows is lost unless something is taken now.
  bool full() const { return (in_->flags & CW_IN_FULL) != 0; }
  // How many bytes in front of these were lost, 0 for none.
  std::uint64_t lost() const {
    return in_->kind == CW_IN_DATA && (in_->flags & CW_IN_DISCONTINUITY) != 0 ? in_->count : 0;
  }

 private:
  const cw_input* in_;
  cw_outcome* outcome_;
};

// One report or datagram of a message link. The wrapper calls on(Message) for each in turn and
// consumes it.
struct Message {
  ByteView data;
  std::uint32_t link = 0;
  std::uint32_t pipe = 0;
  bool after_loss = false;
};

// What waits on a message link, oldest first. A driver that joins several reports into one thing
// takes them when it is whole; what is not taken is shown again together with what follows.
class Messages {
 public:
  Messages(const cw_input& in, cw_outcome& outcome) : in_(&in), outcome_(&outcome) {}

  std::size_t size() const { return in_->message_count - outcome_->consumed; }
  bool empty() const { return size() == 0; }
  ByteView operator[](std::size_t index) const {
    const cw_span span = in_->messages[outcome_->consumed + index];
    return {in_->pending + span.offset, span.length};
  }
  // Consumes the first `count` (at most all).
  void take(std::size_t count) {
    outcome_->consumed += static_cast<std::uint32_t>(count < size() ? count : size());
  }

  std::uint32_t link() const { return in_->link; }
  std::uint32_t pipe() const { return in_->pipe; }
  // How many in front of these were lost, 0 for none.
  std::uint64_t lost() const { return (in_->flags & CW_IN_DISCONTINUITY) != 0 ? in_->count : 0; }

 private:
  const cw_input* in_;
  cw_outcome* outcome_;
};

struct Start {
  ByteView kept;
  bool state_lost = false;

  // The value kept under `key`, nothing where there is none.
  std::optional<ByteView> value(std::uint32_t key) const;
};

struct LinkUp {
  std::uint32_t link = 0;
  ByteView descriptor;
  std::uint16_t vendor = 0;  // USB ids, 0 where not known: for a table of odd devices
  std::uint16_t product = 0;
};

struct LinkDown {
  std::uint32_t link = 0;
  std::int32_t reason = 0;  // CW_DOWN_*
};

struct Timer {
  std::uint64_t id = 0;
  std::uint32_t link = 0;
};

struct Cancel {
  std::uint64_t op = 0;
  bool timed_out = false;
};

struct IoDone {
  std::uint64_t token = 0;
  std::int32_t status = CW_OK;
  std::uint64_t written = 0;  // bytes that reached the wire
  bool replaced = false;
  ByteView data;
  std::uint32_t link = 0;
};

struct LineState {
  std::uint32_t link = 0;
  std::uint32_t lines = 0;  // CW_LINE_*
};

struct Blob {
  std::uint64_t token = 0;
  std::int32_t status = CW_OK;
  std::uint64_t offset = 0;
  ByteView data;
};

struct Stop {};

// Time as the host tells it.
struct Now {
  std::chrono::nanoseconds monotonic{0};
  std::optional<std::chrono::nanoseconds> utc;
  std::optional<std::chrono::seconds> utc_offset;
};

inline std::optional<ByteView> Start::value(std::uint32_t key) const {
  std::size_t at = 0;
  while (at + sizeof(cw_kept) <= kept.size()) {
    cw_kept entry;
    __builtin_memcpy(&entry, kept.data() + at, sizeof entry);
    at += sizeof entry;
    if (entry.size > kept.size() - at) break;
    if (entry.key == key) return kept.subspan(at, entry.size);
    at += (entry.size + std::size_t{7}) & ~std::size_t{7};
  }
  return std::nullopt;
}

}  // namespace cartwright::driver
