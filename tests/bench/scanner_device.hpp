#pragma once

#include <filesystem>
#include <semaphore>

#include "bench/samples.hpp"
#include "host/devices.hpp"
#include "link/pty_pair.hpp"

namespace cartwright::bench {

// What is written to a line and how long it took until the other side had it.
class Receiver {
 public:
  virtual ~Receiver() = default;
  // From before the write() to the moment at which the receiver's thread has the scan. Waits until
  // that thread has nothing left to do. std::runtime_error after 10 s without one.
  Clock::duration deliver(std::string_view bytes);

 protected:
  // On the receiver's thread.
  void received(Clock::time_point at);
  // The far end of the receiver's line.
  virtual int far_end() const = 0;

 private:
  Clock::time_point at_;
  std::binary_semaphore arrived_{0};
};

// A scanner on a pseudo-terminal behind the whole host, as a cart has it: link, driver (here or in
// a process of its own), records, listener.
class ScannerDevice : public Receiver, private host::DevicesListener {
 public:
  // Waits until it is up.
  ScannerDevice(host::Isolation isolation, const std::filesystem::path& state);

 private:
  int far_end() const override { return line_.master(); }
  void unit_events(std::vector<std::string> units, std::vector<host::Record> events,
                   std::function<void()> committed) override;
  void unit_changed(const std::string& unit, const std::string& class_id, host::DeviceState state,
                    const std::string& reason) override;

  link::PtyPair line_;
  std::binary_semaphore up_{0};
  host::PluginIndex plugins_;
  host::Devices devices_;
};

}  // namespace cartwright::bench
