#include "tools/event_words.hpp"

namespace cartwright::tools {

std::string_view word_of(Phase phase) {
  switch (phase) {
    case Phase::none:
      return "none";
    case Phase::shopping:
      return "shopping";
    case Phase::paying:
      return "paying";
    case Phase::settled:
      return "settled";
    case Phase::ended:
      return "ended";
  }
  return "";
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
  switch (state) {
    case PaymentState::none:
      return "none";
    case PaymentState::intended:
      return "intended";
    case PaymentState::sent:
      return "sent";
    case PaymentState::unknown:
      return "unknown";
    case PaymentState::approved:
      return "approved";
    case PaymentState::declined:
      return "declined";
    case PaymentState::settled:
      return "settled";
  }
  return "";
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
  switch (state) {
    case DeviceState::starting:
      return "starting";
    case DeviceState::up:
      return "up";
    case DeviceState::link_down:
      return "link_down";
    case DeviceState::restarting:
      return "restarting";
    case DeviceState::quarantined:
      return "quarantined";
    case DeviceState::failed:
      return "failed";
    case DeviceState::stopped:
      return "stopped";
  }
  return "";
}

}  // namespace cartwright::tools
