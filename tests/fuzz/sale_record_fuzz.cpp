// Any bytes as a stored sale record: it is corrupt, or prints as a receipt and can be examined,
// whatever its sums claim.

#include <google/protobuf/stubs/logging.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cartwright/v1/trip.pb.h"
#include "offers/offers_file.hpp"
#include "trip/receipt.hpp"
#include "trip/sale_record.hpp"
#include "trip/verify_pricing.hpp"

namespace {

// What a record claims may be refused, as what it is.
template <typename Use>
void try_to(const Use& use) {
  try {
    use();
  } catch (const cartwright::Error& error) {
    const bool told = error.kind() == cartwright::ErrorKind::corrupt ||
                      error.kind() == cartwright::ErrorKind::invalid_input;
    if (!told) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Protobuf's own word on bytes that are no UTF-8 is not what this is about.
  static const auto quiet = google::protobuf::SetLogHandler(nullptr);
  static_cast<void>(quiet);
  static const cartwright::offers::OfferBook book = cartwright::offers::OfferBook::parse(
      R"({"currency":"EUR","offers":[{"id":"a","kind":"percent_off","set":{"products":["milk"]},
          "bps":1000,"limit":1,"coupon":"C","group":"g","member":true},
          {"id":"b","kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":10000,
          "group":"g","funding":[{"funder":"acme","bps":6000}]}]})",
      "offers");
  cartwright::v1::SaleRecord record;
  try {
    record = cartwright::trip::decode_sale_record("trip", std::as_bytes(std::span(data, size)));
  } catch (const cartwright::Error& error) {
    if (error.kind() != cartwright::ErrorKind::corrupt) std::abort();
    return 0;
  }
  try_to([&] { cartwright::trip::receipt_text(record); });
  for (const auto* known : {&book, static_cast<const cartwright::offers::OfferBook*>(nullptr)}) {
    try_to([&] {
      for (const std::string& finding : cartwright::trip::pricing_findings(record, known))
        if (finding.empty()) std::abort();
    });
  }
  return 0;
}
