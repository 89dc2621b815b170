#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "simulators/protocols/zvt.hpp"
#include "simulators/registry.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {

// One payment as a cart makes it, driver and simulated terminal in one virtual time, with one harm
// done to one message on the way. What the cart then believes is compared with what the terminal
// has done.
class ZvtStory {
 public:
  enum class Harm {
    none,
    lose_to_terminal,  // the message does not arrive
    lose_from_terminal,
    spoil_to_terminal,  // its last byte is wrong
    spoil_from_terminal,
    cut_line,        // after it, for a second
    restart_cart,    // after it
    reboot_terminal  // after it
  };
  struct Setting {
    std::string transport = "tcp";
    Harm harm = Harm::none;
    std::size_t at = 0;  // the message that is harmed, counted from the order on
    std::string more = R"("exclusive":true)";
    simulators::OptionValues terminal = {};
    std::optional<std::uint64_t> crash_in_call = {};
  };
  // What the cart believes in the end; nothing: it does not know, a person must ask.
  using Belief = std::optional<std::int64_t>;
  static constexpr std::int64_t amount = 1250;

  explicit ZvtStory(Setting setting)
      : setting_(std::move(setting)),
        rig("terminal-zvt", R"({"transport":")" + setting_.transport + "\"," + setting_.more + "}"),
        terminal_(make()) {
    if (setting_.crash_in_call) rig.crash_in_call(*setting_.crash_in_call);
    rig.link_up();
  }

  Belief pay() {
    const Rig::Done before = ask(R"({"baseline":{}})");
    receipt_ = before.result.value("receipt", 0);
    trace_ = before.result.value("trace", 0);
    armed_ = true;
    const auto end = command(order("authorize", ""),
                             {.soft = std::chrono::seconds(40), .hard = std::chrono::seconds(60)});
    armed_ = false;
    status = end ? end->status : "the cart died";
    if (status == "ok") return end->result.value("amount_minor", std::int64_t{-1});
    if (status == "declined" || status == "cancelled" || status == "busy") return 0;
    return look_up();
  }

  // Asks what became of it, a few times, as a person would.
  Belief look_up() {
    for (int i = 0; i < 4; ++i) {
      run(std::chrono::seconds(25));
      const std::string baseline =
          R"(,"receipt":)" + std::to_string(receipt_) + R"(,"trace":)" + std::to_string(trace_);
      const Rig::Done found = ask(order("lookup", baseline));
      looked_up = found.status;
      if (found.status == "ok") return found.result.value("amount_minor", std::int64_t{-1});
      if (found.status == "declined" || found.status == "not_found") return 0;
    }
    return std::nullopt;
  }

  void run(std::chrono::nanoseconds time) {
    const auto end = now_ + time;
    while (now_ < end) step(end);
  }

  std::int64_t taken() const { return simulators::zvt_taken(*terminal_); }
  std::size_t charges() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        simulators::zvt_journal(*terminal_),
        [](const auto& one) { return one.kind == simulators::ZvtTransaction::Kind::payment; }));
  }
  const simulators::Simulator& terminal() const { return *terminal_; }
  simulators::Simulator& terminal() { return *terminal_; }
  // Messages that passed since the order was given.
  std::size_t messages() const { return messages_; }

 private:
  Setting setting_;

 public:
  Rig rig;
  std::string status;     // how the order ended
  std::string looked_up;  // how the last lookup ended

 private:
  std::unique_ptr<simulators::Simulator> make() const {
    simulators::OptionValues options = setting_.terminal;
    options["transport"] = setting_.transport;
    return simulators::find_protocol("zvt").make(options);
  }

  static std::string order(const std::string& name, const std::string& more) {
    return R"({")" + name + R"(":{"amount_minor":)" + std::to_string(amount) +
           R"(,"currency":"978","key":"trip-1")" + more + "}}";
  }

  Rig::Done ask(const std::string& json) {
    const auto end =
        command(json, {.soft = std::chrono::seconds(10), .hard = std::chrono::seconds(15)});
    return end.value_or(Rig::Done{"the cart died", nullptr});
  }

  // Nothing where the cart died before its end.
  std::optional<Rig::Done> command(const std::string& json, Rig::Within within) {
    const auto op = rig.command(json, within);
    died_ = false;
    while (!died_ && rig.is_open(op)) step(now_ + std::chrono::seconds(1));
    if (died_) return std::nullopt;
    return rig.done(op);
  }

  void step(std::chrono::nanoseconds end) {
    auto to = std::min(end, now_ + std::chrono::milliseconds(50));
    if (const auto next = terminal_->next_due()) to = std::min(to, *next);
    to = std::max(to, now_ + std::chrono::milliseconds(1));
    rig.advance(to - now_);
    now_ = to;
    if (plug_at_ && *plug_at_ <= now_) {
      plug_at_.reset();
      rig.link_up();
    }
    exchange();
  }

  void exchange() {
    pass_from_terminal(terminal_->due(now_));
    for (bool more = true; more;) {
      more = false;
      for (const auto& write : rig.take_wire()) {
        more = true;
        pass_to_terminal(to_bytes(write.data));
      }
    }
  }

  void pass_to_terminal(Bytes bytes) {
    const bool hit = is_hit();
    if (hit && setting_.harm == Harm::lose_to_terminal) return;
    if (hit && setting_.harm == Harm::spoil_to_terminal) bytes.back() ^= std::byte{0x40};
    if (away()) return;
    Bytes answer = terminal_->bytes_in(bytes, now_);
    if (hit) after_harm();
    pass_from_terminal(std::move(answer));
  }

  void pass_from_terminal(Bytes bytes) {
    if (bytes.empty()) return;
    const bool hit = is_hit();
    if (hit && setting_.harm == Harm::lose_from_terminal) return;
    if (hit && setting_.harm == Harm::spoil_from_terminal) bytes.back() ^= std::byte{0x40};
    if (away()) return;
    rig.arrive(as_text(bytes));
    if (hit) after_harm();
  }

  bool is_hit() { return armed_ && messages_++ == setting_.at; }
  bool away() const { return plug_at_.has_value(); }

  void after_harm() {
    if (setting_.harm == Harm::cut_line) {
      rig.take_wire();
      rig.link_down();
      plug_at_ = now_ + std::chrono::seconds(1);
    } else if (setting_.harm == Harm::restart_cart) {
      rig.take_wire();
      rig.restart();
      plug_at_ = now_ + std::chrono::seconds(1);
      died_ = true;
    } else if (setting_.harm == Harm::reboot_terminal) {
      terminal_->reboot(now_);
    }
  }

  std::unique_ptr<simulators::Simulator> terminal_;
  std::chrono::nanoseconds now_{0};
  std::optional<std::chrono::nanoseconds> plug_at_;
  std::int64_t receipt_ = 0;
  std::int64_t trace_ = 0;
  std::size_t messages_ = 0;
  bool armed_ = false;
  bool died_ = false;
};

}  // namespace cartwright::test
