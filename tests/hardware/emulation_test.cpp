#include "plugged.hpp"
#include "simulators/hid_keyboard.hpp"
#include "simulators/hid_scale.hpp"

// What the other tests stand on: an emulated device is a real one to the kernel, without
// cartwright.
namespace cartwright::hardware {
namespace {

class Emulation : public Plugged {};

TEST_F(Emulation, is_a_device_with_descriptors_and_reports) {
  plug<simulators::HidScale>(1, {{"serial", "CW1"}});
  EXPECT_EQ(guest().output_of("cd /sys/bus/usb/devices/1-1 && cat idVendor idProduct serial speed"),
            "1209\n0002\nCW1\n12\n");
  // Report ID 3, stable zero, grams; it says so again and again.
  EXPECT_THAT(guest().output_of("timeout 60 head -c 3 /dev/hidraw0 | hexdump -C"),
              testing::HasSubstr("03 02 02"));
  unplug(1);
  guest().await_device("/dev/hidraw0", false);
}

TEST_F(Emulation, of_a_keyboard_types_into_the_console) {
  listen_to_console();
  plug<simulators::HidKeyboard>(2, {{"aim", "off"}});
  happen(2, "scan 4006381333931");
  EXPECT_EQ(typed(), "4006381333931\n");
}

}  // namespace
}  // namespace cartwright::hardware
