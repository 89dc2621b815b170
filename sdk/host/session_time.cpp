// The part of Session that time drives: timers, deadlines and the ends of commands.

#include <algorithm>

#include "host/session.hpp"

namespace cartwright::host {
namespace {

constexpr std::size_t most_timers = 256;

}  // namespace

Session::Timer* Session::find_timer(std::uint32_t link, std::uint64_t id) {
  for (Timer& timer : timers_) {
    if (timer.link == link && timer.id == id) return &timer;
  }
  return nullptr;
}

void Session::set_timer(const TimerEffect& effect) {
  if (effect.deadline_ns == 0) {
    std::erase_if(timers_, [&](const Timer& timer) {
      return timer.link == effect.link && timer.id == effect.id;
    });
  } else if (Timer* const timer = find_timer(effect.link, effect.id)) {
    *timer = {effect.link, effect.id, effect.deadline_ns, false};
  } else if (timers_.size() < most_timers) {
    timers_.push_back({effect.link, effect.id, effect.deadline_ns, false});
  } else {
    warn("a timer was not set: " + std::to_string(most_timers) + " are set already");
  }
}

void Session::fire_timers(std::uint64_t now_ns) {
  while (true) {
    Timer* next = nullptr;
    for (Timer& timer : timers_) {
      if (timer.due || timer.deadline_ns > now_ns) continue;
      if (next == nullptr || timer.deadline_ns < next->deadline_ns) next = &timer;
    }
    if (next == nullptr) return;
    next->due = true;
    queue_.push_back({.kind = CW_IN_TIMER, .link = next->link, .token = next->id});
  }
}

// True if the driver has the command, be it in the call that is outstanding.
bool Session::seen(const Operations::Open& open) const {
  const bool in_call =
      outstanding_ && queue_.front().kind == CW_IN_COMMAND && queue_.front().token == open.op;
  return open.sent || in_call;
}

void Session::expire_commands(std::uint64_t now_ns) {
  std::vector<std::uint64_t> ended;
  std::vector<std::uint64_t> late;
  for (const Operations::Open& open : operations_.open()) {
    const bool soft = open.deadlines.soft_ns != 0 && open.deadlines.soft_ns <= now_ns;
    const bool hard = open.deadlines.hard_ns != 0 && open.deadlines.hard_ns <= now_ns;
    // What the driver never saw can end at once: nothing of it has happened.
    if (hard || (!seen(open) && (soft || open.cancelled))) {
      ended.push_back(open.op);
    } else if (soft && !open.cancelled) {
      late.push_back(open.op);
    }
  }
  for (const std::uint64_t op : late) {
    operations_.find(op)->cancelled = true;
    queue_.push_back({.kind = CW_IN_CANCEL, .status = CW_TIMEOUT, .token = op});
  }
  for (const std::uint64_t op : ended) {
    Operations::Open open = *operations_.find(op);
    open.sent = seen(open);
    const bool asked = open.cancelled && !open.sent;
    host_done(op, asked ? CW_CANCELLED : host_end_status(open, CW_TIMEOUT));
  }
}

std::optional<std::uint64_t> Session::next_deadline() const {
  std::optional<std::uint64_t> next = operations_.next_deadline();
  for (const Timer& timer : timers_) {
    if (!timer.due && (!next || timer.deadline_ns < *next)) next = timer.deadline_ns;
  }
  return next;
}

void Session::driver_done(const DoneEffect& effect) {
  if (!operations_.end(effect.op)) {
    ++counters_.refused_dones;
    warn("the driver ended operation " + std::to_string(effect.op) +
         ", which is not open; nothing was told");
    return;
  }
  sink_.on_done(effect.op, effect.status, effect.result);
}

void Session::host_done(std::uint64_t op, std::int32_t status) {
  if (!operations_.end(op)) return;
  ++counters_.host_dones;
  sink_.on_done(op, status, nullptr);
}

void Session::end_commands(std::int32_t status) {
  const std::vector<Operations::Open> open = operations_.open();
  for (const Operations::Open& one : open) host_done(one.op, host_end_status(one, status));
}

void Session::keep(const KeepEffect& effect) {
  if (kept_.set(effect.key, effect.flags, effect.value)) {
    sink_.on_keep(effect.key, effect.flags, effect.value);
    return;
  }
  ++counters_.refused_keeps;
  warn("a value was not kept: all of them would be larger than " + std::to_string(CW_KEEP_LIMIT) +
       " bytes");
}

}  // namespace cartwright::host
