#include "commands.hpp"

namespace cartwright::ssi {
namespace {

constexpr std::uint64_t timer_answer = 1;
constexpr std::uint64_t timer_awake = 2;
constexpr std::uint64_t timer_line = 3;

constexpr std::uint64_t token_raised = 1;
constexpr std::uint64_t token_sent = 2;

// WAKEUP: the scanner takes up to 10 ms to wake and sleeps again after a second.
constexpr std::chrono::milliseconds wake_time{20};

// Modem lines of cw_io: bit 1 is RTS.
constexpr std::uint32_t rts = 2;

// What the answer to a command is, where it is no CMD_ACK.
constexpr std::uint8_t reply_to(std::uint8_t code) {
  if (code == opcode::request_revision) return opcode::reply_revision;
  if (code == opcode::capabilities_request) return opcode::capabilities_reply;
  return opcode::ack;
}

void set_rts(Fx& fx, bool raised, bool after_commit) {
  cw_io io{};
  io.kind = CW_IO_MODEM_LINES;
  io.value = raised ? rts : 0;
  io.index = rts;
  io.token = raised ? token_raised : 0;
  io.flags = after_commit ? CW_IO_AFTER_COMMIT : 0;
  fx.request(io);
}

}  // namespace

void Sender::link_up(Fx& fx) {
  up_ = true;
  if (needs_line()) set_rts(fx, false, false);
}

void Sender::link_down(Fx& fx) {
  up_ = silent_ = clear_to_send_ = sending_answer_ = false;
  owed_ = 0;
  line_ = Line::free;
  if (doing_ != Doing::nothing) end_current(CW_LINK_DOWN, fx);
  for (const Command& command : waiting_) {
    if (command.op != 0) fx.done(command.op, CW_LINK_DOWN);
  }
  waiting_.clear();
  for (const std::uint64_t id : {timer_answer, timer_awake, timer_line}) fx.stop_timer(id);
}

// --- answers

void Sender::acknowledge(Fx& fx) {
  owed_ = opcode::ack;
  answer(fx, true);
}

void Sender::refuse(std::uint8_t cause, Fx& fx) {
  owed_ = opcode::nak;
  owed_cause_ = cause;
  answer(fx, false);
}

void Sender::answer(Fx& fx, bool after_commit) {
  if (!up_) return;
  if (needs_line()) return ask_for_line(fx, after_commit);
  const ByteView cause(&owed_cause_, owed_ == opcode::nak ? 1 : 0);
  fx.write(host_packet(owed_, 0, cause).view(), {.after_commit = after_commit});
  owed_ = 0;
}

// --- commands

void Sender::add(const Command& command, Fx& fx) {
  const bool taken = up_ && waiting_.push_back(command);
  if (!taken && command.op != 0) fx.done(command.op, up_ ? CW_BUSY : CW_LINK_DOWN);
  if (taken) next(fx);
}

void Sender::next(Fx& fx) {
  if (doing_ != Doing::nothing || waiting_.empty()) return;
  current_ = waiting_[0];
  waiting_.erase_front(1);
  tries_ = 0;
  send_current(fx);
}

void Sender::send_current(Fx& fx) {
  switch (options_.handshake) {
    case Handshake::none:
      fx.write(current_frame().view());
      return sent(fx);
    case Handshake::wakeup:
      fx.write(std::string_view("\0", 1));
      doing_ = Doing::waking;
      return fx.timer(timer_awake, wake_time);
    case Handshake::rts_cts:
      doing_ = Doing::on_the_line;
      return ask_for_line(fx, false);
  }
}

Frame Sender::current_frame() const {
  std::uint8_t status = tries_ != 0 ? status_repeated : std::uint8_t{0};
  if (current_.code != opcode::param_send) {
    const ByteView value(&current_.value, current_.has_value ? 1 : 0);
    return host_packet(current_.code, status, value);
  }
  if (options_.permanent) status = static_cast<std::uint8_t>(status | status_permanent);
  driver::FixedVector<std::uint8_t, ParameterBytes::capacity() + 1> data;
  data.push_back(0xFF);  // no beep
  data.append(options_.parameters.view());
  return host_packet(current_.code, status, data.view());
}

void Sender::sent(Fx& fx) {
  doing_ = Doing::awaiting_answer;
  fx.timer(timer_answer, options_.answer);
}

// Sends the current command once more, or gives up with `status`.
void Sender::again(std::int32_t status, Fx& fx) {
  fx.stop_timer(timer_answer);
  if (tries_ >= options_.retries) {
    if (status == CW_TIMEOUT && !silent_) {
      silent_ = true;
      fx.fault("the scanner does not answer; does it speak SSI at this line's speed?");
    }
    return end_current(status, fx);
  }
  ++tries_;
  send_current(fx);
}

void Sender::end_current(std::int32_t status, Fx& fx) {
  fx.stop_timer(timer_answer);
  doing_ = Doing::nothing;
  if (current_.op != 0) fx.done(current_.op, status);
  if (current_.op == 0 && current_.code == opcode::param_send && status == CW_DEVICE_ERROR) {
    fx.fault("the scanner refuses the parameters that its settings name");
  }
  current_ = {};
  if (up_) next(fx);
}

bool Sender::cancel(const driver::Cancel& cancel, Fx& fx) {
  const std::int32_t status = cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED;
  if (doing_ != Doing::nothing && current_.op == cancel.op) {
    // It is on its way; what comes back is no longer told.
    current_.op = 0;
    fx.done(cancel.op, status);
    return true;
  }
  for (Command& command : waiting_) {
    if (command.op != cancel.op) continue;
    command.op = 0;
    fx.done(cancel.op, status);
    return true;
  }
  return false;
}

// --- what the scanner said

void Sender::got_ack(Fx& fx) {
  if (doing_ != Doing::awaiting_answer || reply_to(current_.code) != opcode::ack) return;
  end_current(CW_OK, fx);
}

void Sender::got_reply(std::uint8_t code, Fx& fx) {
  if (doing_ == Doing::awaiting_answer && reply_to(current_.code) == code) end_current(CW_OK, fx);
}

void Sender::got_nak(std::uint8_t cause, Fx& fx) {
  if (doing_ != Doing::awaiting_answer) return;
  if (cause == cause_resend) return again(CW_DEVICE_ERROR, fx);
  end_current(cause == cause_bad_context ? CW_UNSUPPORTED : CW_DEVICE_ERROR, fx);
}

// --- time and lines

bool Sender::on_timer(std::uint64_t id, Fx& fx) {
  if (id == timer_answer) {
    if (doing_ == Doing::awaiting_answer) again(CW_TIMEOUT, fx);
    return true;
  }
  if (id == timer_awake) {
    if (doing_ != Doing::waking) return true;
    fx.write(current_frame().view());
    sent(fx);
    return true;
  }
  if (id != timer_line) return false;
  // No CTS, or the write never ended. An answer is not kept: the scanner repeats what it was for.
  const bool was_command = doing_ == Doing::on_the_line && !sending_answer_;
  owed_ = 0;
  give_line_back(fx);
  if (was_command) again(CW_TIMEOUT, fx);
  return true;
}

void Sender::ask_for_line(Fx& fx, bool after_commit) {
  if (line_ != Line::free) return;
  line_ = Line::asked;
  set_rts(fx, true, after_commit);
}

void Sender::on_lines(std::uint32_t lines, Fx& fx) {
  clear_to_send_ = (lines & CW_LINE_CTS) != 0;
  if (line_ == Line::raised && clear_to_send_) use_line(fx);
}

void Sender::on_io_done(const driver::IoDone& done, Fx& fx) {
  if (done.token == token_raised && line_ == Line::asked) {
    line_ = Line::raised;
    fx.timer(timer_line, options_.answer);
    if (clear_to_send_) use_line(fx);
  } else if (done.token == token_sent && line_ == Line::sending) {
    const bool was_command = !sending_answer_;
    give_line_back(fx);
    if (was_command && doing_ == Doing::on_the_line) sent(fx);
    if (owed_ != 0) return ask_for_line(fx, owed_ == opcode::ack);
    if (doing_ == Doing::on_the_line) ask_for_line(fx, false);
  }
}

// An answer goes before a command: the scanner waits for it.
void Sender::use_line(Fx& fx) {
  line_ = Line::sending;
  sending_answer_ = owed_ != 0;
  if (sending_answer_) {
    const ByteView cause(&owed_cause_, owed_ == opcode::nak ? 1 : 0);
    const bool ack = owed_ == opcode::ack;
    fx.write(host_packet(owed_, 0, cause).view(), {.token = token_sent, .after_commit = ack});
    owed_ = 0;
  } else if (doing_ == Doing::on_the_line) {
    fx.write(current_frame().view(), {.token = token_sent});
  } else {
    give_line_back(fx);
  }
}

void Sender::give_line_back(Fx& fx) {
  fx.stop_timer(timer_line);
  line_ = Line::free;
  sending_answer_ = false;
  set_rts(fx, false, false);
}

}  // namespace cartwright::ssi
