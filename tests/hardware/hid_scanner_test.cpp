#include "simulators/hid_scanner.hpp"
#include "plugged.hpp"

// A HID POS scanner: the kernel's usbhid lets it go, libusb reads it, the isolated driver tells it.
namespace cartwright::hardware {
namespace {

using simulators::HidScanner;
using testing::HasSubstr;

constexpr const char* kLink = "hid:1209:0001?serial=CW1";

class HidPosScanner : public Plugged {
 protected:
  void plug_scanner(unsigned port) { plug<HidScanner>(port, {{"serial", "CW1"}}, true); }
  GuestCart cart() { return Plugged::cart(device("scanner0", "scanner-hid-pos", kLink)); }
  // The label that the cart heard of last: it sells none of these.
  std::string next_label(GuestCart& cart) { return cart.event("scan_refused")["code"]; }
};

TEST_F(HidPosScanner, reads_labels_in_their_order) {
  plug_scanner(1);
  GuestCart cart = this->cart();
  cart.device("scanner0", "up");
  cart.reply("start");
  for (int i = 10; i < 30; ++i) happen(1, "scan LABEL" + std::to_string(i) + " code128");
  for (int i = 10; i < 30; ++i) EXPECT_EQ(next_label(cart), "LABEL" + std::to_string(i));
  happen(1, std::string("scan ") + kPen);
  EXPECT_EQ(cart.event("line_added")["line"]["product"], "pen");
  end(cart);
}

TEST_F(HidPosScanner, is_told_when_pulled_out_and_found_again_in_another_socket) {
  plug_scanner(1);
  GuestCart cart = this->cart();
  cart.device("scanner0", "up");
  cart.reply("start");
  for (const unsigned port : {2u, 1u, 1u}) {
    const unsigned before = stage().socket(1).plugged() ? 1 : 2;
    happen(before, std::string("scan BEFORE code128"));
    EXPECT_EQ(next_label(cart), "BEFORE");
    unplug(before);
    EXPECT_NE(cart.device("scanner0", "link_down")["reason"], "");
    plug_scanner(port);
    cart.device("scanner0", "up");
    happen(port, "scan AFTER code128");
    EXPECT_EQ(next_label(cart), "AFTER");
  }
  end(cart);
}

TEST_F(HidPosScanner, comes_when_the_cart_runs_already) {
  GuestCart cart = this->cart();
  EXPECT_THAT(cart.device("scanner0", "link_down")["reason"], HasSubstr("1209:0001"));
  cart.reply("start");
  plug_scanner(1);
  cart.device("scanner0", "up");
  happen(1, "scan LATE code128");
  EXPECT_EQ(next_label(cart), "LATE");
  end(cart);
}

}  // namespace
}  // namespace cartwright::hardware
