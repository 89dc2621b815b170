#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guest.hpp"
#include "simulators/runner.hpp"
#include "usb_socket.hpp"

namespace cartwright::hardware {

// USB sockets of the guest for emulated devices, from 1; the adapter has the one behind them.
inline constexpr unsigned kSockets = 3;

// The one machine of the whole stage: booted before the first test, with every emulated device
// wired and none but the root hub plugged. A test plugs what it needs and unplugs it again.
class Stage {
 public:
  // Packs the guest. Throws std::runtime_error where something is missing.
  Stage();
  // Boots it; before anything below. Throws where it never comes up.
  void boot();

  Loop& loop() { return loop_; }
  Machine& machine() { return *machine_; }
  Guest& guest() { return *guest_; }
  // The scale behind the serial adapter.
  simulators::Runner& scale() { return *scale_; }

  UsbSocket& socket(unsigned port) { return *sockets_.at(port - 1); }
  // Plugs a device in and waits until the kernel has taken it as 1-PORT; takes it out again.
  void plug(unsigned port, std::shared_ptr<simulators::HidDevice> device, bool out_pipe);
  void unplug(unsigned port);

  // The adapter that QEMU emulates (FTDI, with a serial number) is put into its socket or taken
  // out.
  void plug_adapter();
  void unplug_adapter();
  // What QEMU traced of the adapter so far: its control requests, and the line settings they made.
  std::string adapter_trace() const;

  // Where the time went, for people: "packing 2.3 s, boot 6.9 s".
  const std::string& times() const { return times_; }
  // The last of the guest's kernel messages.
  std::string console_tail() const;

 private:
  void pack();
  void note(const std::string& what, Clock::time_point since);

  std::filesystem::path folder_;
  Loop loop_;
  std::unique_ptr<simulators::Runner> scale_;
  std::vector<std::unique_ptr<UsbSocket>> sockets_;
  std::unique_ptr<Machine> machine_;
  std::unique_ptr<Guest> guest_;
  std::string times_;
};

// The stage that main() made; for tests.
Stage& stage();

}  // namespace cartwright::hardware
