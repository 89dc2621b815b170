#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::trip {

// Where a payment stands. Every state is one that a restart can find, since each step is committed
// before it has an effect outside.
enum class PaymentState : std::uint8_t {
  none,      // no payment was begun
  intended,  // key, amount and the terminal's baseline are durable; no byte has left
  sent,      // the terminal was given the order, or was about to be
  unknown,   // nobody knows whether money was taken
  approved,  // money was taken
  declined,  // no money was taken
  settled,   // the sale record is written
};

// What happens to a payment; each is one fact of the log.
enum class PaymentStep : std::uint8_t {
  intend,             // PaymentIntended
  send,               // PaymentSent
  approve,            // PaymentApproved
  decline,            // PaymentDeclined
  lose,               // PaymentUnknown
  resolve_taken,      // PaymentResolved, taken
  resolve_not_taken,  // PaymentResolved, not taken
  settle,             // Settled
};

inline constexpr std::array kPaymentStates{
    PaymentState::none,     PaymentState::intended, PaymentState::sent,   PaymentState::unknown,
    PaymentState::approved, PaymentState::declined, PaymentState::settled};
inline constexpr std::array kPaymentSteps{PaymentStep::intend,
                                          PaymentStep::send,
                                          PaymentStep::approve,
                                          PaymentStep::decline,
                                          PaymentStep::lose,
                                          PaymentStep::resolve_taken,
                                          PaymentStep::resolve_not_taken,
                                          PaymentStep::settle};

// What the cart does when it starts and finds a payment in this state.
enum class AfterPowerCut : std::uint8_t {
  nothing,          // shopping goes on, or the trip is over
  send_or_decline,  // nothing has left: send it now, or decline it as not sent
  look_up,          // ask the terminal what became of it; never send it again
  settle_or_pay,    // the money is there: settle, or pay what is still due
};

// The state that a step leads to; nothing where the step is impossible in this state.
std::optional<PaymentState> after(PaymentState state, PaymentStep step);

AfterPowerCut after_power_cut(PaymentState state);

// True while the terminal may still take money or nobody knows: the trip can not end and the
// basket can not change.
bool is_open(PaymentState state);

// "intended", "resolve_taken": for messages and JSON. They live for ever.
std::string_view name(PaymentState state);
std::string_view name(PaymentStep step);

}  // namespace cartwright::trip
