#include "simulators/hid_scale.hpp"
#include "plugged.hpp"

// HID scales, by themselves and two of the same model that nothing but their socket tells apart.
namespace cartwright::hardware {
namespace {

using simulators::HidScale;

class HidScales : public Plugged {
 protected:
  static constexpr const char* kZero = "stable_zero";

  void plug_scale(unsigned port) {
    plug<HidScale>(port, {{"settle_ms", "100"}, {"interval_ms", "50"}});
  }
  static std::string scale(unsigned number, const std::string& link) {
    return device("scale" + std::to_string(number), "scale-hid", link);
  }
  // Waits for the weight at rest.
  static void await_grams(GuestCart& cart, const std::string& unit, int grams) {
    cart.event("weight_changed", {{"unit", unit}, {"stable", true}, {"grams", grams}});
  }
};

TEST_F(HidScales, weigh_what_lies_on_them_and_what_lay_there_when_plugged_in_again) {
  plug_scale(1);
  GuestCart cart = this->cart(scale(0, "hid:1209:0002"));
  cart.device("scale0", "up");
  cart.reply("start");
  happen(1, "place 350 g");
  await_grams(cart, "scale0", 350);
  cart.say(kApples);
  EXPECT_EQ(cart.event("line_added")["line"]["grams"], 350);
  unplug(1);
  EXPECT_NE(cart.device("scale0", "link_down")["reason"], "");
  plug_scale(1);
  happen(1, "place 420 g");
  cart.device("scale0", "up");
  await_grams(cart, "scale0", 420);
  end(cart);
}

TEST_F(HidScales, of_one_model_without_serial_numbers_are_told_apart_by_their_sockets) {
  plug_scale(1);
  plug_scale(2);
  GuestCart cart =
      this->cart(scale(0, "hid:1209:0002?port=1-1") + scale(1, "hid:1209:0002?port=1-2"));
  cart.reply("start");
  for (int round = 1; round <= 2; ++round) {
    happen(1, "place " + std::to_string(100 * round) + " g");
    await_grams(cart, "scale0", 100 * round);
    happen(2, "place " + std::to_string(1000 * round) + " g");
    await_grams(cart, "scale1", 1000 * round);
    if (round == 2) break;
    unplug(1);
    cart.device("scale0", "link_down");
    unplug(2);
    cart.device("scale1", "link_down");
    // The other way round, so that the kernel numbers them otherwise.
    plug_scale(2);
    cart.device("scale1", "up");
    plug_scale(1);
    cart.device("scale0", "up");
  }
  end(cart);
}

}  // namespace
}  // namespace cartwright::hardware
