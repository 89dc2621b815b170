#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>

#include "base/hex.hpp"

namespace cartwright {

// Ed25519 (RFC 8032) and SHA-256 (FIPS 180-4), by libsodium. All functions may be called from any
// thread.

using Digest = std::array<std::byte, 32>;
using PublicKey = std::array<std::byte, 32>;
using Signature = std::array<std::byte, 64>;

Digest sha256(ByteView bytes);

// `count` bytes from the system's random source.
Bytes random_bytes(std::size_t count);

// A random identifier of 128 bits as 32 hex digits.
std::string random_id();

// A signing key. The secret is wiped when the object goes.
class SigningKey {
 public:
  static SigningKey generate();
  // Reads the key file, or makes a key and writes it (mode 0600, durable) where there is none.
  static SigningKey load_or_create(const std::filesystem::path& file);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  Signature sign(ByteView message) const;
  PublicKey public_key() const;

 private:
  SigningKey() = default;
  std::array<std::byte, 64> secret_{};
};

bool verify(const PublicKey& key, ByteView message, const Signature& signature);

}  // namespace cartwright
