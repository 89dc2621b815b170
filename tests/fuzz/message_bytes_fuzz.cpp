// Messages of offers.proto in their wire form: whatever is read is written and read back equal, and
// Protobuf's own parser reads it too.

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cartwright/v1/offers.pb.h"
#include "trip/message_bytes.hpp"
#include "trip/message_json.hpp"

namespace {

template <typename Message>
void try_message(std::string_view bytes) {
  Message message;
  try {
    cartwright::trip::read_bytes(bytes, "input", message);
  } catch (const cartwright::Error&) {
    return;
  }
  const std::string written = cartwright::trip::bytes_of(message);
  Message theirs;
  if (!theirs.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) std::abort();
  if (cartwright::trip::bytes_of(theirs) != written) std::abort();
  Message again;
  cartwright::trip::read_bytes(written, "again", again);
  if (cartwright::trip::bytes_of(again) != written) std::abort();
  cartwright::trip::json_of(message);
}

void try_list(std::string_view bytes) {
  try {
    for (const std::string_view entry : cartwright::trip::split_entries(
             bytes, "input", *cartwright::v1::BasketList::descriptor())) {
      try_message<cartwright::v1::BasketFile>(entry);
    }
  } catch (const cartwright::Error&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      try_message<cartwright::v1::BasketFile>(bytes);
      break;
    case 1:
      try_message<cartwright::v1::OfferFile>(bytes);
      break;
    case 2:
      try_message<cartwright::v1::CatalogFile>(bytes);
      break;
    case 3:
      try_message<cartwright::v1::ResultList>(bytes);
      break;
    default:
      try_list(bytes);
  }
  return 0;
}
