// A user who may not open the device: the kernel's own refusal.

#include <sys/fsuid.h>
#include <sys/stat.h>

#include <fstream>

#include "link/usb_context.hpp"
#include "unit/link/scratch.hpp"
#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using testing::HasSubstr;

constexpr uid_t kNobody = 65534;

// While it lives this thread opens files as a user without rights, whoever runs the test.
class WithoutRights {
 public:
  WithoutRights() : before_(static_cast<uid_t>(::setfsuid(kNobody))) {}
  ~WithoutRights() { ::setfsuid(before_); }
  WithoutRights(const WithoutRights&) = delete;
  WithoutRights& operator=(const WithoutRights&) = delete;

 private:
  uid_t before_;
};

// The mocked hot-plug wants rights of its own: it begins before they are dropped.
class UsbAccess : public UsbRig {
 protected:
  std::shared_ptr<UsbContext> context = UsbContext::acquire();
};

class HidrawAccess : public testing::Test {
 protected:
  HidrawAccess() {
    std::ofstream(node).put('\n');
    ::chmod(node.parent_path().c_str(), 0755);
    ::chmod(node.c_str(), 0);
  }

  Scratch scratch;
  const std::filesystem::path node = scratch / "hidraw0";
  Loop loop;
};

}  // namespace

TEST_F(UsbAccess, a_refused_node_is_named_with_the_reason_and_the_remedy) {
  MockUsbDevice device(bus, mock_scanner("A1"));
  device.plug();
  device.set_mode(0);
  Tried tried(loop, "hid:05e0:1900");
  {
    const WithoutRights nobody;
    ASSERT_TRUE(is_down(tried));
  }
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::refused);
  EXPECT_EQ(tried.witness.downs[0].text,
            "05e0:1900 at 1-2 (serial number A1), " + device.node() +
                ": permission denied: this user may not use the device; `cartwright doctor --udev` "
                "writes the rules that allow it");
  EXPECT_EQ(device.opened_claims(), 0U);
  // The rules are there: it comes up by itself.
  device.set_mode(0660);
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(tried.witness.downs.size(), 1U);
}

TEST_F(UsbAccess, a_node_that_may_be_read_alone_is_refused_too) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  device.set_mode(0444);
  Tried tried(loop, "hid:05e0:1900");
  const WithoutRights nobody;
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(tried.witness.downs[0].text, HasSubstr(device.node() + ": permission denied"));
}

TEST_F(HidrawAccess, a_refused_node_is_named_with_the_reason_and_the_remedy) {
  const Tried tried(loop, "hid:" + node.string());
  const WithoutRights nobody;
  ASSERT_TRUE(loop.until([&] { return !tried.witness.downs.empty(); }));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::refused);
  EXPECT_EQ(tried.witness.downs[0].text,
            node.string() +
                ": permission denied: this user may not use the device; `cartwright doctor --udev` "
                "writes the rules that allow it");
}

}  // namespace cartwright::link::test
