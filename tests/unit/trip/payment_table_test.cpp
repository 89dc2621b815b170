#include "trip/payment_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>

namespace cartwright::trip {
namespace {

using S = PaymentState;
using E = PaymentStep;

// The whole table, stated a second time: what is not here must be impossible.
const std::map<std::pair<S, E>, S> kAllowed{
    {{S::none, E::intend}, S::intended},
    {{S::none, E::settle}, S::settled},
    {{S::intended, E::send}, S::sent},
    {{S::intended, E::decline}, S::declined},
    {{S::sent, E::approve}, S::approved},
    {{S::sent, E::decline}, S::declined},
    {{S::sent, E::lose}, S::unknown},
    {{S::unknown, E::approve}, S::approved},
    {{S::unknown, E::decline}, S::declined},
    {{S::unknown, E::lose}, S::unknown},
    {{S::unknown, E::resolve_taken}, S::approved},
    {{S::unknown, E::resolve_not_taken}, S::declined},
    {{S::approved, E::intend}, S::intended},
    {{S::approved, E::settle}, S::settled},
    {{S::declined, E::intend}, S::intended},
    {{S::declined, E::settle}, S::settled},
};

TEST(PaymentTable, every_step_in_every_state_does_what_is_stated) {
  for (const S state : kPaymentStates) {
    for (const E step : kPaymentSteps) {
      const auto expected = kAllowed.find({state, step});
      const auto found = after(state, step);
      EXPECT_EQ(found.has_value(), expected != kAllowed.end()) << name(state) << " " << name(step);
      if (found && expected != kAllowed.end()) {
        EXPECT_EQ(*found, expected->second) << name(state) << " " << name(step);
      }
    }
  }
}

TEST(PaymentTable, money_that_may_have_left_is_never_sent_again_after_a_power_cut) {
  for (const S state : kPaymentStates) {
    const bool may_send = after_power_cut(state) == AfterPowerCut::send_or_decline;
    EXPECT_EQ(may_send, state == S::intended) << name(state);
    // What can not be told from the log alone is asked of the terminal.
    const bool asks = after_power_cut(state) == AfterPowerCut::look_up;
    EXPECT_EQ(asks, state == S::sent || state == S::unknown) << name(state);
  }
}

TEST(PaymentTable, only_open_states_wait_for_the_terminal_or_a_person) {
  std::set<S> open;
  for (const S state : kPaymentStates) {
    if (is_open(state)) open.insert(state);
  }
  EXPECT_EQ(open, (std::set<S>{S::intended, S::sent, S::unknown}));
}

TEST(PaymentTable, a_settled_sale_is_final) {
  for (const E step : kPaymentSteps) EXPECT_FALSE(after(S::settled, step)) << name(step);
}

TEST(PaymentTable, names_differ) {
  std::set<std::string_view> names;
  for (const S state : kPaymentStates) names.insert(name(state));
  for (const E step : kPaymentSteps) names.insert(name(step));
  EXPECT_EQ(names.size(), kPaymentStates.size() + kPaymentSteps.size());
}

}  // namespace
}  // namespace cartwright::trip
