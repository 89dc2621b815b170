// Bytes as a trip log: length-prefixed TripEvents. The fold takes them or says what is corrupt, and
// what it takes can be sold and printed.

#include <google/protobuf/stubs/logging.h>

#include <cstddef>
#include <cstdint>

#include "base/error.hpp"
#include "cartwright/v1/trip.pb.h"
#include "trip/receipt.hpp"
#include "trip/sale_record.hpp"
#include "trip/trip_state.hpp"

namespace {

using cartwright::trip::TripState;

// Two bytes of length, little endian, then an event.
bool take_event(const std::uint8_t*& data, std::size_t& size, cartwright::v1::TripEvent& event) {
  if (size < 2) return false;
  const std::size_t length = data[0] | static_cast<std::size_t>(data[1]) << 8U;
  data += 2;
  size -= 2;
  const std::size_t taken = length < size ? length : size;
  const bool parsed = event.ParseFromArray(data, static_cast<int>(taken));
  data += taken;
  size -= taken;
  return parsed;
}

void print(const TripState& state) {
  const auto record = cartwright::trip::make_sale_record(state, state.last_at());
  const auto bytes = cartwright::trip::encode(record);
  cartwright::trip::receipt_text(cartwright::trip::decode_sale_record(state.trip_id(), bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Protobuf's own word on bytes that are no UTF-8 is not what this is about.
  static const auto quiet = google::protobuf::SetLogHandler(nullptr);
  static_cast<void>(quiet);
  TripState state;
  cartwright::v1::TripEvent event;
  try {
    while (take_event(data, size, event)) {
      // The search shall not get stuck at the first check.
      if (event.seq() == 0) event.set_seq(state.last_seq() + 1);
      state.apply(event);
    }
  } catch (const cartwright::Error& error) {
    if (error.kind() != cartwright::ErrorKind::corrupt) __builtin_trap();
    return 0;
  }
  if (state.phase() != cartwright::trip::Phase::none) print(state);
  return 0;
}
