#pragma once

#include <cartwright/abi/driver.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/hex.hpp"
#include "host/effects.hpp"
#include "host/engine.hpp"

namespace cartwright::host::wire {

// What host and cartwright-plugin-host say to each other: one message a packet of a SEQPACKET
// socket, in the machine's byte order, both of one build. Each side checks what it receives; the
// host trusts nothing that a plugin's process sends.

enum class MessageKind : std::uint32_t {
  // host to plugin
  setup = 1,    // first; an init block, and the kept values of a plugin with own I/O
  call,         // a call of a pure driver
  command,      // own I/O: a command record
  cancel,       // own I/O: the number is the op
  destroy,      // own I/O: end
  blob_answer,  // own I/O: status and a piece
  // plugin to host
  ready,
  refused,  // text
  reply,    // to a call
  post,     // own I/O: one effect
  blob_ask  // own I/O
};

struct Head {
  std::uint32_t kind;
  std::uint32_t size;        // of the whole message
  std::uint64_t generation;  // of the plugin's process
  std::uint64_t number;      // of the call; own I/O: of the operation or request
};

struct Setup {
  std::uint32_t init_size;
  std::uint32_t kept_size;
};
struct Ready {
  std::uint32_t state_size;
  std::uint32_t state_version;
};
struct Call {
  std::uint32_t kind;        // CallKind
  std::uint32_t state_size;  // 0: the plugin has the state
  std::uint32_t input_size;
  std::uint32_t reserved;
};
struct Reply {
  std::int32_t status;
  std::uint32_t consumed;
  std::uint32_t need;
  std::uint32_t runs_size;
  std::uint32_t effects_size;
  std::uint32_t text_size;
};
struct BlobAsk {
  std::uint64_t blob;
  std::uint64_t offset;
  std::uint32_t size;
  std::uint32_t reserved;
};
struct BlobAnswer {
  std::int32_t status;
  std::uint32_t size;
};

constexpr std::size_t padded(std::size_t size) {
  return (size + 7) / 8 * 8;
}

// The largest message of either side: a full state, a full input or all effects, and their heads.
constexpr std::size_t message_limit = 320 * 1024;

// A message in parts, for one gathering write. Each part is padded to 8 on the wire.
class Outgoing {
 public:
  Outgoing(MessageKind kind, std::uint64_t generation, std::uint64_t number);
  template <typename T>
  Outgoing& body(const T& value) {
    static_assert(sizeof(T) % 8 == 0);
    return part({reinterpret_cast<const std::byte*>(&value), sizeof(T)});
  }
  // At most six parts, which must live until send() returns.
  Outgoing& part(ByteView bytes);
  // 0, or the errno of the write. Never raises SIGPIPE; `wait` blocks until there is room.
  int send(int socket, bool wait);

 private:
  Head head_;
  std::array<ByteView, 6> parts_{};
  std::size_t count_ = 0;
};

// A message that was received and whose head fits its size.
struct Incoming {
  MessageKind kind{};
  std::uint64_t generation = 0;
  std::uint64_t number = 0;
  ByteView body;
};

// Nothing where the packet is malformed. `packet` is aligned to 8.
std::optional<Incoming> read_message(ByteView packet);

// Takes a T, or padded bytes, off the front of `rest`. Nothing (false) where it is too short.
template <typename T>
const T* take(ByteView& rest) {
  if (rest.size() < sizeof(T)) return nullptr;
  const auto* value = reinterpret_cast<const T*>(rest.data());
  rest = rest.subspan(sizeof(T));
  return value;
}
bool take_bytes(ByteView& rest, std::size_t size, ByteView& bytes);

struct CallMessage {
  CallKind kind{};
  ByteView state;  // empty: unchanged
  ByteView input;
};
std::optional<CallMessage> read_call(ByteView body, std::uint32_t state_size);

// A reply whose every part was checked against what the instance is and was shown.
struct ReplyMessage {
  CallReply reply;
  ByteView runs;  // the parts of the state that changed
};
std::optional<ReplyMessage> read_reply(ByteView body, const InstanceShape& shape,
                                       std::size_t state_size, std::uint32_t shown);

// The parts of `now` that differ from `before`, as {u32 offset, u32 length, bytes, padding}. `runs`
// is reused from call to call.
void write_runs(ByteView before, ByteView now, std::vector<std::byte>& runs);
// False where a run lies outside of the state or the block is malformed; nothing is applied then.
bool apply_runs(ByteView runs, std::span<std::byte> state);

}  // namespace cartwright::host::wire
