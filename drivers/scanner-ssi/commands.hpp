#pragma once

#include <cartwright/driver/driver.hpp>

#include "parameters.hpp"
#include "protocol.hpp"

namespace cartwright::ssi {

using driver::Fx;

// What goes before a message, SSI Programmer's Guide, "Hardware Signals".
enum class Handshake : std::uint8_t {
  none,
  wakeup,   // a byte 0 wakes the scanner, the message follows it
  rts_cts,  // RTS asks, CTS allows, and RTS falls when the message is out
};

struct Command {
  std::uint64_t op = 0;  // 0: the driver's own
  std::uint8_t code = 0;
  std::uint8_t value = 0;
  bool has_value = false;
};

// Everything that the host says: answers at once, commands one after another, each until it is
// answered. A flat member of the driver's state.
class Sender {
 public:
  struct Options {
    Handshake handshake = Handshake::none;
    std::chrono::milliseconds answer{2000};
    std::uint32_t retries = 2;
    ParameterBytes parameters{};  // of PARAM_SEND
    bool permanent = false;
  };
  void configure(const Options& options) { options_ = options; }

  void link_up(Fx& fx);
  void link_down(Fx& fx);

  // CMD_ACK goes out once the call's events are durable, CMD_NAK at once.
  void acknowledge(Fx& fx);
  void refuse(std::uint8_t cause, Fx& fx);

  // Where there is no room or no line, the command ends at once.
  void add(const Command& command, Fx& fx);
  // False where `op` is none of these commands.
  bool cancel(const driver::Cancel& cancel, Fx& fx);

  // --- what the scanner said
  void got_ack(Fx& fx);
  void got_nak(std::uint8_t cause, Fx& fx);
  void got_reply(std::uint8_t code, Fx& fx);
  // It does not answer; got any packet, it does again.
  bool silent() const { return silent_; }
  void heard() { silent_ = false; }

  // --- what the host said. False for what is not the sender's.
  bool on_timer(std::uint64_t id, Fx& fx);
  void on_lines(std::uint32_t lines, Fx& fx);
  void on_io_done(const driver::IoDone& done, Fx& fx);

 private:
  enum class Doing : std::uint8_t { nothing, waking, on_the_line, awaiting_answer };
  enum class Line : std::uint8_t { free, asked, raised, sending };

  bool needs_line() const { return options_.handshake == Handshake::rts_cts; }
  void next(Fx& fx);
  void send_current(Fx& fx);
  Frame current_frame() const;
  void sent(Fx& fx);
  void again(std::int32_t status, Fx& fx);
  void end_current(std::int32_t status, Fx& fx);

  void answer(Fx& fx, bool after_commit);
  void ask_for_line(Fx& fx, bool after_commit);
  void use_line(Fx& fx);
  void give_line_back(Fx& fx);

  Options options_;
  driver::FixedVector<Command, 12> waiting_;
  Command current_;
  Doing doing_ = Doing::nothing;
  std::uint32_t tries_ = 0;
  bool up_ = false;
  bool silent_ = false;

  // With RTS and CTS alone.
  Line line_ = Line::free;
  bool clear_to_send_ = false;
  bool sending_answer_ = false;
  std::uint8_t owed_ = 0;  // an answer that waits for the line: its opcode, 0 for none
  std::uint8_t owed_cause_ = 0;
};

}  // namespace cartwright::ssi
