#include "journey/envelope.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "journey/compress.hpp"

namespace cartwright::journey {
namespace {

template <typename Array>
std::optional<Array> array_of(const std::string& bytes) {
  Array array;
  if (bytes.size() != array.size()) return std::nullopt;
  std::memcpy(array.data(), bytes.data(), array.size());
  return array;
}

// Unknown fields and other spellings of the same fields would let one batch have several ids.
bool is_canonical(const v1::SignedBatch& envelope, ByteView bytes) {
  return envelope.GetReflection()->GetUnknownFields(envelope).empty() &&
         envelope.SerializeAsString() == as_text(bytes);
}

}  // namespace

KeyId key_id(const PublicKey& key) {
  const Digest digest = sha256(key);
  KeyId id;
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

Bytes seal(const v1::Batch& batch, const SigningKey& key) {
  const std::string content = batch.SerializeAsString();
  if (content.size() > kMostBatchBytes) {
    throw Error(ErrorKind::internal, "a batch of " + std::to_string(content.size()) +
                                         " bytes is larger than a hub takes; cut smaller ones");
  }
  const Bytes payload = compress(as_bytes(content));
  const Signature signature = key.sign(payload);
  const KeyId id = key_id(key.public_key());
  v1::SignedBatch envelope;
  envelope.set_payload(payload.data(), payload.size());
  envelope.set_signature(signature.data(), signature.size());
  envelope.set_key_id(id.data(), id.size());
  return to_bytes(envelope.SerializeAsString());
}

std::variant<OpenedBatch, EnvelopeFault> open(ByteView bytes, const KeyRing& keys) {
  if (bytes.size() > kMostEnvelopeBytes) return EnvelopeFault::too_large;
  v1::SignedBatch envelope;
  if (!envelope.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      !is_canonical(envelope, bytes)) {
    return EnvelopeFault::malformed;
  }
  const auto id = array_of<KeyId>(envelope.key_id());
  const auto signature = array_of<Signature>(envelope.signature());
  if (!id || !signature) return EnvelopeFault::malformed;

  const std::optional<PublicKey> key = keys(*id);
  if (!key) return EnvelopeFault::unknown_key;
  const ByteView payload = as_bytes(envelope.payload());
  if (!verify(*key, payload, *signature)) return EnvelopeFault::bad_signature;

  const std::optional<Bytes> content = decompress(payload, kMostBatchBytes);
  OpenedBatch opened;
  opened.key = *id;
  if (!content ||
      !opened.batch.ParseFromArray(content->data(), static_cast<int>(content->size()))) {
    return EnvelopeFault::malformed;
  }
  return opened;
}

}  // namespace cartwright::journey
