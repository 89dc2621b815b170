#pragma once

#include <cstdint>

#include "base/crypto.hpp"
#include "cartwright/v1/batch.pb.h"

namespace cartwright::journey {

// The hub's side: the bytes of a SignedReceipt. Call only when the batch is synced to disk.
Bytes sign_receipt(const Digest& batch, std::uint64_t stored_ms, v1::ReceiptStatus status,
                   const SigningKey& hub);

struct CheckedReceipt {
  Digest batch;
  std::uint64_t stored_ms = 0;
  v1::ReceiptStatus status = v1::RECEIPT_STATUS_UNSPECIFIED;
};

// The cart's side. Error refused, which says why, unless the bytes are a receipt that the pinned
// hub signed: a captive portal's page, a cut answer and another hub's receipt are all refused.
CheckedReceipt check_receipt(ByteView bytes, const PublicKey& hub);

}  // namespace cartwright::journey
