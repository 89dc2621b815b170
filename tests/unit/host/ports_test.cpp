#include "host/ports.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace cartwright::host {
namespace {

namespace fs = std::filesystem;

// A sysfs of files and links, as the kernel lays it out.
class Ports : public ::testing::Test {
 protected:
  Ports() {
    root_ = fs::temp_directory_path() /
            ("ports-" + std::to_string(::getpid()) + "-" +
             ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(root_ / "class" / "tty");
  }
  ~Ports() override { fs::remove_all(root_); }

  void write(const fs::path& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text << '\n';
  }
  void add_usb_port(const std::string& name, const std::string& vendor,
                    const std::string& product) {
    const fs::path usb = "devices/usb1/" + name + "-dev";
    write(usb / "idVendor", vendor);
    write(usb / "idProduct", product);
    write(usb / "product", "FT232 scale");
    write(usb / "serial", "SC01");
    fs::create_directories(root_ / usb / "interface0");
    fs::create_directories(root_ / "class/tty" / name);
    fs::create_directory_symlink(root_ / usb / "interface0", root_ / "class/tty" / name / "device");
  }

  fs::path root_;
};

TEST_F(Ports, are_read_with_their_usb_ids_and_sorted) {
  add_usb_port("ttyUSB1", "0403", "6001");
  add_usb_port("ttyUSB0", "067b", "2303");
  const auto ports = serial_ports(root_, "/dev");
  ASSERT_EQ(ports.size(), 2U);
  EXPECT_EQ(ports[0].device, "/dev/ttyUSB0");
  EXPECT_EQ(ports[0].usb, "067b:2303");
  EXPECT_EQ(ports[1].serial, "SC01");
}

TEST_F(Ports, leave_out_consoles_and_places_without_a_port) {
  fs::create_directories(root_ / "class/tty/tty0");
  fs::create_directories(root_ / "class/tty/ttyS3");
  fs::create_directories(root_ / "devices/platform/serial8250");
  fs::create_directory_symlink(root_ / "devices/platform/serial8250",
                               root_ / "class/tty/ttyS3/device");
  write("class/tty/ttyS3/type", "0");
  EXPECT_TRUE(serial_ports(root_, "/dev").empty());
}

TEST_F(Ports, without_a_rule_bind_to_nothing_and_say_what_to_do) {
  add_usb_port("ttyUSB0", "0403", "6001");
  const PluginIndex none({});
  const Binding binding = bind(serial_ports(root_, "/dev").front(), none);
  EXPECT_EQ(binding.driver, "");
  EXPECT_NE(binding.why.find("0403:6001"), std::string::npos);
  EXPECT_NE(binding.why.find("[[device]]"), std::string::npos);
}

}  // namespace
}  // namespace cartwright::host
