#pragma once

#include <umockdev.h>

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "support/usb/mock_usb.hpp"

namespace cartwright::test {

struct MockUsbBus::State {
  UMockdevTestbed* testbed;
  int next_address = 2;
};

// The kernel's side of one device: the calls of usbfs (linux/usbdevice_fs.h) answered on umockdev's
// thread.
struct MockUsbDevice::Core : std::enable_shared_from_this<MockUsbDevice::Core> {
  struct Urb {
    UMockdevIoctlData* data;
    int status = 0;
    int actual = 0;
    bool done = false;
  };
  struct Sent {
    Bytes data;
    int error = 0;
  };

  gboolean handle(UMockdevIoctlClient* client);
  std::string file() const;  // the node in the mocked /dev
  void forget_node();
  void kick();  // with the mutex held: something may have ended

  std::mutex mutex;
  Bytes descriptors;  // device and configuration
  std::vector<MockUsbInterface> interfaces;
  std::function<std::optional<Bytes>(const MockUsbControl&)>* answer = nullptr;
  std::map<std::uint8_t, std::deque<Sent>> sent;
  std::deque<Urb> flying;
  std::optional<int> broken;  // all transfers end so
  std::optional<int> held;
  int claim_failures = 0;
  int claim_error = 0;
  std::set<unsigned> claimed;
  std::set<unsigned> driverless;
  std::vector<MockUsbControl> controls;
  std::vector<std::pair<std::uint8_t, Bytes>> writes;
  unsigned detached = 0;
  unsigned attached = 0;
  unsigned halts_cleared = 0;
  unsigned resets = 0;
  UMockdevIoctlClient* parked = nullptr;
  unsigned parking = 0;
  GMainContext* context = nullptr;  // of umockdev's thread

  UMockdevTestbed* testbed = nullptr;
  UMockdevIoctlBase* ioctl = nullptr;
  MockUsbBus::State* bus = nullptr;
  MockUsbModel model;
  std::string port;
  std::string node;
  std::string syspath;
  std::atomic<bool> plugged = false;  // it stands in sysfs, and its node answers

 private:
  void submit(UMockdevIoctlClient* client, UMockdevIoctlData* argument);
  void control(Urb& urb);
  void match();
  bool reap_one(UMockdevIoctlClient* client);
  void reap(UMockdevIoctlClient* client);
  void discard(UMockdevIoctlClient* client, UMockdevIoctlData* argument);
  void claim(UMockdevIoctlClient* client, unsigned number, bool detach);
};

}  // namespace cartwright::test
