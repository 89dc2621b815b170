#include "link/usb_choice.hpp"

#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using testing::HasSubstr;

UsbSeen at(const char* port, const char* serial, std::uint32_t plug = 1) {
  return {0x05e0, 0x1900, port, serial, plug};
}
UsbChoice choose(const char* uri, std::vector<UsbSeen> present, const UsbMemory& memory = {}) {
  return choose_usb(read_usb_address(parse_uri(uri)), present, memory);
}
std::string refused(const char* uri) {
  return error_of([&] { read_usb_address(parse_uri(uri)); });
}

}  // namespace

TEST(UsbAddress, reads_ids_and_keys) {
  const UsbAddress address =
      read_usb_address(parse_uri("hid:05E0:1900?serial=A%201&port=1-2.3&interface=2&usage=8c:02"));
  EXPECT_EQ(address.vendor, 0x05e0);
  EXPECT_EQ(address.product, 0x1900);
  EXPECT_EQ(address.serial, "A 1");
  EXPECT_EQ(address.port, "1-2.3");
  EXPECT_EQ(address.interface, 2);
  ASSERT_TRUE(address.usage);
  EXPECT_EQ(to_text(*address.usage), "8c:02");
}

TEST(UsbAddress, refuses_what_it_can_not_read_and_says_how_it_reads) {
  EXPECT_THAT(refused("hid:5e0:1900"), HasSubstr("such as hid:05e0:1900, or a node"));
  EXPECT_THAT(refused("usb:05e0"), HasSubstr("such as usb:05e0:1900"));
  EXPECT_THAT(refused("usb:05e0:19x0"), HasSubstr("four hexadecimal digits"));
  for (const char* const port : {"1", "1-", "1-2.", "1-2.0", "x-1", "1-1.1.1.1.1.1.1.1"}) {
    EXPECT_THAT(refused(("usb:05e0:1900?port=" + std::string(port)).c_str()), HasSubstr("no path"));
  }
  EXPECT_THAT(refused("usb:05e0:1900?interface=256"), HasSubstr("no number from 0 to 255"));
  EXPECT_THAT(refused("hid:05e0:1900?usage=xyz"), HasSubstr("8c or 8c:02"));
}

TEST(UsbChoice, takes_the_only_one_that_fits) {
  EXPECT_EQ(choose("hid:05e0:1900", {at("1-1", "")}).index, 0U);
  EXPECT_EQ(choose("hid:05e0:1900?serial=B", {at("1-1", "A"), at("1-2", "B")}).index, 1U);
  EXPECT_EQ(choose("hid:05e0:1900?port=1-2", {at("1-1", ""), at("1-2", "")}).index, 1U);
}

TEST(UsbChoice, knows_the_node_by_bus_and_address) {
  EXPECT_EQ(node_path(at("1-1", "", 0x0104)), "/dev/bus/usb/001/004");
  EXPECT_EQ(node_path(at("12-1", "", 0x0c7f)), "/dev/bus/usb/012/127");
}

TEST(UsbChoice, says_what_is_there_instead) {
  const UsbChoice none = choose("hid:05e0:1900?serial=C", {at("1-1", "A")});
  EXPECT_EQ(none.reason, DownReason::not_there);
  EXPECT_EQ(none.text,
            "no USB device 05e0:1900 with serial number C is plugged in; what is there: 1-1 "
            "(serial number A)");
}

TEST(UsbChoice, refuses_twins_and_names_the_keys_that_tell_them_apart) {
  const UsbChoice serials = choose("hid:05e0:1900", {at("1-1", "A"), at("1-2", "B")});
  EXPECT_EQ(serials.reason, DownReason::refused);
  EXPECT_EQ(serials.text,
            "05e0:1900 fits 2 devices: 1-1 (serial number A), 1-2 (serial number B); add serial=A "
            "or serial=B to the link to say which");
  EXPECT_THAT(choose("hid:05e0:1900", {at("1-1", ""), at("1-2", "")}).text,
              HasSubstr("add port=1-1 or port=1-2"));
  // Serial numbers that are none: a maker wrote the same into all.
  EXPECT_THAT(choose("hid:05e0:1900?serial=0", {at("1-1", "0"), at("1-2", "0")}).text,
              HasSubstr("add port=1-1 or port=1-2"));
}

TEST(UsbChoice, takes_its_own_again_by_serial_number_at_any_port) {
  const UsbMemory memory{at("1-1", "A"), {}, false};
  EXPECT_EQ(choose("hid:05e0:1900", {at("1-1", "B", 7), at("1-4", "A", 8)}, memory).index, 1U);
}

TEST(UsbChoice, takes_its_own_again_by_port_where_there_is_no_serial_number) {
  const UsbMemory memory{at("1-1", ""), {}, false};
  EXPECT_EQ(choose("hid:05e0:1900", {at("1-4", "", 7), at("1-1", "", 8)}, memory).index, 1U);
}

TEST(UsbChoice, never_takes_a_twin_that_stood_beside_its_own) {
  const UsbMemory memory{at("1-1", ""), {7}, false};
  const UsbChoice none = choose("hid:05e0:1900", {at("1-4", "", 7)}, memory);
  EXPECT_EQ(none.index, std::nullopt);
  EXPECT_EQ(none.reason, DownReason::not_there);
  EXPECT_THAT(none.text, HasSubstr("what is there is another: 1-4"));
  // A replacement at another port is taken: it was never seen beside the old one.
  EXPECT_EQ(choose("hid:05e0:1900", {at("1-4", "", 7), at("1-5", "", 9)}, memory).index, 1U);
}

TEST(UsbChoice, takes_other_ids_at_the_same_port_while_a_replug_is_expected) {
  UsbSeen boot = at("1-1", "");
  boot.product = 0xb007;
  EXPECT_EQ(choose("hid:05e0:1900", {boot}, {at("1-1", "A"), {}, true}).index, 0U);
  EXPECT_EQ(choose("hid:05e0:1900", {boot}, {at("1-1", "A"), {}, false}).index, std::nullopt);
  EXPECT_EQ(choose("hid:05e0:1900", {boot}, {at("1-2", "A"), {}, true}).index, std::nullopt);
}

}  // namespace cartwright::link::test
