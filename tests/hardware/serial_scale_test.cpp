#include "plugged.hpp"

// A scale that speaks Toledo 8217 behind an FTDI adapter: the kernel's ftdi_sio, libserialport, the
// isolated driver, the cart.
namespace cartwright::hardware {
namespace {

using testing::HasSubstr;

class SerialScale : public Plugged {
 protected:
  void SetUp() override { plug_adapter(Adapter::scale); }

  static void happen(const std::string& action) { Plugged::happen(Adapter::scale, action); }
  GuestCart cart() {
    return Plugged::cart(device("scale0", "scale-toledo8217", "serial:/dev/ttyUSB0",
                                "settings = { poll_ms = 50 }\n"));
  }
};

TEST_F(SerialScale, weighs_over_a_line_of_seven_bits_and_even_parity) {
  GuestCart cart = this->cart();
  cart.device("scale0", "up");
  cart.event("weight_changed", {{"unit", "scale0"}, {"status", "stable_zero"}});
  EXPECT_THAT(stage().adapter_trace(), HasSubstr("baud rate 9600"));
  EXPECT_THAT(stage().adapter_trace(), HasSubstr("parity E, data bits 7, stop bits 1"));
  cart.reply("start");
  happen("place 1.250 kg");
  const Json weight = cart.event("weight_changed", {{"stable", true}, {"grams", 1250}});
  EXPECT_EQ(weight["indicated"], "1.250 kg");
  cart.say(kApples);
  EXPECT_EQ(cart.event("line_added")["line"]["grams"], 1250);
  happen("remove");
  cart.event("weight_changed", {{"status", "stable_zero"}});
  end(cart);
}

TEST_F(SerialScale, is_told_when_pulled_out_and_comes_back_by_itself) {
  GuestCart cart = this->cart();
  cart.device("scale0", "up");
  cart.event("weight_changed", {{"status", "stable_zero"}});
  for (const int grams : {500, 750}) {
    unplug_adapter(Adapter::scale);
    EXPECT_THAT(cart.device("scale0", "link_down")["reason"], HasSubstr("ttyUSB0"));
    happen("place 0." + std::to_string(grams) + " kg");
    plug_adapter(Adapter::scale);
    cart.device("scale0", "up");
    cart.event("weight_changed", {{"stable", true}, {"grams", grams}});
  }
  happen("remove");
  cart.event("weight_changed", {{"status", "stable_zero"}});
  end(cart);
}

}  // namespace
}  // namespace cartwright::hardware
