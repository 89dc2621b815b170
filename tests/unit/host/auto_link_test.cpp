#include "host/auto_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "host/binding.hpp"

namespace cartwright::host {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AutoLink : public testing::Test {
 protected:
  void driver(const std::string& id, const std::string& scheme, std::vector<MatchRule> rules) {
    Manifest manifest;
    manifest.id = id;
    manifest.links.push_back({"line", link::Shape::stream, {scheme, "pty"}, {}, false});
    manifest.match = std::move(rules);
    manifests.push_back(std::move(manifest));
  }
  static MatchRule ids(const std::string& usb) { return {usb, {}, {}, {}}; }
  static MatchRule usage(const std::string& text) {
    return {{}, parse_usage_pattern(text), {}, {}};
  }
  void device(const std::string& name, const std::string& of, const std::string& link = "auto",
              bool probing = false) {
    DeviceConfig config;
    config.name = name;
    config.driver = of;
    config.links = {link};
    config.probe = probing;
    config.place = "cart.toml:" + std::to_string(10 + configs.size());
    configs.push_back(std::move(config));
  }
  Attached& plug(AttachedKind kind, const std::string& usb, const std::string& port,
                 const std::string& node) {
    Attached one;
    one.kind = kind;
    one.ids = usb;
    one.port = port;
    one.node = node;
    one.serial = usb.empty() ? "" : "S" + port;
    attached.push_back(one);
    return attached.back();
  }
  Attached& plug_scanner(const std::string& port) {
    Attached& one = plug(AttachedKind::hid, "05e0:1900", port, "/dev/hidraw0");
    one.usages = {{0x8c, 2}};
    return one;
  }
  // The links after the search, and what was opened in `probed`.
  std::vector<std::string> links() {
    std::vector<const Manifest*> all;
    for (const Manifest& manifest : manifests) all.push_back(&manifest);
    const auto found = find_links(configs, all, attached, [this](const DeviceConfig& tried) {
      probed.push_back(tried.links.at(0));
      const bool well = std::ranges::find(answering, tried.links.at(0)) != answering.end();
      return ProbeResult{well, well ? "" : "check_health ended timeout"};
    });
    std::vector<std::string> texts;
    for (const DeviceConfig& config : found) texts.push_back(config.links.at(0));
    return texts;
  }
  std::string refusal() {
    try {
      links();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
      return error.what();
    }
    return "nothing";
  }

  std::vector<Manifest> manifests;
  std::vector<Attached> attached;
  std::vector<DeviceConfig> configs;
  std::vector<std::string> answering;
  std::vector<std::string> probed;
};

}  // namespace

TEST_F(AutoLink, takes_the_one_device_that_fits) {
  driver("pos", "hid", {usage("8c")});
  plug_scanner("1-1");
  plug(AttachedKind::hid, "046d:c31c", "1-2", "/dev/hidraw1").usages = {{1, 6}};
  device("scanner0", "pos");
  EXPECT_THAT(links(), ElementsAre("hid:05e0:1900?serial=S1-1"));
  EXPECT_THAT(probed, IsEmpty());
}

TEST_F(AutoLink, leaves_written_links_as_they_are) {
  driver("pos", "hid", {usage("8c")});
  device("scanner0", "pos", "pty:/tmp/x");
  EXPECT_THAT(links(), ElementsAre("pty:/tmp/x"));
}

TEST_F(AutoLink, refuses_where_nothing_fits_and_says_what_was_looked_for) {
  driver("pos", "hid", {usage("8c"), ids("05e0:1900")});
  device("scanner0", "pos");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("cart.toml:10: device \"scanner0\": link = \"auto\""),
                               HasSubstr("usage 8c; usb 05e0:1900"), HasSubstr("plug it in")));
}

TEST_F(AutoLink, refuses_several_and_lists_the_lines_to_write) {
  driver("pos", "hid", {usage("8c")});
  plug_scanner("1-1");
  plug_scanner("1-2");
  device("scanner0", "pos");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("fits several devices"),
                               HasSubstr("\n  link = \"hid:05e0:1900?serial=S1-1\"  # "),
                               HasSubstr("\n  link = \"hid:05e0:1900?serial=S1-2\"  # ")));
  EXPECT_THAT(probed, IsEmpty());
}

TEST_F(AutoLink, never_takes_a_bridge_or_a_keyboard_by_itself_and_lists_them) {
  driver("scale", "serial", {ids("0403:6001")});
  driver("wedge", "hid", {usage("01:06")});
  plug(AttachedKind::serial, "0403:6001", "1-1", "/dev/ttyUSB0").product = "FT232R";
  plug(AttachedKind::hid, "046d:c31c", "1-2", "/dev/hidraw1").usages = {{1, 6}};
  device("scale0", "scale");
  EXPECT_THAT(refusal(),
              AllOf(HasSubstr("binds none of these by itself"),
                    HasSubstr("link = \"serial:0403:6001?serial=S1-1\"  # /dev/ttyUSB0, FT232R: "
                              "0403:6001 is FTDI's bridge")));
  configs.clear();
  device("scanner0", "wedge");
  EXPECT_THAT(refusal(),
              AllOf(HasSubstr("link = \"hid:046d:c31c?serial=S1-2\""), HasSubstr("keyboard")));
  EXPECT_THAT(probed, IsEmpty());
}

