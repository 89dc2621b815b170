#include "base/crypto.hpp"

#include <sodium.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/file.hpp"

namespace cartwright {
namespace {

void ready() {
  if (sodium_init() < 0) throw Error(ErrorKind::internal, "libsodium can not start");
}

unsigned char* raw(std::byte* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

}  // namespace

Digest sha256(ByteView bytes) {
  Digest digest;
  crypto_hash_sha256(raw(digest.data()), raw(bytes.data()), bytes.size());
  return digest;
}

Bytes random_bytes(std::size_t count) {
  ready();
  Bytes bytes(count);
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_id() {
  return to_hex(random_bytes(16));
}

SigningKey SigningKey::generate() {
  ready();
  SigningKey key;
  PublicKey unused;
  crypto_sign_keypair(raw(unused.data()), raw(key.secret_.data()));
  return key;
}

SigningKey SigningKey::load_or_create(const std::filesystem::path& file) {
  ready();
  if (!std::filesystem::exists(file)) {
    const SigningKey key = generate();
    write_file_durably(file, as_bytes(to_hex(key.secret_) + "\n"), 0600);
    return key;
  }
  const std::optional<Bytes> secret = from_hex(read_file(file));
  if (!secret || secret->size() != crypto_sign_SECRETKEYBYTES) {
    throw Error(ErrorKind::corrupt, "key file " + file.string() +
                                        " holds no Ed25519 key (128 hex digits); restore it, or "
                                        "delete it and enrol again");
  }
  SigningKey key;
  std::copy(secret->begin(), secret->end(), key.secret_.begin());
  return key;
}

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

Signature SigningKey::sign(ByteView message) const {
  Signature signature;
  crypto_sign_detached(raw(signature.data()), nullptr, raw(message.data()), message.size(),
                       raw(secret_.data()));
  return signature;
}

PublicKey SigningKey::public_key() const {
  PublicKey key;
  crypto_sign_ed25519_sk_to_pk(raw(key.data()), raw(secret_.data()));
  return key;
}

bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(raw(signature.data()), raw(message.data()), message.size(),
                                     raw(key.data())) == 0;
}

}  // namespace cartwright
