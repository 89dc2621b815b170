#pragma once

#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>
#include <umockdev.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>

#include "support/usb/mock_node.hpp"
#include "support/usb/mock_usb.hpp"

namespace cartwright::test {

struct MockUsbBus::State {
  UMockdevTestbed* testbed;
  int next_address = 2;
};

// The kernel's side of one device: the calls of usbfs (linux/usbdevice_fs.h), answered on the
// thread that makes them.
struct MockUsbDevice::Core final : MockNode {
  struct Urb {
    usbdevfs_urb* asked;
    int status = 0;
    int actual = 0;
    bool done = false;
  };
  struct Sent {
    Bytes data;
    int error = 0;
  };

  int control(unsigned long request, void* argument) override;
  int readiness() const override { return ready.descriptor(); }
  std::string file() const;  // the node in the mocked /dev
  void settle();             // with the mutex held: transfers that can end do

  std::mutex mutex;
  MockReadiness ready;
  Bytes descriptors;  // device and configuration
  std::vector<MockUsbInterface> interfaces;
  std::function<std::optional<Bytes>(const MockUsbControl&)>* answer = nullptr;
  std::map<std::uint8_t, std::deque<Sent>> sent;
  std::deque<Urb> flying;
  std::optional<int> broken;  // all transfers end so
  std::optional<int> held;
  int claim_failures = 0;
  int claim_error = 0;
  bool claims_held = false;
  std::condition_variable claims_go_on;
  unsigned waiting_claims = 0;
  std::set<unsigned> claimed;
  std::set<unsigned> driverless;
  std::vector<MockUsbControl> controls;
  std::vector<std::pair<std::uint8_t, Bytes>> writes;
  unsigned detached = 0;
  unsigned attached = 0;
  unsigned halts_cleared = 0;
  unsigned resets = 0;

  UMockdevTestbed* testbed = nullptr;
  MockUsbBus::State* bus = nullptr;
  MockUsbModel model;
  std::string port;
  std::string node;
  std::string syspath;
  std::atomic<bool> plugged = false;  // it stands in sysfs, and its node answers

 private:
  int submit(usbdevfs_urb& asked);
  void transfer(Urb& urb);
  int reap(void** into);
  int discard(const void* asked);
  int claim(unsigned number, bool detach);
};

}  // namespace cartwright::test
