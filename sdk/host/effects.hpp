#pragma once

#include <cartwright/abi/effects.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/hex.hpp"

namespace cartwright::host {

// The effects of one call as one flat block: entries of {u32 size, u32 kind, body}, each aligned to
// 8, at most CW_EFFECTS_LIMIT bytes together. The same block is collected in process and comes from
// an isolated plugin, which is not trusted: a reader takes a block only as a whole and only after
// each of its bytes was checked.

// Units and links that an instance has; an effect for another one is refused.
struct InstanceShape {
  std::uint32_t units = 1;
  std::uint32_t links = 1;
};

// Views into the block, which must outlive them.
struct EmitEffect {
  const cw_record* event;
};
struct IoEffect {
  const cw_io* io;
  ByteView data;
};
struct TimerEffect {
  std::uint32_t link;
  std::uint64_t id;
  std::uint64_t deadline_ns;  // 0 stops it
};
struct DoneEffect {
  std::uint64_t op;
  std::int32_t status;
  const cw_record* result;  // may be null
};
struct KeepEffect {
  std::uint32_t key;
  std::uint32_t flags;
  ByteView value;  // empty forgets it
};
struct BlobReadEffect {
  std::uint64_t blob;
  std::uint64_t offset;
  std::uint32_t size;
  std::uint64_t token;
};
struct LogEffect {
  std::uint32_t level;
  std::string_view text;
};
struct FaultEffect {
  std::uint32_t unit;
  std::string_view text;
};
struct ReplugEffect {
  std::uint32_t link;
  std::uint64_t within_ns;
};
// Effects of plugins with own I/O alone.
struct LinkStateEffect {
  bool up;
};
struct ProgressEffect {
  std::uint64_t op;
};

using Effect =
    std::variant<EmitEffect, IoEffect, TimerEffect, DoneEffect, KeepEffect, BlobReadEffect,
                 LogEffect, FaultEffect, ReplugEffect, LinkStateEffect, ProgressEffect>;

// Reads a block that check_effects found sound, effect by effect.
class EffectReader {
 public:
  explicit EffectReader(ByteView block) : rest_(block) {}
  std::optional<Effect> next();

 private:
  ByteView rest_;
};

// What is wrong with the block, for people; nothing where it is sound. `block` must be aligned
// to 8.
std::optional<std::string> check_effects(ByteView block, const InstanceShape& shape);

// Appends effects to a block of fixed size; never allocates after its making.
class EffectWriter {
 public:
  EffectWriter(std::byte* into, std::size_t capacity) : into_(into), capacity_(capacity) {}

  // Each returns CW_OK, CW_INVALID or CW_NO_SPACE and appends nothing but on CW_OK. An event whose
  // time is 0 gets `now_ns`.
  std::int32_t emit(const InstanceShape& shape, const cw_record* event, std::uint64_t now_ns);
  std::int32_t io(const InstanceShape& shape, const cw_io* io, const std::uint8_t* data);
  std::int32_t timer(const InstanceShape& shape, std::uint32_t link, std::uint64_t id,
                     std::uint64_t deadline_ns);
  std::int32_t done(std::uint64_t op, std::int32_t status, const cw_record* result);
  std::int32_t keep(std::uint32_t key, std::uint32_t flags, const std::uint8_t* value,
                    std::uint32_t size);
  std::int32_t blob_read(std::uint64_t blob, std::uint64_t offset, std::uint32_t size,
                         std::uint64_t token);
  std::int32_t log(std::uint32_t level, const char* text, std::uint32_t size);
  std::int32_t fault(const InstanceShape& shape, std::uint32_t unit, const char* text,
                     std::uint32_t size);
  std::int32_t expect_replug(const InstanceShape& shape, std::uint32_t link,
                             std::uint64_t within_ns);
  std::int32_t link_state(bool up);
  std::int32_t progress(std::uint64_t op);

  ByteView block() const { return {into_, size_}; }
  void clear() { size_ = 0; }

 private:
  std::byte* append(std::uint32_t kind, std::size_t fixed, std::size_t variable);

  std::byte* into_;
  std::size_t capacity_;
  std::size_t size_ = 0;
};

// The host's side of one call of a pure driver. Reused from call to call.
class EffectCollector {
 public:
  explicit EffectCollector(const InstanceShape& shape);
  EffectCollector(const EffectCollector&) = delete;
  EffectCollector& operator=(const EffectCollector&) = delete;

  // Empties it and returns the table for a call at `now_ns`, valid until the next begin().
  const cw_fx* begin(std::uint64_t now_ns);
  ByteView block() const { return writer_.block(); }
  // More effects were asked for than fit: the call must be rolled back.
  bool overflowed() const { return overflowed_; }

 private:
  friend struct CollectorCalls;

  alignas(8) std::array<std::byte, CW_EFFECTS_LIMIT> bytes_;
  EffectWriter writer_;
  InstanceShape shape_;
  std::uint64_t now_ns_ = 0;
  bool overflowed_ = false;
  cw_fx table_{};
};

}  // namespace cartwright::host
