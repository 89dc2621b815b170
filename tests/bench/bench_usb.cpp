// From an emulated USB report to the link's listener and to the event in the app's listener.

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include "bench/figures.hpp"
#include "bench/raw_usb.hpp"
#include "bench/scratch.hpp"
#include "host/devices.hpp"
#include "link/link.hpp"
#include "support/usb/mock_usb.hpp"

namespace cartwright::bench {
namespace {

constexpr const char* kHelp =
    "Reports of an emulated HID scanner to the link's listener and to the scanner's event,\n"
    "beside a bare libusb callback on the same device. The kernel's side is played in this\n"
    "process, at the cost of a function call.";
constexpr std::chrono::seconds kPatience{10};
// Scans are rare: between two the threads go to sleep, as they do on a cart.
constexpr std::chrono::microseconds kPause{300};
constexpr const char* kUri = "hid:05e0:1900";

Bytes scan() {
  Bytes report(62);
  report[0] = std::byte{2};
  constexpr std::string_view label = "]E04006381333931";
  report[1] = static_cast<std::byte>(label.size() - 3);
  std::ranges::copy(as_bytes(label), report.begin() + 2);
  return report;
}

// Whoever has the device open.
class Reader {
 public:
  virtual ~Reader() = default;

  Clock::duration deliver(test::MockUsbDevice& device) {
    const Bytes report = scan();
    const auto begin = Clock::now();
    device.send(0x81, report);
    if (!arrived_.try_acquire_for(kPatience)) throw std::runtime_error("a report did not arrive");
    return at_ - begin;
  }

 protected:
  void received(Clock::time_point at) {
    at_ = at;
    arrived_.release();
  }
  void up() { up_.release(); }
  void wait_until_up() {
    if (!up_.try_acquire_for(kPatience)) throw std::runtime_error("the device does not come up");
  }

 private:
  Clock::time_point at_;
  std::binary_semaphore arrived_{0};
  std::binary_semaphore up_{0};
};

class RawReader : public Reader {
 public:
  RawReader() : raw_(0x05e0, 0x1900, [this](Clock::time_point at) { received(at); }) {}

 private:
  RawUsb raw_;
};

class LinkReader : public Reader, private link::Listener {
 public:
  LinkReader() : link_(link::make_link(kUri, io_.get_executor())) {
    link_->start(*this);
    thread_ = std::thread([this] { io_.run(); });
    wait_until_up();
  }
  ~LinkReader() override {
    boost::asio::post(io_, [this] {
      link_->stop();
      io_.stop();
    });
    thread_.join();
  }

 private:
  void link_up(const link::UpInfo&) override { up(); }
  void link_data(std::uint32_t, ByteView) override { received(Clock::now()); }
  void link_lines(const link::ModemLines&) override {}
  void link_down(link::DownReason, const std::string& text) override {
    throw std::runtime_error(text);
  }

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      io_.get_executor()};
  std::unique_ptr<link::Link> link_;
  std::thread thread_;
};

class EventReader : public Reader, private host::DevicesListener {
 public:
  EventReader(host::Isolation isolation, const std::filesystem::path& state)
      : plugins_(host::plugin_search_path({})),
        devices_({config(isolation)}, plugins_, state, *this) {
    devices_.start();
    wait_until_up();
  }

 private:
  static host::DeviceConfig config(host::Isolation isolation) {
    host::DeviceConfig config;
    config.name = "scanner0";
    config.driver = "scanner-hid-pos";
    config.links = {kUri};
    config.isolation = isolation;
    config.place = "bench";
    return config;
  }
  void unit_events(std::vector<std::string>, std::vector<host::Record>,
                   std::function<void()> committed) override {
    const auto now = Clock::now();
    committed();
    received(now);
  }
  void unit_changed(const std::string&, const std::string&, host::DeviceState state,
                    const std::string&) override {
    if (state == host::DeviceState::up) up();
  }

  host::PluginIndex plugins_;
  host::Devices devices_;
};

// What the figures hold is ours: usbfs is answered on the calling thread. Played by umockdev, a
// call takes a tenth of a millisecond and one that waits holds up the others: to submit the
// transfer again, which comes before an isolated plugin's answer is read, then looked like our
// latency.
void measure(Figures& figures) {
  const ScratchFolder folder;
  test::MockUsbBus bus;
  test::MockUsbDevice device(bus, test::mock_scanner());
  device.plug();
  struct Kind {
    std::function<std::unique_ptr<Reader>()> make;
    Samples taken;
  };
  Kind raw{[] { return std::make_unique<RawReader>(); }, {}};
  Kind plain{[] { return std::make_unique<LinkReader>(); }, {}};
  Kind in_line{
      [&] { return std::make_unique<EventReader>(host::Isolation::in_line, folder.path()); }, {}};
  Kind isolated{
      [&] { return std::make_unique<EventReader>(host::Isolation::process, folder.path()); }, {}};
  // One has the device at a time, for so many reports; in turns.
  const int turns = figures.rounds(10, 1);
  const int reports = figures.rounds(200, 5);
  for (int turn = 0; turn < turns; ++turn) {
    for (Kind* const kind : {&raw, &plain, &in_line, &isolated}) {
      const auto reader = kind->make();
      for (int i = -reports / 20; i < reports; ++i) {
        const auto taken = reader->deliver(device);
        if (i >= 0) kind->taken.add(taken);  // what comes first warms up
        std::this_thread::sleep_for(kPause);
      }
    }
  }
  const std::string rival = "bare libusb callback";
  figures.add("usb.link", plain.taken, "us", rival, raw.taken);
  figures.add("usb.event_inline", in_line.taken, "us", rival, raw.taken);
  figures.add("usb.event_isolated", isolated.taken, "us", rival, raw.taken);
}

}  // namespace
}  // namespace cartwright::bench

int main(int argc, char** argv) {
  using namespace cartwright::bench;
  return run_bench(argc, argv, kHelp, measure);
}
