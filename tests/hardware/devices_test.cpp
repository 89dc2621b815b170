#include "plugged.hpp"
#include "simulators/hid_keyboard.hpp"
#include "simulators/hid_scale.hpp"
#include "simulators/hid_scanner.hpp"

// `cartwright devices` where one of each kind is plugged in.
namespace cartwright::hardware {
namespace {

using simulators::HidKeyboard;
using simulators::HidScale;
using simulators::HidScanner;
using testing::AllOf;
using testing::HasSubstr;

class DeviceList : public Plugged {
 protected:
  void list() { rows_ = guest().run("cartwright devices --json").json(); }
  // The row of the device in that socket, as far as its fields are asked for.
  Json row(unsigned port, const std::vector<std::string>& fields) const {
    const std::string place = "1-" + std::to_string(port);
    Json found;
    for (const Json& one : rows_) {
      if (one.value("port", "") != place) continue;
      if (!found.is_null()) ADD_FAILURE() << place << " is listed twice in " << rows_;
      found = Json::object();
      for (const std::string& field : fields) found[field] = one.value(field, Json());
    }
    return found;
  }
  std::string why(unsigned port) const { return row(port, {"why"}).value("why", ""); }
  // All that the guest ever did with what is plugged in.
  static std::string touched() {
    std::string all = stage().adapter_trace();
    for (unsigned port = 1; port <= kSockets; ++port) {
      all += std::to_string(stage().socket(port).transfers()) + " ";
    }
    return all;
  }

  Json rows_;
};

TEST_F(DeviceList, says_of_each_what_it_is_and_which_driver_fits_and_opens_none) {
  plug<HidScanner>(1, {{"serial", "CW1"}}, true);
  plug<HidScale>(2);
  plug<HidKeyboard>(3);
  plug_adapter(Adapter::scale, "/dev/ttyUSB0");
  plug_adapter(Adapter::scanner, "/dev/ttyUSB1");
  const std::string before = touched();
  list();
  EXPECT_EQ(touched(), before) << "devices opened one";
  const std::vector<std::string> fields = {"kind",   "device",  "usb",  "product", "serial",
                                           "usages", "held_by", "link", "driver"};
  EXPECT_EQ(row(1, fields), (Json{{"kind", "hid"},
                                  {"device", "/dev/hidraw0"},
                                  {"usb", "1209:0001"},
                                  {"product", "Simulated HID POS scanner"},
                                  {"serial", "CW1"},
                                  {"usages", {"8c:02"}},
                                  {"held_by", "usbhid"},
                                  {"link", "hid:1209:0001?serial=CW1"},
                                  {"driver", "scanner-hid-pos"}}));
  EXPECT_EQ(why(1), "its manifest names usage 8c:02");
  EXPECT_EQ(row(2, fields), (Json{{"kind", "hid"},
                                  {"device", "/dev/hidraw1"},
                                  {"usb", "1209:0002"},
                                  {"product", "Simulated HID scale"},
                                  {"serial", ""},
                                  {"usages", {"8d:20"}},
                                  {"held_by", "usbhid"},
                                  {"link", "hid:1209:0002"},
                                  {"driver", "scale-hid"}}));
  EXPECT_EQ(why(2), "its manifest names usage 8d");
  EXPECT_EQ(row(3, fields), (Json{{"kind", "hid"},
                                  {"device", "/dev/hidraw2"},
                                  {"usb", "1209:0003"},
                                  {"product", "Simulated keyboard scanner"},
                                  {"serial", ""},
                                  {"usages", {"01:06"}},
                                  {"held_by", "usbhid"},
                                  {"link", "hid:1209:0003"},
                                  {"driver", ""}}));
  EXPECT_THAT(why(3), AllOf(HasSubstr("may be a person's"), HasSubstr("scanner-hid-keyboard"),
                            HasSubstr("does not bind by itself"), HasSubstr("[[device]]")));
  // A bridge is never taken for what stands behind it.
  for (const Adapter adapter : {Adapter::scale, Adapter::scanner}) {
    const auto number = static_cast<unsigned>(adapter);
    const std::string serial = kAdapterSerials[number];
    EXPECT_EQ(row(socket_of(adapter), fields),
              (Json{{"kind", "serial"},
                    {"device", "/dev/ttyUSB" + std::to_string(number)},
                    {"usb", "0403:6001"},
                    {"product", "QEMU USB SERIAL"},
                    {"serial", serial},
                    {"usages", Json::array()},
                    {"held_by", "ftdi_sio"},
                    {"link", "serial:0403:6001?serial=" + serial},
                    {"driver", ""}}));
    EXPECT_THAT(why(socket_of(adapter)),
                AllOf(HasSubstr("FTDI's bridge"), HasSubstr("[[device]]")));
  }
}

}  // namespace
}  // namespace cartwright::hardware
