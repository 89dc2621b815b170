#include "host/binding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/generic_device.hpp"

namespace cartwright::host {
namespace {

using testing::AllOf;
using testing::HasSubstr;

MatchRule rule(const std::string& usb, const std::string& usage = {},
               const std::string& product = {}) {
  return {usb, parse_usage_pattern(usage), product, {}};
}

Manifest driver(const std::string& id, const std::vector<std::string>& schemes,
                std::vector<MatchRule> rules) {
  Manifest manifest;
  manifest.id = id;
  manifest.links.push_back({"line", link::Shape::stream, schemes, {}, false});
  manifest.match = std::move(rules);
  return manifest;
}

Attached hid(const std::string& ids, std::vector<HidUsage> usages,
             const std::string& product = "Scanner") {
  Attached one;
  one.kind = AttachedKind::hid;
  one.ids = ids;
  one.usages = std::move(usages);
  one.product = product;
  return one;
}

Attached serial(const std::string& ids, const std::string& product = {}) {
  Attached one;
  one.ids = ids;
  one.product = product;
  return one;
}

Binding bound(const Attached& device, const std::vector<Manifest>& manifests) {
  std::vector<const Manifest*> all;
  for (const Manifest& one : manifests) all.push_back(&one);
  return binding_of(device, all);
}

constexpr HidUsage pos{0x8c, 0x02};
constexpr HidUsage keyboard{0x01, 0x06};

}  // namespace

TEST(Binding, takes_the_driver_whose_rule_fits) {
  const auto drivers = {driver("scanner", {"serial"}, {rule("05e0:1701")}),
                        driver("other", {"serial"}, {rule("1234:0001")})};
  const Binding binding = bound(serial("05e0:1701"), drivers);
  EXPECT_EQ(binding.driver, "scanner");
  EXPECT_THAT(binding.why, HasSubstr("its manifest names usb 05e0:1701"));
}

TEST(Binding, goes_by_usage_vendor_and_product_as_well) {
  const auto scanner = driver("pos", {"hid"}, {rule("", "8c")});
  EXPECT_EQ(bound(hid("1111:2222", {pos}), {scanner}).driver, "pos");
  EXPECT_EQ(bound(hid("1111:2222", {{0x8d, 1}}), {scanner}).driver, "");
  const auto narrow = driver("zebra", {"hid"}, {rule("05e0:*", "8c:02", "*scan*")});
  EXPECT_EQ(bound(hid("05e0:1900", {keyboard, pos}), {narrow}).driver, "zebra");
  EXPECT_EQ(bound(hid("05e1:1900", {pos}), {narrow}).driver, "");
  EXPECT_EQ(bound(hid("05e0:1900", {{0x8c, 3}}), {narrow}).driver, "");
  EXPECT_EQ(bound(hid("05e0:1900", {pos}, "Cradle"), {narrow}).driver, "");
}

TEST(Binding, says_that_a_device_which_a_program_uses_tells_no_usages) {
  const auto scanner = driver("pos", {"hid"}, {rule("", "8c")});
  Attached device = hid("1111:2222", {});
  device.kernel_driver = "usbfs";
  EXPECT_EQ(bound(device, {scanner}).driver, "");
  EXPECT_THAT(bound(device, {scanner}).why, HasSubstr("while a program uses it"));
  EXPECT_EQ(bound(device, {driver("ids", {"hid"}, {rule("1111:2222")})}).driver, "ids");
}

TEST(Binding, needs_a_link_of_the_device_s_kind) {
  EXPECT_EQ(bound(serial("05e0:1701"), {driver("d", {"hid"}, {rule("05e0:1701")})}).driver, "");
  EXPECT_EQ(bound(hid("05e0:1701", {}), {driver("d", {"serial"}, {rule("05e0:1701")})}).driver, "");
}

TEST(Binding, leaves_drivers_with_several_links_or_io_of_their_own_to_the_configuration) {
  auto two = driver("two", {"serial"}, {rule("05e0:1701")});
  two.links.push_back(two.links.front());
  auto own = driver("own", {"serial"}, {rule("05e0:1701")});
  own.io = PluginIo::own;
  EXPECT_EQ(bound(serial("05e0:1701"), {two, own}).driver, "");
}

TEST(Binding, says_what_to_do_where_no_manifest_names_the_device) {
  const Binding binding = bound(hid("1111:2222", {pos}), {});
  EXPECT_EQ(binding.driver, "");
  EXPECT_THAT(binding.why, AllOf(HasSubstr("no manifest names usb 1111:2222 or usage 8c:02"),
                                 HasSubstr("[[device]]")));
  EXPECT_THAT(bound(serial(""), {}).why, HasSubstr("a port of the board"));
}

TEST(Binding, holds_generic_bridges_back_unless_the_rule_names_a_product) {
  const auto by_id = driver("scale", {"serial"}, {rule("0403:6001")});
  const Binding held = bound(serial("0403:6001", "FT232R USB UART"), {by_id});
  EXPECT_EQ(held.driver, "");
  EXPECT_THAT(held.why, AllOf(HasSubstr("0403:6001 is FTDI's bridge"), HasSubstr("scale"),
                              HasSubstr("[[device]]")));
  const auto by_product =
      driver("scale", {"serial"}, {rule("0403:6001"), rule("0403:6001", "", "Ariva*")});
  EXPECT_EQ(bound(serial("0403:6001", "Ariva Scale"), {by_product}).driver, "scale");
  EXPECT_EQ(bound(serial("0403:6001", "FT232R USB UART"), {by_product}).driver, "");
  EXPECT_EQ(bound(serial("0403:6001"), {driver("v", {"serial"}, {rule("0403:*")})}).driver, "");
}

TEST(Binding, holds_every_known_bridge_and_keyboard_back) {
  for (const char* ids :
       {"0403:6001", "0403:6010", "0403:6011", "0403:6014", "0403:6015", "067b:2303", "067b:23a3",
        "10c4:ea60", "10c4:ea70", "1a86:7523", "1a86:5523", "0525:a4a7", "1d6b:0104", "04d8:000a",
        "16c0:27dd", "0483:5740"}) {
    EXPECT_NE(generic_ids_reason(ids), "") << ids;
    EXPECT_EQ(bound(serial(ids), {driver("d", {"serial"}, {rule(ids)})}).driver, "") << ids;
  }
  EXPECT_EQ(generic_ids_reason("05e0:1701"), "");
  const auto wedge = driver("wedge", {"hid"}, {rule("05e0:1200"), rule("", "01:06")});
  const Binding held = bound(hid("05e0:1200", {keyboard}), {wedge});
  EXPECT_EQ(held.driver, "");
  EXPECT_THAT(held.why, HasSubstr("keyboard"));
  const auto named = driver("wedge", {"hid"}, {rule("05e0:1200", "01:06", "*Scanner")});
  EXPECT_EQ(bound(hid("05e0:1200", {keyboard}), {named}).driver, "wedge");
}

TEST(Binding, refuses_a_tie_and_names_all_of_it) {
  const auto drivers = {driver("one", {"hid"}, {rule("05e0:1900")}),
                        driver("two", {"hid"}, {rule("05e0:1900")})};
  const Binding binding = bound(hid("05e0:1900", {pos}), drivers);
  EXPECT_EQ(binding.driver, "");
  EXPECT_THAT(binding.why, AllOf(HasSubstr("a tie between one (usb 05e0:1900), two"),
                                 HasSubstr("name one of them in a [[device]]")));
}

TEST(Binding, prefers_the_narrower_rule) {
  const auto usage = driver("usage", {"hid"}, {rule("", "8c:02")});
  const auto ids = driver("ids", {"hid"}, {rule("05e0:1900")});
  const auto product = driver("product", {"hid"}, {rule("", "", "Scanner")});
  EXPECT_EQ(bound(hid("05e0:1900", {pos}), {usage, ids}).driver, "ids");
  EXPECT_EQ(bound(hid("05e0:1900", {pos}), {product, ids, usage}).driver, "product");
  EXPECT_THAT(bound(hid("05e0:1900", {pos}), {usage, ids}).why,
              HasSubstr("narrower than usage (usage 8c:02)"));
}

TEST(Pattern, has_stars_for_any_text_and_no_case) {
  EXPECT_TRUE(fits_pattern("*Scanner*", "Symbol Bar Code Scanner"));
  EXPECT_TRUE(fits_pattern("symbol*scanner", "Symbol Bar Code SCANNER"));
  EXPECT_TRUE(fits_pattern("a*b*c", "axxbyybzzc"));
  EXPECT_TRUE(fits_pattern("a**", "a"));
  EXPECT_FALSE(fits_pattern("Scanner", "Scanner 2"));
  EXPECT_FALSE(fits_pattern("*Scanner", "Scanner 2"));
  EXPECT_FALSE(fits_pattern("a*", ""));
  EXPECT_TRUE(fits_pattern("", ""));
}

}  // namespace cartwright::host
