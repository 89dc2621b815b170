#pragma once

#include <cartwright/driver/driver.hpp>

#include <utility>

#include "ledger.hpp"
#include "line.hpp"

namespace cartwright::zvt {

// One payment terminal. The cart gives a command, the terminal accepts it (80 00), has the say
// until its completion (06 0F) or abort (06 1E), and gives it back. README.md has the table.
class Terminal {
 public:
  std::string_view configure(const driver::Settings& settings);

  void on(const driver::Start& start, Fx& fx);
  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(Bytes in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::IoDone& io, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);

  void on(const driver::Authorize& order, Fx& fx) { begin_money(order, Kind::authorize, fx); }
  void on(const driver::Refund& order, Fx& fx) { begin_money(order, Kind::refund, fx); }
  void on(const driver::Reverse& order, Fx& fx) { begin_money(order, Kind::reverse, fx); }
  void on(const driver::Preauthorize& order, Fx& fx) { begin_money(order, Kind::preauthorize, fx); }
  void on(const driver::ReversePreauthorization& order, Fx& fx) {
    begin_money(order, Kind::reverse_preauthorization, fx);
  }
  void on(const driver::Lookup& order, Fx& fx);
  void on(const driver::Baseline& order, Fx& fx);
  void on(const driver::RepeatReceipt& order, Fx& fx) { begin(order.op, Kind::repeat_receipt, fx); }
  void on(const driver::EndOfDay& order, Fx& fx) { begin(order.op, Kind::end_of_day, fx); }
  void on(const driver::Diagnose& order, Fx& fx) { begin(order.op, Kind::diagnose, fx); }
  void on(const driver::Enquire& order, Fx& fx) { begin(order.op, Kind::enquire, fx); }
  void on(const driver::CheckHealth& order, Fx& fx) { begin(order.op, Kind::check_health, fx); }
  void on(const driver::Enable& order, Fx& fx) {
    begin(order.op, order.enabled ? Kind::enable : Kind::log_off, fx);
  }

 private:
  enum class Stage : std::uint8_t {
    idle,    // the cart has the say
    asked,   // a command is with the terminal, not accepted yet
    working  // the terminal has the say
  };
  // Timers beside the line's.
  static constexpr std::uint64_t answer_timer = 10;  // T3: neither accepted nor refused
  static constexpr std::uint64_t idle_timer = 11;    // T4: nothing heard while the terminal works
  static constexpr std::uint64_t abort_timer = 12;
  static constexpr std::uint64_t more_timer = 13;  // packets wait that one call did not take
  struct Task {
    Kind kind = Kind::none;
    bool unclear = false;    // what the terminal said of it does not fit together
    bool cancelled = false;  // by the app or its deadline
    bool in_flight = false;  // the order's write has not ended
    bool line_gone = false;  // went away meanwhile
    bool sent = false;       // the order stands in the ledger as open
    std::uint64_t op = 0;    // 0: nobody waits any more
    std::int64_t amount_minor = 0;
    std::uint64_t key = 0;
    std::uint32_t currency = 0;
    std::uint32_t receipt = 0;
    std::uint32_t trace = 0;
  };

  // terminal.cpp: commands and their ends
  bool may_begin(std::uint64_t op, Fx& fx);
  void begin(std::uint64_t op, Kind kind, Fx& fx);
  void begin_task(Fx& fx);
  void send_registration(Fx& fx);
  void send_command(Fx& fx);
  Outgoing command_of(const Task& task) const;
  void rest(Fx& fx);
  void end_question(std::int32_t status, Fx& fx);
  void failed(std::int32_t status, std::string_view why, Fx& fx);
  void silent(Fx& fx);

  // dialogue.cpp: packets of the terminal
  void work(Bytes& in, Fx& fx);
  void take(const Packet& packet, Fx& fx);
  void accepted(Fx& fx);
  void refused(std::uint8_t code, Fx& fx);
  void status(ByteView data, Fx& fx);
  void intermediate(ByteView data, Fx& fx);
  void completed(ByteView data, Fx& fx);
  void aborted(ByteView data, Fx& fx);
  void print_line(ByteView data, Fx& fx);
  void print_block(ByteView data, Fx& fx);
  void answer(bool after_commit, Fx& fx);
  void tell_facts(std::uint32_t type, const Facts& facts, Fx& fx);
  void notice(std::uint32_t type, std::uint32_t code, std::string_view text, Fx& fx);
  bool prints_are_told() const {
    return task_.kind != Kind::baseline && task_.kind != Kind::lookup;
  }

  // money.cpp: what becomes of an order
  void begin_money(const driver::Order& order, Kind kind, Fx& fx);
  void money_status(const Facts& facts, Fx& fx);
  bool adopts(const Facts& facts) const;
  void money_completed(Fx& fx);
  void money_aborted(std::uint8_t code, Fx& fx);
  void money_lost(Fx& fx);
  void end_money(std::int32_t status, Fate fate, Fx& fx);
  void abort_money(bool timed_out, Fx& fx);
  void note_order(Fate fate);
  void adopt(Fx& fx);
  void keep(Fx& fx) const;
  void stand_at(const Facts& facts);

  // questions.cpp: baseline and lookup
  bool is_last_order(const Task& asked) const;
  void answer_lookup(std::int32_t status, const Facts* facts, Fx& fx);
  void question_completed(const Completion& completion, Fx& fx);
  void conclude_lookup(Fx& fx);
  std::int32_t judge(const Task& asked) const;

  Line line_;
  std::uint32_t password_ = 0;
  std::uint32_t currency_ = 978;
  std::uint8_t charset_ = charset_cp437;
  bool serial_ = false;
  bool exclusive_ = false;
  bool cart_prints_ = true;
  bool up_ = false;
  bool registered_ = false;
  bool registering_ = false;  // the command with the terminal is the registration
  bool has_facts_ = false;    // of this dialogue
  bool abort_due_ = false;    // as soon as the terminal has accepted the order
  Stage stage_ = Stage::idle;
  std::uint32_t registered_currency_ = 0;
  std::chrono::nanoseconds heard_at_{0};  // when the terminal's last packet came
  std::chrono::milliseconds answer_time_{5000};
  std::chrono::milliseconds abort_time_{10000};
  std::chrono::milliseconds idle_time_{180000};
  Task task_;
  Facts facts_;  // of this dialogue
  Ledger ledger_;
};

// The facts as a record of `type` (an event, or a result).
using FactsRecord = driver::RecordBuilder<cw_terminal_facts, 256>;
FactsRecord facts_record(std::uint32_t type, const Facts& facts);

}  // namespace cartwright::zvt
