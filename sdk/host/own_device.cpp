#include "host/own_device.hpp"

#include <algorithm>
#include <utility>

#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

ProcessLimits limits_of(const DevicePolicy& policy) {
  return {policy.start_limit, policy.call_limit};
}

}  // namespace

OwnDevice::OwnDevice(DeviceSetup setup, DeviceListener& listener,
                     boost::asio::any_io_executor executor)
    : DeviceBase(std::move(setup), listener, std::move(executor)),
      process_(executor_, setup_.plugin, make_init(), limits_of(setup_.policy)),
      plan_(setup_.policy),
      timer_(executor_),
      pause_timer_(executor_) {}

OwnDevice::~OwnDevice() {
  process_.stop();
}

void OwnDevice::start() {
  launch();
}

void OwnDevice::launch() {
  process_.start(*this, setup_.kept.encode());
}

void OwnDevice::own_ready() {
  ready_ = true;
  plan_.worked();
  set_state(DeviceState::up, "");
  for (const Record& command : std::exchange(early_, {})) {
    Operations::Open* const open = operations_.find(command.header().op);
    if (open == nullptr) continue;
    open->sent = true;
    process_.command(command);
  }
}

void OwnDevice::own_refused(const std::string& text) {
  ready_ = false;
  end_all(CW_LINK_DOWN);
  set_state(DeviceState::failed, text);
  if (stopping_) finish_stop();
}

void OwnDevice::own_effect(const Effect& effect) {
  ++counters_.calls;
  if (const auto* emit = std::get_if<EmitEffect>(&effect)) {
    event(*emit->event);
  } else if (const auto* done = std::get_if<DoneEffect>(&effect)) {
    if (operations_.find(done->op) == nullptr) {
      ++counters_.refused_dones;
      return;
    }
    end(done->op, done->status, done->result == nullptr ? Record() : Record::copy(*done->result));
  } else if (const auto* kept = std::get_if<KeepEffect>(&effect)) {
    keep(*kept);
  } else if (const auto* log = std::get_if<LogEffect>(&effect)) {
    listener_.device_log(*this, log->level, log->text);
  } else if (const auto* fault = std::get_if<FaultEffect>(&effect)) {
    ++counters_.faults;
    listener_.device_fault(*this, fault->unit, fault->text);
  } else if (const auto* link = std::get_if<LinkStateEffect>(&effect)) {
    if (!ended()) {
      set_state(link->up ? DeviceState::up : DeviceState::link_down,
                link->up ? "" : "the plugin says that its device is away");
    }
  } else if (const auto* alive = std::get_if<ProgressEffect>(&effect)) {
    progress(alive->op);
  }
}

void OwnDevice::event(const cw_record& event) {
  ++counters_.events;
  std::vector<Record> events{Record::copy(event)};
  if (events.front().header().time_ns == 0) events.front().header().time_ns = now().monotonic_ns;
  listener_.device_events(*this, std::move(events), [] {});
}

void OwnDevice::keep(const KeepEffect& kept) {
  if (!setup_.kept.set(kept.key, kept.flags, kept.value)) {
    ++counters_.refused_keeps;
    listener_.device_log(*this, CW_LOG_WARNING, "a value was not kept: they are too large");
    return;
  }
  listener_.device_keeps(*this, kept.key, kept.flags, kept.value);
}

