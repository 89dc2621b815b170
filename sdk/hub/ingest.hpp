#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/crypto.hpp"
#include "hub/store.hpp"

namespace cartwright::hub {

enum class Ingested : std::uint8_t {
  stored,
  duplicate,    // this very batch was stored before
  malformed,    // does not parse, does not hold together, or is a decompression bomb
  too_large,    // see journey::kMostEnvelopeBytes
  unauthorised  // no enrolled cart signed it
};

struct IngestResult {
  Ingested outcome = Ingested::malformed;
  Bytes receipt;    // a SignedReceipt with stored and duplicate, empty otherwise
  std::string why;  // one sentence for the cart's log where nothing was stored
};

// Takes one envelope: checks it, stores it in one synced transaction, and only then signs the
// receipt. Bytes that no enrolled cart signed leave no trace. Error unavailable where the database
// is busy or full: nothing is stored then and trying again is right.
IngestResult ingest(Store& store, const SigningKey& hub, ByteView envelope, std::uint64_t now_ms);

// The receipt of a stored batch, signed anew; nothing where the batch is not here.
std::optional<Bytes> receipt_of(Store& store, const SigningKey& hub, const Digest& batch);

}  // namespace cartwright::hub
