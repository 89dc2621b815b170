// Whatever a cart or a stranger sends: the hub neither falls over nor signs for what it did not
// store.

#include <google/protobuf/stubs/logging.h>

#include <cstdlib>
#include <memory>

#include "hub/ingest.hpp"
#include "journey/compress.hpp"
#include "journey/envelope.hpp"
#include "journey/receipt.hpp"

namespace {

using namespace cartwright;

struct Desk {
  hub::Store store{":memory:"};
  SigningKey hub_key = SigningKey::generate();
  SigningKey cart_key = SigningKey::generate();
  Desk() { store.enrol("cart", cart_key.public_key()); }
};

// The input as the compressed payload of an envelope that an enrolled cart signed.
Bytes signed_payload(const Desk& desk, ByteView payload) {
  const Signature signature = desk.cart_key.sign(payload);
  const journey::KeyId id = journey::key_id(desk.cart_key.public_key());
  v1::SignedBatch envelope;
  envelope.set_payload(payload.data(), payload.size());
  envelope.set_signature(signature.data(), signature.size());
  envelope.set_key_id(id.data(), id.size());
  return to_bytes(envelope.SerializeAsString());
}

// The first byte says how deep the rest goes: envelope, payload, batch, or a batch in this cart's
// name.
Bytes envelope_of(const Desk& desk, std::byte depth, ByteView rest) {
  switch (std::to_integer<unsigned>(depth) % 4) {
    case 0:
      return {rest.begin(), rest.end()};
    case 1:
      return signed_payload(desk, rest);
    case 2:
      return signed_payload(desk, journey::compress(rest));
    default:
      v1::Batch batch;
      batch.ParsePartialFromArray(rest.data(), static_cast<int>(rest.size()));
      batch.set_cart_id("cart");
      return signed_payload(desk, journey::compress(as_bytes(batch.SerializeAsString())));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::unique_ptr<Desk> desk;
  static unsigned runs = 0;
  static const auto silent = google::protobuf::SetLogHandler(nullptr);
  static_cast<void>(silent);
  if (size == 0) return 0;
  if (!desk || ++runs % 4096 == 0) desk = std::make_unique<Desk>();

  const ByteView input = std::as_bytes(std::span(data, size));
  const Bytes envelope = envelope_of(*desk, input.front(), input.subspan(1));
  const hub::IngestResult result = hub::ingest(desk->store, desk->hub_key, envelope, 1);
  const bool taken =
      result.outcome == hub::Ingested::stored || result.outcome == hub::Ingested::duplicate;
  const bool is_here = desk->store.stored_ms(sha256(envelope)).has_value();
  if (taken != is_here || taken == result.receipt.empty()) std::abort();
  if (taken && journey::check_receipt(result.receipt, desk->hub_key.public_key()).batch !=
                   sha256(envelope)) {
    std::abort();
  }
  return 0;
}
