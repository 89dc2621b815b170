#include "plugged.hpp"
#include "simulators/hid_scale.hpp"
#include "simulators/hid_scanner.hpp"

// What a driver sends to a HID device and asks of it, seen from the device: requests on the control
// pipe (HID 1.11, clause 7.2), or output reports on a pipe of their own where the device has one.
namespace cartwright::hardware {
namespace {

using simulators::HidScale;
using simulators::HidScanner;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class HidReports : public Plugged {
 protected:
  static int count(unsigned port, const std::string& report) {
    return static_cast<int>(std::ranges::count(stage().socket(port).reports(), report));
  }
  static void await(unsigned port, const std::string& report) {
    stage().loop().until("the report " + report, [&] { return count(port, report) == 1; });
  }
  // It has no pipe for output reports.
  void plug_scale(unsigned port) {
    plug<HidScale>(port, {{"settle_ms", "100"}, {"interval_ms", "50"}});
  }

  // The scale is zeroed and says how it is.
  void zero_and_ask(GuestCart& cart, unsigned port) {
    happen(port, "place 20 g");
    cart.event("weight_changed", {{"stable", true}, {"grams", 20}});
    EXPECT_EQ(count(port, "SET_REPORT output 2: 0202"), 0);
    EXPECT_EQ(cart.outcome("zero scale0"), "ok");
    EXPECT_EQ(count(port, "SET_REPORT output 2: 0202"), 1);
    happen(port, "place 320 g");
    cart.event("weight_changed", {{"stable", true}, {"grams", 300}});
    EXPECT_EQ(count(port, "GET_REPORT feature 6"), 0);
    EXPECT_EQ(cart.outcome("health scale0"), "ok");
    EXPECT_EQ(count(port, "GET_REPORT feature 6"), 1);
    EXPECT_THAT(stage().socket(port).reports(), Not(Contains(HasSubstr("pipe"))));
  }
  // The scanner sounds, is told to rest, and reads again; each is a report that begins so.
  void beep_and_rest(GuestCart& cart, const std::string& unit, unsigned port,
                     const std::string& begin) {
    EXPECT_EQ(cart.outcome("beep " + unit + " good"), "ok");
    await(port, begin + "0402");
    EXPECT_EQ(cart.outcome("enable " + unit + " no"), "ok");
    await(port, begin + "0401");
    happen(port, "scan RESTS code128");
    EXPECT_EQ(cart.outcome("enable " + unit + " yes"), "ok");
    await(port, begin + "0400");
    happen(port, "scan READS code128");
    EXPECT_EQ(cart.event("scan_refused")["code"], "READS");
  }
};

TEST_F(HidReports, go_over_the_control_pipe_unless_the_device_has_one_for_them) {
  plug<HidScanner>(1, {{"serial", "CW1"}}, false);
  plug<HidScanner>(2, {{"serial", "CW2"}}, true);
  plug_scale(3);
  GuestCart cart = this->cart(device("scanner0", "scanner-hid-pos", "hid:1209:0001?serial=CW1") +
                              device("scanner1", "scanner-hid-pos", "hid:1209:0001?serial=CW2") +
                              device("scale0", "scale-hid", "hid:1209:0002"));
  // Each comes up once, in whichever order.
  while (cart.ups() < 3) cart.event("device_changed", {{"state", "up"}});
  cart.reply("start");
  beep_and_rest(cart, "scanner0", 1, "SET_REPORT output 4: ");
  beep_and_rest(cart, "scanner1", 2, "pipe: ");
  zero_and_ask(cart, 3);
  end(cart);
}

TEST_F(HidReports, of_a_scale_go_over_the_control_pipe_by_the_kernel_s_node_too) {
  plug_scale(1);
  GuestCart cart = this->cart(device("scale0", "scale-hid", "hid:/dev/hidraw0"));
  cart.device("scale0", "up");
  zero_and_ask(cart, 1);
  end(cart);
}

}  // namespace
}  // namespace cartwright::hardware
