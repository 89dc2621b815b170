#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "link/usb_aside.hpp"
#include "link/usb_choice.hpp"

struct libusb_context;
struct libusb_device;

namespace cartwright::link {

class UsbDevice;

// A device came or went, seen by libusb's hot-plug.
struct UsbChange {
  bool arrived = false;
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::string port;
  std::uint32_t plug = 0;
};

// libusb for the whole process: one context with an event thread of its own, which begin with the
// first live link and end with the last. Its functions may be called on any thread but that one.
class UsbContext : public std::enable_shared_from_this<UsbContext> {
 public:
  // The one context, begun where there is none. Error unavailable where the system has no USB.
  static std::shared_ptr<UsbContext> acquire();
  ~UsbContext();
  UsbContext(const UsbContext&) = delete;
  UsbContext& operator=(const UsbContext&) = delete;

  struct Found {
    UsbSeen seen;
    std::shared_ptr<libusb_device> device;  // let go before the context
  };
  // What is plugged in now, hubs at the root left out. Opens nothing: serial numbers are the
  // kernel's (sysfs).
  std::vector<Found> devices() const;

  // The device opened, once in the process: whoever asks for it again gets the same. Null and
  // libusb's error in `error` where it can not be. To be called aside.
  std::shared_ptr<UsbDevice> open(const Found& found, int& error);

  // For what a device can make last, by its UsbSeen::plug.
  UsbAside& aside() { return aside_; }

  // `told` is called on `executor` for each change until the token it returns is let go, which must
  // happen on the executor.
  using Told = std::function<void(const UsbChange&)>;
  std::shared_ptr<void> watch(boost::asio::any_io_executor executor, Told told);

 private:
  struct Watcher {
    boost::asio::any_io_executor executor;
    std::weak_ptr<Told> told;
  };

  UsbContext();
  void run();
  void changed(libusb_device* device, bool arrived);
  friend struct UsbContextCalls;

  libusb_context* context_ = nullptr;
  int hotplug_ = 0;
  std::atomic<bool> ending_{false};
  std::mutex watchers_mutex_;
  std::vector<Watcher> watchers_;
  UsbAside aside_;
  std::mutex open_mutex_;
  std::map<libusb_device*, std::weak_ptr<UsbDevice>> open_;
  std::thread thread_;
};

}  // namespace cartwright::link
