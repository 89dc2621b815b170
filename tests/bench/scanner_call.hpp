#pragma once

#include <cstdint>

#include "bench/scratch.hpp"
#include "host/engine_inline.hpp"
#include "host/loader.hpp"
#include "host/session.hpp"

namespace cartwright::bench {

// The scanner's driver in this process without link, device and threads: what a call alone costs.
class ScannerCall : private host::SessionSink, private host::EngineListener {
 public:
  ScannerCall()
      : plugin_(host::Plugin::load(program_folder() / "../lib/cartwright/plugins" /
                                   "scanner-serial.so")),
        engine_(*plugin_.driver(), init_block()),
        session_({1, 1}, plugin_.driver()->state_size, {}, *this) {
    engine_.start(*this);
    session_.link_up(0, link::Shape::stream, {});
    pump();
  }

  // One arrival, through to the event.
  void scan(std::string_view bytes) {
    session_.data(0, 0, as_bytes(bytes));
    pump();
  }

  std::uint64_t events() const { return events_; }
  // Of the last call, in bytes.
  std::size_t input_size() const { return input_size_; }
  std::size_t effects_size() const { return effects_size_; }
  const cw_driver& driver() const { return *plugin_.driver(); }
  host::InitBlock init_block() const {
    return {host::check_settings(plugin_.manifest(), "{}", "bench"), {1, 1}, {}};
  }

 private:
  void on_event(const cw_record&) override { ++events_; }
  void engine_ready(std::uint32_t) override {}
  void engine_refused(const std::string& text) override { throw std::runtime_error(text); }
  void engine_replied(const host::CallReply&) override {}
  void engine_died(host::Loss, const std::string& text) override { throw std::runtime_error(text); }

  void pump() {
    now_.monotonic_ns += 1000;
    while (const host::CallRequest* request = session_.next_call(now_)) {
      const auto reply = engine_.call(*request);
      input_size_ = request->input.size();
      effects_size_ = reply->effects.size();
      session_.commit(*reply);
    }
  }

  host::Plugin plugin_;
  host::InlineEngine engine_;
  host::Session session_;
  cw_now now_{};
  std::uint64_t events_ = 0;
  std::size_t input_size_ = 0;
  std::size_t effects_size_ = 0;
};

}  // namespace cartwright::bench
