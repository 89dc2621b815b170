#include "link/usb_context.hpp"

#include <libusb.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <fstream>

#include "base/error.hpp"
#include "link/usb_device.hpp"

namespace cartwright::link {

// libusb's callbacks, on the event thread.
struct UsbContextCalls {
  static int LIBUSB_CALL changed(libusb_context* /*context*/, libusb_device* device,
                                 libusb_hotplug_event event, void* self) {
    static_cast<UsbContext*>(self)->changed(device, event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED);
    return 0;
  }
};

namespace {

constexpr int deepest = 7;  // USB 3.2, 10.14.2.1 and USB 2.0, 4.1.1: tiers below the root

// "1-2.3", empty for a hub at the root.
std::string port_path(libusb_device* device) {
  std::array<std::uint8_t, deepest> ports{};
  const int count = libusb_get_port_numbers(device, ports.data(), deepest);
  std::string path;
  for (int i = 0; i < count; ++i) {
    path += (i == 0 ? "-" : ".") + std::to_string(ports[static_cast<std::size_t>(i)]);
  }
  return path.empty() ? path : std::to_string(libusb_get_bus_number(device)) + path;
}

UsbSeen seen(libusb_device* device) {
  libusb_device_descriptor descriptor{};
  libusb_get_device_descriptor(device, &descriptor);  // the library has it: it can not fail
  return {descriptor.idVendor, descriptor.idProduct, port_path(device), "",
          std::uint32_t{libusb_get_bus_number(device)} << 8 | libusb_get_device_address(device)};
}

// The kernel read it when the device came.
std::string serial_number(const std::string& port) {
  std::ifstream in("/sys/bus/usb/devices/" + port + "/serial");
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

std::shared_ptr<UsbContext> UsbContext::acquire() {
  static std::mutex mutex;
  static std::weak_ptr<UsbContext> current;
  const std::lock_guard lock(mutex);
  auto context = current.lock();
  if (!context) {
    context.reset(new UsbContext);
    current = context;
  }
  return context;
}

UsbContext::UsbContext() {
  const int error = libusb_init(&context_);
  if (error != 0) {
    throw Error(ErrorKind::unavailable, std::string("this system gives no access to USB (") +
                                            libusb_strerror(error) +
                                            "): is /dev/bus/usb there for this program?");
  }
  const int events = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
  // Where the library has no hot-plug, links find their device by trying again.
  libusb_hotplug_register_callback(context_, events, 0, LIBUSB_HOTPLUG_MATCH_ANY,
                                   LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                   UsbContextCalls::changed, this, &hotplug_);
  thread_ = std::thread([this] { run(); });
}

UsbContext::~UsbContext() {
  libusb_hotplug_deregister_callback(context_, hotplug_);
  ending_ = true;
  libusb_interrupt_event_handler(context_);
  thread_.join();
  libusb_exit(context_);
}

void UsbContext::run() {
  while (!ending_) {
    timeval longest{60, 0};
    libusb_handle_events_timeout_completed(context_, &longest, nullptr);
  }
}

void UsbContext::changed(libusb_device* device, bool arrived) {
  const UsbSeen which = seen(device);
  const UsbChange change{arrived, which.vendor, which.product, which.port, which.plug};
  std::vector<Watcher> watchers;
  {
    const std::lock_guard lock(watchers_mutex_);
    std::erase_if(watchers_, [](const Watcher& one) { return one.told.expired(); });
    watchers = watchers_;
  }
  for (const Watcher& watcher : watchers) {
    boost::asio::post(watcher.executor, [weak = watcher.told, change] {
      if (const auto told = weak.lock()) (*told)(change);
    });
  }
}

std::vector<UsbContext::Found> UsbContext::devices() const {
  libusb_device** list = nullptr;
  const ssize_t count = libusb_get_device_list(context_, &list);
  std::vector<Found> found;
  for (ssize_t i = 0; i < count; ++i) {
    Found one{seen(list[i]), {list[i], libusb_unref_device}};
    if (one.seen.port.empty()) continue;
    one.seen.serial = serial_number(one.seen.port);
    found.push_back(std::move(one));
  }
  libusb_free_device_list(list, 0);
  std::ranges::sort(found, {}, [](const Found& one) { return one.seen.port; });
  return found;
}

std::shared_ptr<UsbDevice> UsbContext::open(const Found& found, int& error) {
  error = 0;
  {
    const std::lock_guard lock(open_mutex_);
    std::erase_if(open_, [](const auto& entry) { return entry.second.expired(); });
    const auto opened = open_.find(found.device.get());
    auto device = opened == open_.end() ? nullptr : opened->second.lock();
    if (device) return device;
  }
  // Without the lock: it may last. Aside there is one call for a device at a time.
  libusb_device_handle* handle = nullptr;
  error = libusb_open(found.device.get(), &handle);
  if (error != 0) return nullptr;
  auto device = std::make_shared<UsbDevice>(shared_from_this(), handle, found.seen);
  const std::lock_guard lock(open_mutex_);
  open_[found.device.get()] = device;
  return device;
}

std::shared_ptr<void> UsbContext::watch(boost::asio::any_io_executor executor, Told told) {
  auto token = std::make_shared<Told>(std::move(told));
  const std::lock_guard lock(watchers_mutex_);
  watchers_.push_back({std::move(executor), token});
  return token;
}

}  // namespace cartwright::link
