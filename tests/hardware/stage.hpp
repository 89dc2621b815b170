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

// USB sockets of the guest for emulated devices, from 1; the adapters have those behind them.
inline constexpr unsigned kSockets = 3;

// Serial adapters that QEMU emulates (FTDI), all of one model, each with a serial number of its own
// and a device behind it.
enum class Adapter : unsigned { scale, scanner };
inline constexpr unsigned kAdapters = 2;
inline constexpr const char* kAdapterSerials[] = {"CW8217", "CW5740"};
// The guest's socket for it: kernel and `cartwright devices` name it 1-SOCKET.
constexpr unsigned socket_of(Adapter adapter) {
  return kSockets + 1 + static_cast<unsigned>(adapter);
}

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
  // What stands behind the adapter.
  simulators::Runner& behind(Adapter adapter) {
    return *behind_.at(static_cast<std::size_t>(adapter));
  }

  UsbSocket& socket(unsigned port) { return *sockets_.at(port - 1); }
  // Plugs a device in and waits until the kernel has taken it as 1-PORT; takes it out again.
  void plug(unsigned port, std::shared_ptr<simulators::HidDevice> device, bool out_pipe);
  void unplug(unsigned port);

  // Put into its socket until the port stands there under this name; taken out until it is gone.
  void plug_adapter(Adapter adapter, const std::string& node);
  void unplug_adapter(Adapter adapter, const std::string& node);
  // What QEMU traced of the adapters so far: control requests, and the line settings they made.
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
  std::vector<std::unique_ptr<simulators::Runner>> behind_;
  std::vector<std::unique_ptr<UsbSocket>> sockets_;
  std::unique_ptr<Machine> machine_;
  std::unique_ptr<Guest> guest_;
  std::string times_;
};

// The stage that main() made; for tests.
Stage& stage();

}  // namespace cartwright::hardware