TEST_F(AutoLink, leaves_to_others_what_they_name) {
  driver("pos", "hid", {usage("8c")});
  plug_scanner("1-1");
  plug_scanner("1-2");
  device("scanner0", "pos");
  device("scanner1", "pos", "serial:0403:6001");
  configs.back().links = {"serial:/dev/ttyS9"};
  EXPECT_THAT(refusal(), HasSubstr("several"));
  driver("scale", "serial", {ids("05e0:1701")});
  plug(AttachedKind::serial, "05e0:1701", "1-3", "/dev/ttyACM0");
  plug(AttachedKind::serial, "05e0:1701", "1-4", "/dev/ttyACM1");
  configs.clear();
  device("scale0", "scale");
  device("scale1", "other", "serial:/dev/ttyACM0?baud=9600");
  EXPECT_THAT(links(),
              ElementsAre("serial:05e0:1701?serial=S1-4", "serial:/dev/ttyACM0?baud=9600"));
}

TEST_F(AutoLink, is_for_drivers_with_one_link) {
  driver("two", "serial", {ids("05e0:1701")});
  manifests.back().links.push_back(manifests.back().links.front());
  device("scanner0", "two");
  EXPECT_THAT(refusal(), HasSubstr("is for drivers with one link"));
}

TEST_F(AutoLink, stays_where_the_driver_is_unknown) {
  device("scanner0", "nobody");
  EXPECT_THAT(links(), ElementsAre("auto"));
}

TEST_F(AutoLink, opens_ports_one_after_the_other_where_the_configuration_allows_it) {
  driver("scale", "serial", {});
  driver("scanner", "serial", {ids("05e0:1701")});
  plug(AttachedKind::serial, "", "", "/dev/ttyS0").is_console = true;
  plug(AttachedKind::serial, "", "", "/dev/ttyS1");
  plug(AttachedKind::serial, "0403:6001", "1-1", "/dev/ttyUSB0");
  plug(AttachedKind::serial, "0403:6001", "1-2", "/dev/ttyUSB1");
  plug(AttachedKind::serial, "05e0:1701", "1-3", "/dev/ttyACM0");
  device("scale0", "scale", "auto", true);
  answering = {"serial:0403:6001?serial=S1-2"};
  EXPECT_THAT(links(), ElementsAre("serial:0403:6001?serial=S1-2"));
  // Not the system's console, nor what another driver's rules take.
  EXPECT_THAT(probed, ElementsAre("serial:/dev/ttyS1", "serial:0403:6001?serial=S1-1",
                                  "serial:0403:6001?serial=S1-2"));
}

TEST_F(AutoLink, opens_nothing_where_the_rules_decide) {
  driver("scanner", "serial", {ids("05e0:1701")});
  plug(AttachedKind::serial, "0403:6001", "1-1", "/dev/ttyUSB0");
  plug(AttachedKind::serial, "05e0:1701", "1-3", "/dev/ttyACM0");
  device("scanner0", "scanner", "auto", true);
  EXPECT_THAT(links(), ElementsAre("serial:05e0:1701?serial=S1-3"));
  EXPECT_THAT(probed, IsEmpty());
}

TEST_F(AutoLink, refuses_where_none_or_several_answer) {
  driver("scale", "serial", {});
  plug(AttachedKind::serial, "0403:6001", "1-1", "/dev/ttyUSB0");
  plug(AttachedKind::serial, "0403:6001", "1-2", "/dev/ttyUSB1");
  device("scale0", "scale", "auto", true);
  EXPECT_THAT(refusal(), AllOf(HasSubstr("none of these answers as driver \"scale\""),
                               HasSubstr("/dev/ttyUSB1: check_health ended timeout")));
  answering = {"serial:0403:6001?serial=S1-1", "serial:0403:6001?serial=S1-2"};
  EXPECT_THAT(refusal(), AllOf(HasSubstr("several answer"), HasSubstr("# /dev/ttyUSB0: answers")));
}

TEST_F(AutoLink, gives_a_device_that_was_found_to_nobody_else) {
  driver("scale", "serial", {});
  driver("scanner", "serial", {});
  plug(AttachedKind::serial, "0403:6001", "1-1", "/dev/ttyUSB0");
  plug(AttachedKind::serial, "0403:6001", "1-2", "/dev/ttyUSB1");
  device("scale0", "scale", "auto", true);
  device("scanner0", "scanner", "auto", true);
  answering = {"serial:0403:6001?serial=S1-1"};
  EXPECT_THAT(refusal(), AllOf(HasSubstr("scanner0"), Not(HasSubstr("ttyUSB0"))));
  EXPECT_THAT(probed, ElementsAre("serial:0403:6001?serial=S1-1", "serial:0403:6001?serial=S1-2",
                                  "serial:0403:6001?serial=S1-2"));
}

}  // namespace cartwright::host
