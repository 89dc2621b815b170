#include "trip/payment_table.hpp"

namespace cartwright::trip {
namespace {

struct Row {
  PaymentState from;
  PaymentStep step;
  PaymentState to;
};

using S = PaymentState;
using E = PaymentStep;

// All that can happen. What is not here is refused, live and at replay.
constexpr std::array kTable{
    Row{S::none, E::intend, S::intended},
    Row{S::none, E::settle, S::settled},  // nothing is due

    Row{S::intended, E::send, S::sent},
    Row{S::intended, E::decline, S::declined},  // withdrawn before a byte left

    Row{S::sent, E::approve, S::approved},
    Row{S::sent, E::decline, S::declined},
    Row{S::sent, E::lose, S::unknown},

    Row{S::unknown, E::approve, S::approved},  // by lookup, or a late answer of the terminal
    Row{S::unknown, E::decline, S::declined},
    Row{S::unknown, E::lose, S::unknown},  // an answer that settles nothing; its facts are kept
    Row{S::unknown, E::resolve_taken, S::approved},
    Row{S::unknown, E::resolve_not_taken, S::declined},

    Row{S::approved, E::intend, S::intended},  // the rest of a part approval
    Row{S::approved, E::settle, S::settled},

    Row{S::declined, E::intend, S::intended},
    Row{S::declined, E::settle, S::settled},  // nothing is due any more
};

}  // namespace

std::optional<PaymentState> after(PaymentState state, PaymentStep step) {
  for (const Row& row : kTable) {
    if (row.from == state && row.step == step) return row.to;
  }
  return std::nullopt;
}

AfterPowerCut after_power_cut(PaymentState state) {
  switch (state) {
    // No payment: the trip goes on where it was.
    case S::none:
      return AfterPowerCut::nothing;
    // PaymentSent is committed before the first byte and it is not there: nothing has left.
    case S::intended:
      return AfterPowerCut::send_or_decline;
    // Bytes may have left and an approval may have been lost with the power.
    case S::sent:
      return AfterPowerCut::look_up;
    // As before the cut: a lookup may tell, else a person does.
    case S::unknown:
      return AfterPowerCut::look_up;
    // The money is there and the log says so; only the sale record is missing.
    case S::approved:
      return AfterPowerCut::settle_or_pay;
    // No money is there: the shopper may change the basket or pay another way.
    case S::declined:
      return AfterPowerCut::nothing;
    // Sale record and Settled are one commit: the sale is complete.
    case S::settled:
      return AfterPowerCut::nothing;
  }
  return AfterPowerCut::nothing;
}

bool is_open(PaymentState state) {
  return state == S::intended || state == S::sent || state == S::unknown;
}

std::string_view name(PaymentState state) {
  switch (state) {
    case S::none:
      return "none";
    case S::intended:
      return "intended";
    case S::sent:
      return "sent";
    case S::unknown:
      return "unknown";
    case S::approved:
      return "approved";
    case S::declined:
      return "declined";
    case S::settled:
      return "settled";
  }
  return "?";
}

std::string_view name(PaymentStep step) {
  switch (step) {
    case E::intend:
      return "intend";
    case E::send:
      return "send";
    case E::approve:
      return "approve";
    case E::decline:
      return "decline";
    case E::lose:
      return "lose";
    case E::resolve_taken:
      return "resolve_taken";
    case E::resolve_not_taken:
      return "resolve_not_taken";
    case E::settle:
      return "settle";
  }
  return "?";
}

}  // namespace cartwright::trip
