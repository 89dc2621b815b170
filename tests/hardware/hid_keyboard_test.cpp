#include "simulators/hid_keyboard.hpp"
#include "plugged.hpp"

// A scanner that types. The guest's console is a terminal of the kernel's own, into which a
// keyboard types without a program in between.
namespace cartwright::hardware {
namespace {

using simulators::HidKeyboard;

class Wedge : public Plugged {};

TEST_F(Wedge, types_into_the_console_until_the_cart_takes_it_and_after_the_cart_gives_it_back) {
  listen_to_console();
  plug<HidKeyboard>(1, {{"aim", "off"}});
  happen(1, "scan 1111");
  EXPECT_EQ(typed(), "1111\n");

  GuestCart cart = this->cart(device("scanner0", "scanner-hid-keyboard", "hid:1209:0003"));
  cart.device("scanner0", "up");
  cart.reply("start");
  happen(1, "scan 2222");
  EXPECT_EQ(cart.event("scan_refused")["code"], "2222");
  end(cart);

  // Whatever the console had heard meanwhile would come first.
  happen(1, "scan 3333");
  EXPECT_EQ(typed(), "3333\n");
}

}  // namespace
}  // namespace cartwright::hardware
