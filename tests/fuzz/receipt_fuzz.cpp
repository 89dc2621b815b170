// Whatever answers a cart: only what the pinned hub signed is a receipt, and it names one batch.

#include <cstdlib>

#include "base/error.hpp"
#include "journey/receipt.hpp"

namespace {

using namespace cartwright;

bool is_receipt(ByteView bytes, const PublicKey& hub) {
  try {
    const journey::CheckedReceipt receipt = journey::check_receipt(bytes, hub);
    if (receipt.status == v1::RECEIPT_STATUS_UNSPECIFIED) std::abort();
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::refused) std::abort();
    return false;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SigningKey hub = SigningKey::generate();
  const ByteView input = std::as_bytes(std::span(data, size));
  // No input carries a signature of a key that was made a moment ago.
  if (is_receipt(input, hub.public_key())) std::abort();

  v1::SignedReceipt envelope;
  envelope.set_receipt(data, size);
  const Signature signature = hub.sign(input);
  envelope.set_signature(signature.data(), signature.size());
  const std::string bytes = envelope.SerializeAsString();
  v1::Receipt said;
  const bool parses = said.ParseFromArray(data, static_cast<int>(size));
  if (is_receipt(as_bytes(bytes), hub.public_key()) &&
      (!parses || said.batch_digest().size() != Digest{}.size())) {
    std::abort();
  }
  return 0;
}
