// The whole way of a payment: cart, driver in its process, pseudo-terminal, simulated terminal.

#include "cart.hpp"

namespace cartwright::conformance {
namespace {

std::string terminal(const Store& store) {
  return device("terminal0", "terminal-zvt", "pty:" + store.file("terminal"),
                "settings = { transport = \"serial\", exclusive = true }\n");
}

TEST(Payment, is_made_at_a_serial_zvt_terminal_and_ends_the_trip) {
  const Store store;
  store.scratch.write("cart.toml", content_of(store.configuration()) + terminal(store));
  Device zvt(store, "zvt", "terminal",
             {"--device", "transport=serial", "card_ms=20", "host_ms=20"});
  RunningCart cart(store);
  cart.reply("start");
  cart.event("device_changed", {{"name", "terminal0"}, {"state", "up"}});
  cart.say(kPen);
  cart.event("line_added");
  zvt.happen("decline \"limit used up\"");
  cart.say("pay");
  cart.event("payment_changed", {{"text", "Not paid: limit used up"}});
  cart.say("pay");
  cart.event("payment_changed", {{"state", "settled"}});
  cart.event("trip_ended", {{"cause", "paid"}});
  EXPECT_EQ(cart.end(), 0);
}

}  // namespace
}  // namespace cartwright::conformance
