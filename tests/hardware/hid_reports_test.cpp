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
using testing::IsSupersetOf;
using testing::Not;

class HidReports : public Plugged {
 protected:
  static const std::vector<std::string>& reports() { return stage().socket(1).reports(); }
  static int count(const std::string& report) {
    return static_cast<int>(std::ranges::count(reports(), report));
  }

  // The scale is zeroed and says how it is, over this link; it has no pipe for output reports.
  void zero_and_ask(const std::string& link) {
    plug<HidScale>(1, {{"settle_ms", "100"}, {"interval_ms", "50"}});
    GuestCart cart = this->cart(device("scale0", "scale-hid", link));
    cart.device("scale0", "up");
    happen(1, "place 20 g");
    cart.event("weight_changed", {{"stable", true}, {"grams", 20}});
    EXPECT_EQ(count("SET_REPORT output 2: 0202"), 0);
    EXPECT_EQ(cart.outcome("zero scale0"), "ok");
    EXPECT_EQ(count("SET_REPORT output 2: 0202"), 1);
    happen(1, "place 320 g");
    cart.event("weight_changed", {{"stable", true}, {"grams", 300}});
    EXPECT_EQ(count("GET_REPORT feature 6"), 0);
    EXPECT_EQ(cart.outcome("health scale0"), "ok");
    EXPECT_EQ(count("GET_REPORT feature 6"), 1);
    end(cart);
    EXPECT_THAT(reports(), Not(Contains(HasSubstr("pipe"))));
  }
  // The scanner sounds, is told to rest, and reads again; each is a report that begins so.
  void beep_and_rest(bool out_pipe, const std::string& begin) {
    plug<HidScanner>(1, {{"serial", "CW1"}}, out_pipe);
    GuestCart cart = this->cart(device("scanner0", "scanner-hid-pos", "hid:1209:0001"));
    cart.device("scanner0", "up");
    cart.reply("start");
    EXPECT_EQ(cart.outcome("beep scanner0 good"), "ok");
    EXPECT_EQ(cart.outcome("enable scanner0 no"), "ok");
    stage().loop().until("the report that prevents reading",
                         [&] { return count(begin + "0401") == 1; });
    happen(1, "scan RESTS code128");
    EXPECT_EQ(cart.outcome("enable scanner0 yes"), "ok");
    stage().loop().until("the report that allows reading",
                         [&] { return count(begin + "0400") == 1; });
    happen(1, "scan READS code128");
    EXPECT_EQ(cart.event("scan_refused")["code"], "READS");
    end(cart);
    EXPECT_THAT(reports(), IsSupersetOf({begin + "0402", begin + "0401", begin + "0400"}));
  }
};

TEST_F(HidReports, of_a_scale_go_over_the_control_pipe) {
  zero_and_ask("hid:1209:0002");
}

TEST_F(HidReports, of_a_scale_go_over_the_control_pipe_by_the_kernel_s_node_too) {
  zero_and_ask("hid:/dev/hidraw0");
}

TEST_F(HidReports, of_a_scanner_without_a_pipe_go_over_the_control_pipe) {
  beep_and_rest(false, "SET_REPORT output 4: ");
}

TEST_F(HidReports, of_a_scanner_with_a_pipe_go_there) {
  beep_and_rest(true, "pipe: ");
}

}  // namespace
}  // namespace cartwright::hardware
