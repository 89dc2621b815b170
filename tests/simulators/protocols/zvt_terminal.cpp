// What the terminal says when, and what it makes of the cart's answers.

#include "simulators/protocols/zvt_terminal.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto answer_time = 5s;  // T3
constexpr int most_status = 3;    // how often a status information is sent in all

}  // namespace

ZvtTerminal::ZvtTerminal(const Options& options)
    : link_(options.choice("transport", {"serial", "tcp"}) == "serial"),
      password_(options.number("password", 0, 999'999)),
      receipt_(options.number("receipt", 0, 9999)),
      trace_(options.number("trace", 0, 999'999)),
      card_time_(std::chrono::milliseconds(options.number("card_ms", 0, 600'000))),
      host_time_(std::chrono::milliseconds(options.number("host_ms", 0, 600'000))),
      pan_(options.text("pan")),
      masks_(options.choice("masks", {"yes", "no"}) == "yes"),
      reverses_(options.choice("unanswered", {"keep", "reverse"}) == "reverse"),
      insists_(options.choice("insists", {"yes", "no"}) == "yes"),
      removed_(options.choice("removed", {"yes", "no"}) == "yes"),
      twice_(options.choice("twice", {"yes", "no"}) == "yes"),
      repeats_(options.choice("repeats", {"yes", "no"}) == "yes") {}

Bytes ZvtTerminal::bytes_in(ByteView bytes, nanoseconds now) {
  link_.receive(bytes, now);
  while (const auto packet = link_.take()) take(*packet, now);
  go_on(now);
  return link_.flush();
}

Bytes ZvtTerminal::happen(const link::Happening& what, nanoseconds) {
  if (what.action == "approve") {
    decline_.reset();
  } else if (what.action == "decline") {
    decline_ = what.args.at(0);
  } else if (what.action == "busy") {
    busy_next_ = true;
  } else if (what.action == "mute") {
    mute_next_ = true;
  } else {
    refuse_action(what, "terminal");
  }
  return {};
}

std::optional<nanoseconds> ZvtTerminal::next_due() const {
  std::optional<nanoseconds> next = link_.next_due();
  const auto earlier = [&](nanoseconds at) { next = next ? std::min(*next, at) : at; };
  if (awaiting_) {
    earlier(wait_until_);
  } else if (!steps_.empty()) {
    earlier(next_at_);
  }
  return next;
}

Bytes ZvtTerminal::due(nanoseconds now) {
  link_.due(now);
  if (awaiting_ && wait_until_ <= now) unanswered(now);
  go_on(now);
  return link_.flush();
}

void ZvtTerminal::reboot(nanoseconds) {
  if (reverses_ && open_) reverse(*open_);
  open_.reset();
  link_.reset();
  steps_.clear();
  awaiting_ = registered_ = card_read_ = mute_ = false;
}

void ZvtTerminal::say(unsigned control, Bytes data, nanoseconds now) {
  if (!mute_) link_.send({control, std::move(data)}, now);
}

void ZvtTerminal::take(const ZvtPacket& packet, nanoseconds now) {
  if ((packet.control & 0x8000) != 0) return answered(packet.control, now);
  if (packet.control == 0x06B0) return abort(now);
  if (!steps_.empty() || awaiting_) return say(0x849C, {}, now);  // the cart has not the say
  const ZvtFields fields(packet);
  if (std::exchange(busy_next_, false)) return say(0x849C, {}, now);
  if (!fields.good || (fields.password && *fields.password != password_)) {
    return say(0x849A, {}, now);
  }
  const bool money = packet.control == 0x0601 || packet.control == 0x0622 ||
                     packet.control == 0x0631 || packet.control == 0x0630 ||
                     packet.control == 0x0625;
  if (money && !registered_) return say(0x846B, {}, now);
  begin(packet.control, fields, now);
}

void ZvtTerminal::abort(nanoseconds now) {
  say(0x8000, {}, now);
  if (steps_.empty() || card_read_ || insists_ || open_) return;
  steps_.clear();
  awaiting_ = false;
  then(20ms, 0x061E, zvt_hex("6c"));
  next_at_ = now + 20ms;
}

void ZvtTerminal::go_on(nanoseconds now) {
  while (!awaiting_ && !steps_.empty() && next_at_ <= now) {
    const ZvtPacket packet = steps_.front().packet();
    sent_ = packet;
    asked_ = 1;
    if (mute_) {  // works on and says nothing
      pop(now);
      continue;
    }
    link_.send(packet, now);
    awaiting_ = true;
    wait_until_ = now + answer_time;
  }
}

void ZvtTerminal::pop(nanoseconds now) {
  steps_.pop_front();
  awaiting_ = false;
  if (!steps_.empty()) {
    next_at_ = now + steps_.front().after;
  } else {
    open_.reset();
    mute_ = false;
  }
}

void ZvtTerminal::answered(unsigned control, nanoseconds now) {
  if (!awaiting_) return;
  const bool is_status = steps_.front().is_status;
  if (control == 0x8000) {
    if (is_status) open_.reset();
    return pop(now);
  }
  if (control == 0x849C && is_status) {  // say it again, the cart is not ready
    link_.send(sent_, now);
    wait_until_ = now + answer_time;
    return;
  }
  if (!is_status || !open_) return pop(now);
  take_back(now);
}

void ZvtTerminal::take_back(nanoseconds now) {
  reverse(*open_);
  open_.reset();
  steps_.clear();
  awaiting_ = false;
  then(20ms, 0x061E, zvt_hex("05"));
  next_at_ = now + 20ms;
}

void ZvtTerminal::unanswered(nanoseconds now) {
  const bool is_status = steps_.front().is_status;
  if (is_status && asked_ < most_status) {
    ++asked_;
    link_.send(sent_, now);
    wait_until_ = now + answer_time;
    return;
  }
  if (is_status && open_ && reverses_) return take_back(now);
  pop(now);
}

}  // namespace cartwright::simulators
