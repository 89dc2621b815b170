#include "support/usb/mock_usb.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <stdexcept>

#include "support/usb/mock_usbfs.hpp"

// ThreadSanitizer does not see the locks of libraries built without it: what they hand from one
// thread to another looks unguarded.
extern "C" __attribute__((visibility("default"))) const char* __tsan_default_suppressions() {
  return "race:libglib-2.0.so\nrace:libumockdev.so\nrace:libudev.so\n";
}

namespace cartwright::test {
namespace {

std::byte low(unsigned value) {
  return static_cast<std::byte>(value & 0xff);
}
std::byte high(unsigned value) {
  return static_cast<std::byte>(value >> 8 & 0xff);
}

void append(Bytes& bytes, std::initializer_list<unsigned> values) {
  for (const unsigned value : values) bytes.push_back(low(value));
}

// USB 2.0, 9.6; HID 1.11, 6.2.1.
Bytes descriptors_of(const MockUsbModel& model) {
  Bytes configuration;
  unsigned number = 0;
  for (const MockUsbInterface& one : model.interfaces) {
    append(configuration, {9, 4, number++, 0, static_cast<unsigned>(one.endpoints.size()),
                           one.class_code, 0, one.protocol, 0});
    const auto length = static_cast<unsigned>(one.report_descriptor.size());
    if (one.class_code == 3)
      append(configuration, {9, 0x21, 0x11, 1, 0, 1, 0x22, length, length >> 8});
    for (const MockUsbEndpoint& endpoint : one.endpoints) {
      const unsigned packet = endpoint.packet;
      append(configuration,
             {7, 5, endpoint.address, endpoint.interrupt ? 3U : 2U, packet, packet >> 8, 10});
    }
  }
  const auto total = static_cast<unsigned>(9 + configuration.size());
  Bytes all{low(18),
            low(1),
            low(0),
            low(2),
            low(0),
            low(0),
            low(0),
            low(64),
            low(model.vendor),
            high(model.vendor),
            low(model.product),
            high(model.product)};
  append(all, {0, 1, 0, 0, model.serial.empty() ? 0U : 3U, 1});
  append(all, {9, 2, total, total >> 8, number, 1, 0, 0x80, 50});
  all.insert(all.end(), configuration.begin(), configuration.end());
  return all;
}

std::string text(const char* format, auto... values) {
  char buffer[256];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

}  // namespace

MockUsbBus::MockUsbBus() : state_(new State{umockdev_testbed_new()}) {
  // Open to every user, as /dev and /sys are: who may open a node is said by its mode alone.
  gchar* const root = umockdev_testbed_get_root_dir(state_->testbed);
  ::chmod(root, 0755);
  // umockdev connects to it for each node that is opened, and ends the program where it may not.
  ::chmod((std::string(root) + "/ioctl/_default").c_str(), 0666);
  g_free(root);
}

MockUsbBus::~MockUsbBus() {
  g_object_unref(state_->testbed);
}

MockUsbDevice::MockUsbDevice(MockUsbBus& bus, MockUsbModel model, std::string port)
    : core_(std::make_shared<Core>()) {
  core_->bus = &bus.state();
  core_->testbed = bus.state().testbed;
  core_->descriptors = descriptors_of(model);
  core_->interfaces = model.interfaces;
  core_->model = std::move(model);
  core_->port = std::move(port);
  core_->answer = &answer;
}

MockUsbDevice::~MockUsbDevice() {
  if (core_->plugged) unplug();
  hold_claims(false);
  const std::lock_guard lock(core_->mutex);
  core_->answer = nullptr;
  core_->flying.clear();
}

std::string MockUsbDevice::Core::file() const {
  gchar* const root = umockdev_testbed_get_root_dir(testbed);
  std::string path = root + node;
  g_free(root);
  return path;
}

void MockUsbDevice::plug() {
  const int address = core_->bus->next_address++;
  const MockUsbModel& model = core_->model;
  core_->node = text("/dev/bus/usb/001/%03d", address);
  core_->syspath = "/sys/devices/pci0000:00/0000:00:14.0/usb1/" + core_->port;
  {
    const std::lock_guard lock(core_->mutex);
    core_->broken.reset();
    core_->sent.clear();
    core_->claimed.clear();
    core_->driverless.clear();
  }
  GError* error = nullptr;
  const std::string number = text("%03d", address);
  std::string about =
      "P: " + core_->syspath.substr(4) + "\nN: bus/usb/001/" + number +
      "\nE: SUBSYSTEM=usb\nE: DRIVER=usb\nE: DEVTYPE=usb_device\nE: BUSNUM=001\n"
      "E: DEVNUM=" +
      number + "\nE: DEVNAME=" + core_->node +
      "\nA: bConfigurationValue=1\\n\nA: busnum=1\\n\nA: devnum=" + std::to_string(address) +
      "\\n\nA: speed=12\\n\n" +
      text("A: idVendor=%04x\\n\nA: idProduct=%04x\\n\n", model.vendor, model.product);
  if (!model.serial.empty()) about += "A: serial=" + model.serial + "\\n\n";
  about += "H: descriptors=" + to_hex(core_->descriptors) + "\n\n";
  const MockNode::Hold hold;
  umockdev_testbed_add_from_string(core_->testbed, about.c_str(), &error);
  if (error != nullptr) {
    const std::string why = error->message;
    g_error_free(error);
    throw std::runtime_error("mock USB device: " + why);
  }
  const int descriptor = ::open(core_->file().c_str(), O_RDONLY | O_CLOEXEC);
  MockNode::stand_behind(descriptor, core_);
  ::close(descriptor);
  core_->plugged = true;
}

void MockUsbDevice::unplug() {
  break_pipes(-ESHUTDOWN);
  announce_removal();
}

void MockUsbDevice::break_pipes(int error) {
  const std::lock_guard lock(core_->mutex);
  core_->broken = error;
  core_->settle();
}

void MockUsbDevice::mend_pipes() {
  const std::lock_guard lock(core_->mutex);
  core_->broken.reset();
}

void MockUsbDevice::announce_removal() {
  if (!core_->plugged.exchange(false)) return;
  // Whoever opens it now finds it gone; calls for what is open are answered until the next plug.
  ::unlink(core_->file().c_str());
  umockdev_testbed_uevent(core_->testbed, core_->syspath.c_str(), "remove");
  umockdev_testbed_remove_device(core_->testbed, core_->syspath.c_str());
}

void MockUsbDevice::send(std::uint8_t endpoint, Bytes data) {
  const std::lock_guard lock(core_->mutex);
  core_->sent[endpoint].push_back({std::move(data), 0});
  core_->settle();
}

void MockUsbDevice::fail_once(std::uint8_t endpoint, int error) {
  const std::lock_guard lock(core_->mutex);
  core_->sent[endpoint].push_back({{}, error});
  core_->settle();
}

void MockUsbDevice::hold_writes(std::optional<int> taken) {
  const std::lock_guard lock(core_->mutex);
  core_->held = taken;
}

void MockUsbDevice::fail_claims(int count, int error) {
  const std::lock_guard lock(core_->mutex);
  core_->claim_failures = count;
  core_->claim_error = error;
}

void MockUsbDevice::hold_claims(bool held) {
  const std::lock_guard lock(core_->mutex);
  core_->claims_held = held;
  core_->claims_go_on.notify_all();
}

std::string MockUsbDevice::node() const {
  return core_->node;
}

void MockUsbDevice::set_mode(unsigned mode) {
  ::chmod(core_->file().c_str(), mode);
}

std::vector<MockUsbControl> MockUsbDevice::controls() const {
  const std::lock_guard lock(core_->mutex);
  return core_->controls;
}

std::vector<std::pair<std::uint8_t, Bytes>> MockUsbDevice::writes() const {
  const std::lock_guard lock(core_->mutex);
  return core_->writes;
}

unsigned MockUsbDevice::in_flight(std::uint8_t endpoint) const {
  const std::lock_guard lock(core_->mutex);
  unsigned count = 0;
  for (const Core::Urb& urb : core_->flying) {
    count += urb.asked->endpoint == endpoint ? 1 : 0;
  }
  return count;
}

unsigned MockUsbDevice::opened_claims() const {
  const std::lock_guard lock(core_->mutex);
  return static_cast<unsigned>(core_->claimed.size());
}

unsigned MockUsbDevice::held_claims() const {
  const std::lock_guard lock(core_->mutex);
  return core_->waiting_claims;
}

unsigned MockUsbDevice::kernel_driver_detached() const {
  const std::lock_guard lock(core_->mutex);
  return core_->detached;
}

unsigned MockUsbDevice::kernel_driver_attached() const {
  const std::lock_guard lock(core_->mutex);
  return core_->attached;
}

unsigned MockUsbDevice::halts_cleared() const {
  const std::lock_guard lock(core_->mutex);
  return core_->halts_cleared;
}

unsigned MockUsbDevice::resets() const {
  const std::lock_guard lock(core_->mutex);
  return core_->resets;
}

const char* const kScannerReports =
    "058c0902a1010912a1028502150026ff00750895010501093b81029503058c09fb09fc09fd8102953809fe820201"
    "950109ff8102c0c0";

MockUsbModel mock_scanner(std::string serial) {
  MockUsbModel model;
  model.serial = std::move(serial);
  MockUsbInterface hid;
  hid.report_descriptor = *from_hex(kScannerReports);
  model.interfaces.push_back(hid);
  return model;
}

}  // namespace cartwright::test
