#pragma once

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "host/engine_inline.hpp"
#include "host/loader.hpp"
#include "host/session.hpp"

namespace cartwright::host {

// A pure driver in this process and in virtual time: no link, no thread, no clock. Requests succeed
// at once, time passes when it is told to. What tools decode with and tests of drivers stand on.
class VirtualDevice {
 public:
  // `settings`: a JSON object, checked against the manifest. What the driver does goes to `sink`.
  VirtualDevice(const cw_driver& driver, const Manifest& manifest, std::string_view settings,
                SessionSink& sink);
  ~VirtualDevice();
  VirtualDevice(const VirtualDevice&) = delete;
  VirtualDevice& operator=(const VirtualDevice&) = delete;

  // START, then each link comes up, with `descriptor` and USB ids (vendor << 16 | product) on the
  // first. Error invalid_input in the words of a driver that refuses its settings.
  void start(ByteView descriptor = {}, std::uint32_t usb_id = 0);
  // One arrival of bytes, or one message.
  void data(ByteView bytes, std::uint32_t link = 0, std::uint32_t pipe = 0);
  void link_down(std::int32_t reason, std::uint32_t link = 0);
  void link_up(ByteView descriptor = {}, std::uint32_t link = 0, std::uint32_t usb_id = 0);
  // Lets time pass; what is due happens in its order.
  void advance(std::chrono::nanoseconds time);
  // Deadlines count from now; zero: none.
  CommandStart command(Record command, std::uint32_t unit = 0,
                       std::chrono::nanoseconds soft = std::chrono::seconds(5),
                       std::chrono::nanoseconds hard = std::chrono::seconds(8));
  void cancel(std::uint64_t op);

  // What waits for more on the pipe.
  ByteView waiting(std::uint32_t link = 0, std::uint32_t pipe = 0) const;
  const SessionCounters& counters() const;
  std::uint64_t now_ns() const { return now_ns_; }

 private:
  class Wire;

  void settle();

  std::vector<link::Shape> shapes_;
  std::unique_ptr<Wire> wire_;
  InlineEngine engine_;
  Session session_;
  std::uint64_t now_ns_ = 1'000'000'000;
};

}  // namespace cartwright::host
