#include "tools/event_words.hpp"

#include <cstdint>

#include "host/device.hpp"
#include "trip/payment_table.hpp"
#include "trip/trip_state.hpp"

namespace cartwright::tools {
namespace {

// What the Cart API tells of has its words where it is decided: in trip and in host, which count
// their values as the Cart API does.
template <typename Told, typename Decided>
constexpr bool same(Told told, Decided decided) {
  return static_cast<std::uint8_t>(told) == static_cast<std::uint8_t>(decided);
}
static_assert(same(Phase::none, trip::Phase::none) &&
              same(Phase::shopping, trip::Phase::shopping) &&
              same(Phase::paying, trip::Phase::paying) &&
              same(Phase::settled, trip::Phase::settled) && same(Phase::ended, trip::Phase::ended));
static_assert(same(PaymentState::none, trip::PaymentState::none) &&
              same(PaymentState::intended, trip::PaymentState::intended) &&
              same(PaymentState::sent, trip::PaymentState::sent) &&
              same(PaymentState::unknown, trip::PaymentState::unknown) &&
              same(PaymentState::approved, trip::PaymentState::approved) &&
              same(PaymentState::declined, trip::PaymentState::declined) &&
              same(PaymentState::settled, trip::PaymentState::settled));
static_assert(same(DeviceState::starting, host::DeviceState::starting) &&
              same(DeviceState::up, host::DeviceState::up) &&
              same(DeviceState::link_down, host::DeviceState::link_down) &&
              same(DeviceState::restarting, host::DeviceState::restarting) &&
              same(DeviceState::quarantined, host::DeviceState::quarantined) &&
              same(DeviceState::failed, host::DeviceState::failed) &&
              same(DeviceState::stopped, host::DeviceState::stopped));

}  // namespace

std::string_view word_of(Phase phase) {
  return name(trip::Phase{static_cast<std::uint8_t>(phase)});
}

std::string_view word_of(Refusal why) {
  switch (why) {
    case Refusal::unknown_product:
      return "unknown_product";
    case Refusal::bad_check_digit:
      return "bad_check_digit";
    case Refusal::not_a_product_code:
      return "not_a_product_code";
    case Refusal::needs_weight:
      return "needs_weight";
    case Refusal::not_allowed:
      return "not_allowed";
    case Refusal::payment_open:
      return "payment_open";
    case Refusal::no_trip:
      return "no_trip";
    case Refusal::not_stored:
      return "not_stored";
    case Refusal::recalled:
      return "recalled";
    case Refusal::expired:
      return "expired";
  }
  return "";
}

std::string_view word_of(PaymentState state) {
  return name(trip::PaymentState{static_cast<std::uint8_t>(state)});
}

std::string_view word_of(EndCause cause) {
  switch (cause) {
    case EndCause::paid:
      return "paid";
    case EndCause::handed_off:
      return "handed_off";
    case EndCause::staff:
      return "staff";
    case EndCause::timeout:
      return "timeout";
    case EndCause::abandoned:
      return "abandoned";
  }
  return "";
}

std::string_view word_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::store_insight:
      return "store_insight";
    case Purpose::offer_insight:
      return "offer_insight";
    case Purpose::profile:
      return "profile";
  }
  return "";
}

std::string_view word_of(DeviceState state) {
  return to_text(host::DeviceState{static_cast<std::uint8_t>(state)});
}

}  // namespace cartwright::tools
