#include <gmock/gmock.h>

#include "unit/plugins/own_rig.hpp"

namespace cartwright::test {
namespace {

std::string vendor(const std::string& id, const std::string& data = "") {
  return R"({"vendor":{"id":")" + id + R"(","data":")" + data + R"("}})";
}

TEST(VendorLibrary, posts_from_the_librarys_thread) {
  OwnRig rig("probe-vendor-library");
  rig.command(vendor("see", "4006"));
  EXPECT_EQ(rig.wait_event().at("data"), "4006");
}

TEST(VendorLibrary, starts_with_what_it_kept) {
  OwnRig first("probe-vendor-library");
  first.command(vendor("see", "1"));
  first.wait_event();
  OwnRig second("probe-vendor-library", "{}", first.kept());
  second.command(vendor("see", "2"));
  second.wait_event();
  EXPECT_EQ(second.kept().at(1), std::string("\x02\0\0\0", 4));
}

TEST(VendorLibrary, tells_how_far_it_is_and_that_it_still_works) {
  OwnRig rig("probe-vendor-library");
  const auto op = rig.command(vendor("calibrate"));
  EXPECT_EQ(rig.wait_done(op).status, "ok");
  EXPECT_EQ(rig.progress_calls(), 11U);
  EXPECT_EQ(rig.wait_event().at("type"), "device.progress");
}

TEST(VendorLibrary, keeps_an_exception_inside) {
  OwnRig rig("probe-vendor-library");
  EXPECT_EQ(rig.wait_done(rig.command(vendor("throw"))).status, "internal");
  EXPECT_EQ(rig.wait_done(rig.command(vendor("other"))).status, "unsupported");
  EXPECT_EQ(rig.wait_done(rig.command(R"({"zero":{}})")).status, "unsupported");
}

}  // namespace
}  // namespace cartwright::test