// The soft deadline moves on by as much as the command was given at first; the hard one stands.
void OwnDevice::progress(std::uint64_t op) {
  Operations::Open* const open = operations_.find(op);
  if (open == nullptr || open->cancelled || open->deadlines.soft_ns == 0) return;
  const std::uint64_t room =
      std::max<std::uint64_t>(open->deadlines.hard_ns > open->deadlines.soft_ns
                                  ? open->deadlines.hard_ns - open->deadlines.soft_ns
                                  : 0,
                              1'000'000'000);
  open->deadlines.soft_ns = now().monotonic_ns + room;
  if (open->deadlines.hard_ns != 0) open->deadlines.hard_ns = open->deadlines.soft_ns + room;
  arm();
}

void OwnDevice::own_blob_ask(std::uint64_t request, std::uint64_t blob, std::uint64_t offset,
                             std::uint32_t size) {
  const auto piece = read_blob(blob, offset, size);
  process_.blob_answer(request, piece ? CW_OK : CW_NOT_FOUND,
                       piece ? ByteView(*piece) : ByteView());
}

void OwnDevice::own_died(Loss loss, const std::string& text) {
  const auto keep_alive = shared_from_this();
  ready_ = false;
  ++(loss == Loss::crashed ? counters_.crashes : counters_.kills);
  ++counters_.incidents;
  listener_.device_log(*this, CW_LOG_WARNING, "the plugin's process is gone: " + text);
  end_sent(CW_INTERNAL);
  if (stopping_) {
    finish_stop();
    return;
  }
  if (loss != Loss::killed && plan_.too_many(now().monotonic_ns)) {
    ++quarantines_;
    plan_.forget();
    set_state(DeviceState::quarantined, "crashed too often, last: " + text);
    launch_after(setup_.policy.quarantine);
    return;
  }
  ++restarts_;
  set_state(DeviceState::restarting, "the plugin's process is gone: " + text);
  launch_after(plan_.pause());
}

void OwnDevice::launch_after(std::chrono::milliseconds pause) {
  pause_timer_.expires_after(pause);
  pause_timer_.async_wait([weak = std::weak_ptr<DeviceBase>(shared_from_this())](auto error) {
    const auto alive = weak.lock();
    if (error || !alive) return;
    auto& device = static_cast<OwnDevice&>(*alive);
    if (!device.ended()) device.launch();
  });
}

std::uint64_t OwnDevice::command(std::uint32_t unit, Record command, std::chrono::nanoseconds soft,
                                 std::chrono::nanoseconds hard, CommandDone done) {
  if (stopping_ || ended() || state() == DeviceState::quarantined) {
    return started({0, CW_LINK_DOWN}, std::move(done));
  }
  if (unit >= shape().units) return started({0, CW_INVALID}, std::move(done));
  const CommandStart start = operations_.begin(command, unit, deadlines(soft, hard));
  const std::uint64_t op = started(start, std::move(done));
  if (start.status != CW_OK) return op;
  if (ready_) {
    operations_.find(op)->sent = true;
    process_.command(command);
  } else {
    early_.push_back(std::move(command));
  }
  arm();
  return op;
}

void OwnDevice::cancel(std::uint64_t op) {
  Operations::Open* const open = operations_.find(op);
  if (open == nullptr || open->cancelled) return;
  if (!open->sent) {
    end(op, CW_CANCELLED, Record());
    return;
  }
  open->cancelled = true;
  process_.cancel(op);
}

void OwnDevice::end(std::uint64_t op, std::int32_t status, const Record& result) {
  if (!operations_.end(op)) return;
  arm();
  tell_done(op, status, result);
}

void OwnDevice::end_all(std::int32_t status) {
  const std::vector<Operations::Open> open = operations_.open();
  for (const Operations::Open& one : open) {
    ++counters_.host_dones;
    end(one.op, host_end_status(one, status), Record());
  }
}

// Its threads may have done anything with what they were given; what waits is given to the next.
void OwnDevice::end_sent(std::int32_t status) {
  const std::vector<Operations::Open> open = operations_.open();
  for (const Operations::Open& one : open) {
    if (!one.sent) continue;
    ++counters_.host_dones;
    end(one.op, host_end_status(one, status), Record());
  }
}

// A plugin that neither ended a command nor told of progress until its hard deadline hangs: its
// process is ended with it, so that the next command finds one that listens.
void OwnDevice::expire() {
  const std::uint64_t now_ns = now().monotonic_ns;
  bool hangs = false;
  const std::vector<Operations::Open> open = operations_.open();
  for (const Operations::Open& one : open) {
    const bool soft = one.deadlines.soft_ns != 0 && one.deadlines.soft_ns <= now_ns;
    const bool hard = one.deadlines.hard_ns != 0 && one.deadlines.hard_ns <= now_ns;
    if (hard || (soft && !one.sent)) {
      hangs = hangs || one.sent;
      ++counters_.host_dones;
      end(one.op, host_end_status(one, CW_TIMEOUT), Record());
    } else if (soft && !one.cancelled) {
      operations_.find(one.op)->cancelled = true;
      process_.cancel(one.op);
    }
  }
  if (hangs && ready_) {
    ready_ = false;
    process_.kill("it did not end a command in time");
  }
  arm();
}

void OwnDevice::arm() {
  timer_.cancel();
  const auto next = operations_.next_deadline();
  if (!next) return;
  const std::uint64_t now_ns = now().monotonic_ns;
  timer_.expires_after(std::chrono::nanoseconds(*next > now_ns ? *next - now_ns : 0));
  timer_.async_wait([weak = std::weak_ptr<DeviceBase>(shared_from_this())](auto error) {
    const auto alive = weak.lock();
    if (!error && alive) static_cast<OwnDevice&>(*alive).expire();
  });
}

void OwnDevice::stop(std::function<void()> done) {
  stopped_told_.push_back(std::move(done));
  if (stopping_) return;
  stopping_ = true;
  if (!ready_) {
    finish_stop();
    return;
  }
  process_.destroy();
  pause_timer_.expires_after(setup_.policy.stop_limit);
  pause_timer_.async_wait([weak = std::weak_ptr<DeviceBase>(shared_from_this())](auto error) {
    const auto alive = weak.lock();
    if (!error && alive) static_cast<OwnDevice&>(*alive).finish_stop();
  });
}

void OwnDevice::own_ended() {
  finish_stop();
}

void OwnDevice::finish_stop() {
  const auto keep_alive = shared_from_this();
  ready_ = false;
  process_.stop();
  end_all(CW_CANCELLED);
  timer_.cancel();
  pause_timer_.cancel();
  set_state(DeviceState::stopped, "");
  for (const auto& told : std::exchange(stopped_told_, {})) {
    if (told) told();
  }
}

bool OwnDevice::ended() const {
  return state() == DeviceState::failed || state() == DeviceState::stopped;
}

DeviceStatus OwnDevice::status() const {
  DeviceStatus status = base_status();
  status.counters = counters_;
  status.open_commands = operations_.open().size();
  status.restarts = restarts_;
  status.quarantines = quarantines_;
  status.pid = process_.pid();
  return status;
}

std::shared_ptr<Device> make_own_device(DeviceSetup setup, DeviceListener& listener,
                                        boost::asio::any_io_executor executor) {
  return std::make_shared<OwnDevice>(std::move(setup), listener, std::move(executor));
}

}  // namespace cartwright::host
