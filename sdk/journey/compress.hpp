#pragma once

#include <cstddef>
#include <optional>

#include "base/hex.hpp"

namespace cartwright::journey {

// One zstd frame (RFC 8878).
Bytes compress(ByteView bytes);

// The content of exactly one whole frame, or nothing: damaged, cut, followed by other bytes, or of
// more than `most` bytes. Never allocates much more than `most`, whatever the frame claims.
std::optional<Bytes> decompress(ByteView frame, std::size_t most);

}  // namespace cartwright::journey
