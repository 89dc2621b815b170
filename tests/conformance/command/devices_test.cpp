#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cart.hpp"
#include "support/sysfs_tree.hpp"
#include "unit/host/udev_syntax.hpp"

namespace cartwright::conformance {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A machine with a Zebra scanner in CDC mode, an FTDI cable, a keyboard and a port of the board.
// Its nodes are FIFOs: whoever opens one is seen, and waits.
class MachineDevices : public testing::Test {
 protected:
  MachineDevices() {
    const auto scanner = machine.usb("1-1", "05e0:1701", "Scanner", "S1");
    const auto line = machine.interface(scanner, 0, "02", "cdc_acm");
    machine.link(line / "tty/ttyACM0/device", line);
    machine.link("class/tty/ttyACM0", line / "tty/ttyACM0");
    machine.tty(machine.interface(machine.usb("1-2", "0403:6001", "FT232R", "A9"), 0, "ff", ""),
                "ttyUSB0");
    const auto keyboard = machine.usb("1-3", "046d:c31c", "\x1b[31mKeys");
    machine.hid(machine.interface(keyboard, 0, "03", "usbhid"), "0003:046D:C31C.0001",
                "05010906a101c0", "hidraw0");
    machine.link("class/tty/ttyS0/device", "devices/platform/serial8250");
    watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    for (const char* node : {"ttyACM0", "ttyUSB0", "hidraw0", "ttyS0"}) {
      const std::string file = dev.file(node);
      EXPECT_EQ(::mkfifo(file.c_str(), 0600), 0);
      EXPECT_GE(::inotify_add_watch(watch, file.c_str(), IN_OPEN | IN_ACCESS | IN_MODIFY), 0);
    }
  }
  ~MachineDevices() override { ::close(watch); }

  Result listed(Strings more = {}) {
    Strings words{"devices", "--sysfs", machine.root(), "--dev", dev.file("")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Json row(const std::string& node) {
    for (const Json& one : Json::parse(listed({"--json"}).output)) {
      if (one["device"] == dev.file("") + node) return one;
    }
    ADD_FAILURE() << node << " is not listed";
    return {};
  }
  bool nothing_opened() const {
    char event[4096];
    return ::read(watch, event, sizeof event) < 0;
  }

  cartwright::test::SysfsTree machine;
  Scratch dev;
  int watch = -1;
};

}  // namespace

TEST_F(MachineDevices, are_listed_with_driver_link_and_reason) {
  const Json scanner = row("ttyACM0");
  EXPECT_EQ(scanner["driver"], "scanner-serial");
  EXPECT_EQ(scanner["link"], "serial:05e0:1701?serial=S1");
  EXPECT_EQ(scanner["usb"], "05e0:1701");
  EXPECT_EQ(scanner["port"], "1-1");
  EXPECT_EQ(scanner["serial"], "S1");
  EXPECT_EQ(scanner["held_by"], "cdc_acm");
  EXPECT_THAT(scanner.value("why", ""), HasSubstr("its manifest names usb 05e0:1701"));
  const Json cable = row("ttyUSB0");
  EXPECT_EQ(cable["driver"], "");
  EXPECT_EQ(cable["link"], "serial:0403:6001?serial=A9");
  EXPECT_THAT(cable.value("why", ""), HasSubstr("FTDI's bridge"));
  const Json keyboard = row("hidraw0");
  EXPECT_EQ(keyboard["driver"], "");
  EXPECT_EQ(keyboard["usages"], Json::parse(R"(["01:06"])"));
  EXPECT_THAT(keyboard.value("why", ""), HasSubstr("keyboard"));
  EXPECT_THAT(row("ttyS0").value("why", ""), HasSubstr("a port of the board"));
}

TEST_F(MachineDevices, are_listed_without_one_being_opened) {
  EXPECT_EQ(listed({"--json"}).code, 0);
  const Result table = listed();
  EXPECT_EQ(table.code, 0);
  EXPECT_EQ(lines_of(table.output).size(), 5u);
  EXPECT_TRUE(nothing_opened());
  const int fd = ::open(dev.file("hidraw0").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  EXPECT_FALSE(nothing_opened()) << "the watch sees nothing at all";
  ::close(fd);
}

TEST_F(MachineDevices, do_not_steer_the_terminal) {
  EXPECT_THAT(listed().output, AllOf(HasSubstr(".[31mKeys"), Not(HasSubstr("\x1b[31mKeys"))));
}

TEST_F(MachineDevices, that_are_not_there_are_said_to_be_so) {
  const Scratch empty;
  const Result none = run({"devices", "--sysfs", empty.file(""), "--dev", empty.file("")});
  EXPECT_EQ(none.code, 0);
  EXPECT_THAT(none.output, HasSubstr("cartwright simulate"));
}

TEST_F(MachineDevices, get_udev_rules_that_are_sound_and_open_none) {
  const Result rules = run({"doctor", "--udev", "--sysfs", machine.root()});
  EXPECT_EQ(rules.code, 0);
  EXPECT_THAT(host::test::udev_faults(rules.output), IsEmpty()) << rules.output;
  EXPECT_THAT(rules.output,
              AllOf(HasSubstr("ATTRS{idVendor}==\"05e0\", ATTRS{idProduct}==\"1701\""),
                    HasSubstr("ID_MM_DEVICE_IGNORE"), Not(HasSubstr("c31c"))));
  EXPECT_TRUE(nothing_opened());
}

TEST_F(MachineDevices, get_udev_rules_in_a_file_for_a_group_and_a_configuration) {
  const Store store(device("scale0", "scale-toledo8217", "serial:0403:6001?serial=A9"));
  const std::string file = store.file("60.rules");
  const Result written = run({"doctor", "--udev", "--output", file, "--group", "carts", "--config",
                              store.configuration(), "--sysfs", machine.root()});
  EXPECT_EQ(written.code, 0) << written.errors;
  const std::string rules = content_of(file);
  EXPECT_THAT(host::test::udev_faults(rules), IsEmpty()) << rules;
  EXPECT_THAT(rules, AllOf(HasSubstr("GROUP=\"carts\""), HasSubstr("ATTRS{serial}==\"A9\"")));
  const Result wrong = run({"doctor", "--udev", "--group", "a\"b"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.errors, HasSubstr("no name of a group"));
  EXPECT_EQ(run({"doctor", "--group", "carts"}).code, 2);
}

}  // namespace cartwright::conformance
