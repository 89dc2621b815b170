#pragma once

#include <cartwright/abi/driver.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.hpp"
#include "host/record.hpp"

namespace cartwright::host {

// One input with all that it points to, as one flat block aligned to 8: what crosses to an isolated
// plugin. Written and read by binaries of one build, so its layout is not part of the ABI.

// What a block is made of; views live as long as the write() call.
struct InputParts {
  std::uint32_t kind = 0;
  std::uint32_t link = 0;
  std::uint32_t pipe = 0;
  std::uint64_t token = 0;
  std::uint64_t count = 0;
  std::int32_t status = 0;
  std::uint32_t flags = 0;
  ByteView pending;
  std::span<const cw_span> messages;
  bool message_link = false;
  ByteView extra;
  ByteView command;  // a sound record or nothing
};

// Replaces the content of `block`; keeps its capacity.
void write_input(std::vector<std::uint64_t>& block, const cw_now& now, const InputParts& parts);

// An input whose pointers lead into the block.
struct InputView {
  cw_now now;
  cw_input input;
  // Most that outcome.consumed may say: bytes on a stream, messages on a message link.
  std::uint32_t shown = 0;
};

// Checks every size and span. Nothing where the block is malformed; it must be aligned to 8 and
// outlive the view.
std::optional<InputView> read_input(ByteView block);

}  // namespace cartwright::host
