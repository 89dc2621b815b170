#pragma once

// The conversation with a Bluetooth controller: made ready, kept scanning, asked whether it lives.

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

#include "hci.hpp"

namespace cartwright::ble {

using driver::Fx;
using std::chrono::nanoseconds;

// One command at a time, and only when the controller takes one (Num_HCI_Command_Packets).
class Controller {
 public:
  static constexpr std::uint64_t answer_timer = 1;
  static constexpr std::uint64_t silence_timer = 2;

  // Both in units of 0.625 ms. `silence` 0: a controller may be silent for ever.
  void configure(std::uint32_t interval, std::uint32_t window, nanoseconds silence);

  void up(Fx& fx);
  void down(Fx& fx);
  // A whole event that is no advertising report.
  void event(const Packet& packet, Fx& fx);
  // Something sound has come from the controller.
  void heard(Fx& fx) { last_heard_ = fx.now().monotonic; }
  void timer(std::uint64_t id, Fx& fx);

  // Ends `op` when the controller scans, or does not any more; at once where that is so.
  void enable(std::uint64_t op, bool enabled, Fx& fx);
  bool is_enabled() const { return wanted_; }
  void check_health(std::uint64_t op, Fx& fx);
  // False where no such command is open.
  bool cancel(std::uint64_t op, std::int32_t status, Fx& fx);

 private:
  // In their order; `ready`: nothing is left but scanning on or off.
  enum class Step : std::uint8_t {
    off,
    reset,
    version,
    event_mask,
    le_event_mask,
    features,
    scan_parameters,
    ready
  };
  struct Open {
    std::uint64_t op = 0;
    bool is_health = false;
  };

  void restart(Fx& fx);
  void pump(Fx& fx);
  void send(Opcode opcode, ByteView parameters, Fx& fx);
  void send_step(Fx& fx);
  void send_scan_parameters(Fx& fx);
  void send_scan_enable(Fx& fx);
  void complete(Opcode opcode, ByteView results, Fx& fx);
  void take_credits(std::uint8_t credits, Fx& fx);
  void no_answer(Fx& fx);
  void tell_version(ByteView results, Fx& fx);
  void end(bool health, std::int32_t status, Fx& fx);
  bool has_open(bool health) const;

  std::uint32_t interval_ = 0;
  std::uint32_t window_ = 0;
  nanoseconds silence_{0};

  Step step_ = Step::off;
  Opcode awaited_ = Opcode::none;
  std::uint8_t credits_ = 0;
  bool extended_ = false;
  bool wanted_ = true;     // scanning, as the app wants it
  bool scanning_ = false;  // as the controller does
  bool told_silent_ = false;
  bool told_version_ = false;
  std::uint32_t tries_ = 0;
  nanoseconds last_heard_{0};
  driver::FixedVector<Open, 8> open_;
};

}  // namespace cartwright::ble
