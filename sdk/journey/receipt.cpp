#include "journey/receipt.hpp"

#include <cstring>

#include "base/error.hpp"
#include "journey/envelope.hpp"

namespace cartwright::journey {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::refused, "the hub's answer is no receipt: " + why +
                                      "; the batch stays on the cart and is sent again");
}

}  // namespace

Bytes sign_receipt(const Digest& batch, std::uint64_t stored_ms, v1::ReceiptStatus status,
                   const SigningKey& hub) {
  const KeyId id = key_id(hub.public_key());
  v1::Receipt receipt;
  receipt.set_batch_digest(batch.data(), batch.size());
  receipt.set_hub_id(id.data(), id.size());
  receipt.set_stored_ms(stored_ms);
  receipt.set_status(status);
  v1::SignedReceipt envelope;
  envelope.set_receipt(receipt.SerializeAsString());
  const Signature signature = hub.sign(as_bytes(envelope.receipt()));
  envelope.set_signature(signature.data(), signature.size());
  return to_bytes(envelope.SerializeAsString());
}

CheckedReceipt check_receipt(ByteView bytes, const PublicKey& hub) {
  v1::SignedReceipt envelope;
  if (bytes.size() > kMostEnvelopeBytes ||
      !envelope.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    refuse("it does not parse");
  }
  Signature signature;
  if (envelope.signature().size() != signature.size()) refuse("it carries no signature");
  std::memcpy(signature.data(), envelope.signature().data(), signature.size());
  if (!verify(hub, as_bytes(envelope.receipt()), signature)) {
    refuse("the pinned hub key did not sign it");
  }
  v1::Receipt receipt;
  if (!receipt.ParseFromString(envelope.receipt())) refuse("what was signed does not parse");
  CheckedReceipt checked;
  if (receipt.batch_digest().size() != checked.batch.size()) refuse("it names no batch");
  if (receipt.status() != v1::RECEIPT_STATUS_STORED &&
      receipt.status() != v1::RECEIPT_STATUS_DUPLICATE) {
    refuse("its status does not say stored");
  }
  std::memcpy(checked.batch.data(), receipt.batch_digest().data(), checked.batch.size());
  checked.stored_ms = receipt.stored_ms();
  checked.status = receipt.status();
  return checked;
}

}  // namespace cartwright::journey
