// JSON as messages of offers.proto: whatever is read says the same as its JSON and as its bytes.

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
void try_message(std::string_view text) {
  Message message;
  try {
    cartwright::trip::read_json(text, "input", message);
  } catch (const cartwright::Error&) {
    return;
  }
  const std::string json = cartwright::trip::json_of(message);
  Message again;
  cartwright::trip::read_json(json, "again", again);
  if (cartwright::trip::json_of(again) != json) std::abort();
  Message of_bytes;
  cartwright::trip::read_bytes(cartwright::trip::bytes_of(message), "bytes", of_bytes);
  if (cartwright::trip::json_of(of_bytes) != json) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_message<cartwright::v1::BasketFile>(text);
  try_message<cartwright::v1::OfferFile>(text);
  try_message<cartwright::v1::CatalogRow>(text);
  try_message<cartwright::v1::Result>(text);
  return 0;
}
