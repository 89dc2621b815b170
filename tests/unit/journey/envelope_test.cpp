#include "journey/envelope.hpp"

#include <gtest/gtest.h>

#include "journey/compress.hpp"

namespace cartwright::journey {
namespace {

const SigningKey kKey = SigningKey::generate();

std::optional<PublicKey> ring(const KeyId& id) {
  return id == key_id(kKey.public_key()) ? std::optional(kKey.public_key()) : std::nullopt;
}

v1::Batch small_batch() {
  v1::Batch batch;
  batch.set_kind(v1::BATCH_KIND_JOURNEY);
  batch.set_schema_version(kSchemaVersion);
  batch.set_cart_id("cart-7");
  return batch;
}

EnvelopeFault fault_of(ByteView bytes) {
  return std::get<EnvelopeFault>(open(bytes, ring));
}

v1::SignedBatch parsed(const Bytes& bytes) {
  v1::SignedBatch envelope;
  envelope.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return envelope;
}

}  // namespace

TEST(Envelope, opens_what_was_sealed) {
  const auto opened = open(seal(small_batch(), kKey), ring);
  ASSERT_TRUE(std::holds_alternative<OpenedBatch>(opened));
  EXPECT_EQ(std::get<OpenedBatch>(opened).batch.cart_id(), "cart-7");
}

TEST(Envelope, opens_with_no_bit_changed_anywhere) {
  const Bytes envelope = seal(small_batch(), kKey);
  for (std::size_t bit = 0; bit < envelope.size() * 8; ++bit) {
    Bytes bad = envelope;
    bad[bit / 8] ^= std::byte{1} << static_cast<int>(bit % 8);
    EXPECT_TRUE(std::holds_alternative<EnvelopeFault>(open(bad, ring))) << "bit " << bit;
  }
}

TEST(Envelope, opens_at_no_other_length) {
  const Bytes envelope = seal(small_batch(), kKey);
  for (std::size_t size = 0; size < envelope.size(); ++size) {
    EXPECT_TRUE(std::holds_alternative<EnvelopeFault>(open(ByteView(envelope).first(size), ring)));
  }
  Bytes longer = envelope;
  longer.push_back(std::byte{0});
  EXPECT_EQ(fault_of(longer), EnvelopeFault::malformed);
}

TEST(Envelope, has_one_spelling_only) {
  v1::SignedBatch envelope = parsed(seal(small_batch(), kKey));
  envelope.GetReflection()->MutableUnknownFields(&envelope)->AddVarint(9, 1);
  EXPECT_EQ(fault_of(as_bytes(envelope.SerializeAsString())), EnvelopeFault::malformed);

  // The same field twice: Protobuf takes the last, the digest would be another.
  const Bytes twice = to_bytes(envelope.SerializeAsString() + envelope.SerializeAsString());
  EXPECT_EQ(fault_of(twice), EnvelopeFault::malformed);
}

TEST(Envelope, tells_an_unknown_key_from_a_wrong_signature) {
  const SigningKey stranger = SigningKey::generate();
  EXPECT_EQ(fault_of(seal(small_batch(), stranger)), EnvelopeFault::unknown_key);

  v1::SignedBatch forged = parsed(seal(small_batch(), stranger));
  const KeyId id = key_id(kKey.public_key());
  forged.set_key_id(id.data(), id.size());
  EXPECT_EQ(fault_of(as_bytes(forged.SerializeAsString())), EnvelopeFault::bad_signature);
}

TEST(Envelope, refuses_a_signed_bomb_and_an_oversize_body) {
  const Bytes payload = compress(Bytes(kMostBatchBytes + 1));
  const Signature signature = kKey.sign(payload);
  const KeyId id = key_id(kKey.public_key());
  v1::SignedBatch bomb;
  bomb.set_payload(payload.data(), payload.size());
  bomb.set_signature(signature.data(), signature.size());
  bomb.set_key_id(id.data(), id.size());
  EXPECT_EQ(fault_of(as_bytes(bomb.SerializeAsString())), EnvelopeFault::malformed);
  EXPECT_EQ(fault_of(Bytes(kMostEnvelopeBytes + 1)), EnvelopeFault::too_large);
}

}  // namespace cartwright::journey
