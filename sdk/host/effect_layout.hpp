#pragma once

#include <cartwright/abi/effects.h>

#include <cstddef>
#include <cstdint>

namespace cartwright::host::layout {

// The bodies of effects as they lie in a block; variable parts follow them, padded to 8.

enum class EffectKind : std::uint32_t {
  emit = 1,
  io,
  timer,
  done,
  keep,
  blob_read,
  log,
  fault,
  expect_replug,
  link_state,
  progress
};

struct Entry {
  std::uint32_t size;  // of the entry with this head, a multiple of 8
  std::uint32_t kind;
};
struct Timer {
  std::uint64_t id;
  std::uint64_t deadline_ns;
  std::uint32_t link;
  std::uint32_t reserved;
};
struct Done {
  std::uint64_t op;
  std::int32_t status;
  std::uint32_t has_result;  // a record follows
};
struct Keep {
  std::uint32_t key;
  std::uint32_t flags;
  std::uint32_t size;
  std::uint32_t reserved;
};
struct BlobRead {
  std::uint64_t blob;
  std::uint64_t offset;
  std::uint64_t token;
  std::uint32_t size;
  std::uint32_t reserved;
};
struct Text {
  std::uint32_t number;  // level or unit
  std::uint32_t size;
};
struct Replug {
  std::uint64_t within_ns;
  std::uint32_t link;
  std::uint32_t reserved;
};
struct Number {
  std::uint64_t value;
};

constexpr std::size_t padded(std::size_t size) {
  return (size + 7) / 8 * 8;
}

}  // namespace cartwright::host::layout
