#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "wire.hpp"

namespace cartwright::hardware {

using Json = nlohmann::json;

// What QEMU is given beside the guest itself.
struct MachineParts {
  std::string kernel;
  std::string image;
  std::string log;                     // file for what QEMU says and traces
  std::vector<std::string> arguments;  // devices
};

// A PC in software emulation, the same on every machine. It has a console for kernel messages and
// two virtio ports: one for the guest's shell, one for a program that stays. Dies with the object
// and with this process.
class Machine {
 public:
  // Starts it. Throws std::runtime_error where that fails.
  Machine(Loop& loop, const MachineParts& parts, std::vector<int> inherited);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  const LineWire& console() const { return console_; }
  LineWire& shell_port() { return shell_; }
  LineWire& program_port() { return program_; }

  // A command of QEMU's monitor protocol: its return value. Throws where QEMU refuses.
  Json execute(const std::string& command, const Json& arguments = Json::object());
  // Waits for the monitor's event with these data, as far as they are given.
  void await_event(const std::string& name, const Json& data);

 private:
  void start(const MachineParts& parts, std::vector<int> inherited);
  Json next_message(const std::string& what);

  Loop& loop_;
  WireEnds console_ends_ = make_wire();
  WireEnds shell_ends_ = make_wire();
  WireEnds program_ends_ = make_wire();
  WireEnds monitor_ends_ = make_wire();
  LineWire console_;
  LineWire shell_;
  LineWire program_;
  LineWire monitor_;
  std::vector<Json> events_;  // of the monitor, not yet awaited
  pid_t process_ = -1;
};

}  // namespace cartwright::hardware
