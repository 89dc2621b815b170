#include "plugged.hpp"

// Two serial adapters of one model: the kernel numbers their ports as they come, and their serial
// numbers alone say what stands behind which.
namespace cartwright::hardware {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

class SerialTwins : public Plugged {
 protected:
  static constexpr const char* kFirst = "/dev/ttyUSB0";
  static constexpr const char* kSecond = "/dev/ttyUSB1";

  GuestCart cart() {
    return Plugged::cart(device("scale0", "scale-toledo8217", link(Adapter::scale),
                                "settings = { poll_ms = 50 }\n") +
                         device("scanner0", "scanner-serial", link(Adapter::scanner)));
  }
  static std::string link(Adapter adapter) {
    return std::string("serial:0403:6001?serial=") +
           kAdapterSerials[static_cast<unsigned>(adapter)];
  }
  // Both are up, in whichever order.
  static void await_both_up(GuestCart& cart) {
    const std::size_t before = cart.ups();
    while (cart.ups() < before + 2) cart.event("device_changed", {{"state", "up"}});
  }
  static void scan(GuestCart& cart, int first, int last) {
    for (int i = first; i <= last; ++i) {
      happen(Adapter::scanner, "scan LABEL" + std::to_string(i) + " code128");
    }
    cart.event("scan_refused", {{"code", "LABEL" + std::to_string(last)}});
  }
  static void weigh(GuestCart& cart, int grams) {
    happen(Adapter::scale, "place 0." + std::to_string(grams) + " kg");
    cart.event("weight_changed", {{"stable", true}, {"grams", grams}});
  }
};

TEST_F(SerialTwins, are_found_again_under_each_other_s_name_with_nothing_lost_or_doubled) {
  plug_adapter(Adapter::scale, kFirst);
  plug_adapter(Adapter::scanner, kSecond);
  GuestCart cart = this->cart();
  await_both_up(cart);
  cart.reply("start");
  scan(cart, 10, 14);
  weigh(cart, 500);

  unplug_adapter(Adapter::scale);
  EXPECT_NE(cart.device("scale0", "link_down")["reason"], "");
  unplug_adapter(Adapter::scanner);
  EXPECT_NE(cart.device("scanner0", "link_down")["reason"], "");
  plug_adapter(Adapter::scanner, kFirst);
  plug_adapter(Adapter::scale, kSecond);
  await_both_up(cart);
  cart.event("weight_changed", {{"stable", true}, {"grams", 500}});
  scan(cart, 15, 19);
  weigh(cart, 750);
  cart.say(kApples);
  EXPECT_EQ(cart.event("line_added")["line"]["grams"], 750);

  // The scale alone, while the scanner keeps its name.
  unplug_adapter(Adapter::scale);
  cart.device("scale0", "link_down");
  plug_adapter(Adapter::scale, kSecond);
  cart.device("scale0", "up");
  cart.event("weight_changed", {{"stable", true}, {"grams", 750}});
  scan(cart, 20, 24);
  end(cart);

  std::vector<std::string> labels;
  for (const Json& one : cart.heard("scan_refused")) labels.push_back(one["code"]);
  std::vector<std::string> scanned;
  for (int i = 10; i <= 24; ++i) scanned.push_back("LABEL" + std::to_string(i));
  EXPECT_THAT(labels, ElementsAreArray(scanned));
  std::vector<int> weighed;
  for (const Json& one : cart.heard("weight_changed")) {
    if (one.value("stable", false) && one.value("grams", 0) != 0) weighed.push_back(one["grams"]);
  }
  EXPECT_THAT(weighed, ElementsAre(500, 500, 750, 750));
}

}  // namespace
}  // namespace cartwright::hardware
