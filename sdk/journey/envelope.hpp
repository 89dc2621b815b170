#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "base/crypto.hpp"
#include "cartwright/v1/batch.pb.h"

namespace cartwright::journey {

// The schema that this build writes and understands. Grows by one with every change of
// journey.proto or batch.proto that an older reader would misread or lose.
inline constexpr std::uint32_t kSchemaVersion = 1;

// What a hub takes at most; a cart cuts far below it.
inline constexpr std::size_t kMostEnvelopeBytes = 1U << 20;
inline constexpr std::size_t kMostBatchBytes = 8U << 20;
// More than a cart counts in an hour; keeps sums far from overflow.
inline constexpr std::uint64_t kMostCounted = 1'000'000'000;

// A key's short name: the first 16 bytes of its SHA-256.
using KeyId = std::array<std::byte, 16>;
KeyId key_id(const PublicKey& key);

// Compresses, signs and packs. The result is the batch for ever: its id is sha256() of these bytes.
Bytes seal(const v1::Batch& batch, const SigningKey& key);

enum class EnvelopeFault : std::uint8_t { malformed, too_large, unknown_key, bad_signature };

struct OpenedBatch {
  v1::Batch batch;
  KeyId key;
};

// Who signs as this key; nothing where it is not enrolled.
using KeyRing = std::function<std::optional<PublicKey>(const KeyId&)>;

// Reads an envelope. Nothing is decompressed or parsed before the signature has been verified, and
// only the canonical encoding of an envelope is read, so that one batch has one id.
std::variant<OpenedBatch, EnvelopeFault> open(ByteView envelope, const KeyRing& keys);

}  // namespace cartwright::journey
