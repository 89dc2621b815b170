// How a pure device starts, dies, comes back, is quarantined and stops.

#include "host/pure_device.hpp"

#include <algorithm>

namespace cartwright::host {

void PureDevice::engine_ready(std::uint32_t state_size) {
  engine_ready_ = true;
  if (!session_) {
    state_size_ = state_size;
    SessionSink& sink = *this;
    session_ = std::make_unique<Session>(shape(), state_size, setup_.kept, sink);
    for (auto& early : early_commands_) begin(std::move(early));
    early_commands_.clear();
    for (const auto& port : ports_) port->start();
  } else if (state_size != state_size_) {
    fail("the driver's file was replaced by one with another state while it ran");
    return;
  }
  if (stopping_ && !session_->stopped()) session_->stop();
  update_state();
  pump();
}

void PureDevice::engine_refused(const std::string& text) {
  fail(text);
}

void PureDevice::engine_died(Loss loss, const std::string& text) {
  const auto keep = shared_from_this();
  engine_ready_ = false;
  listener_.device_log(*this, CW_LOG_WARNING, "the driver's process is gone: " + text);
  const std::uint64_t incidents = session_ ? session_->counters().incidents : 0;
  const bool in_call = session_ && session_->call_outstanding();
  if (in_call) {
    session_->lost(loss);
    deliver();
  }
  if (stopping_) {
    finish_stop();
    return;
  }
  // What was killed from outside says nothing against the driver.
  const bool counts =
      loss != Loss::killed && (!in_call || session_->counters().incidents != incidents);
  if ((counts && plan_.too_many(now().monotonic_ns)) || (session_ && session_->hopeless())) {
    quarantine(text);
    return;
  }
  restart("the driver's process is gone: " + text);
}

void PureDevice::restart(const std::string& why) {
  ++restarts_;
  restarting_ = true;
  restart_reason_ = why;
  update_state();
  pause_timer_.expires_after(plan_.pause());
  pause_timer_.async_wait([weak = std::weak_ptr<DeviceBase>(shared_from_this())](auto error) {
    const auto alive = weak.lock();
    if (error || !alive) return;
    auto& device = static_cast<PureDevice&>(*alive);
    if (device.engine_ && !device.ended()) device.engine_->start(device);
  });
}

void PureDevice::quarantine(const std::string& why) {
  ++quarantines_;
  engine_ready_ = false;
  engine_->stop();
  if (session_) session_->end_commands(CW_LINK_DOWN);
  deliver();
  end_early(CW_LINK_DOWN);
  set_state(DeviceState::quarantined,
            "crashed too often, last: " + why + "; it is tried again in " +
                std::to_string(setup_.policy.quarantine.count() / 1000) + " s");
  pause_timer_.expires_after(setup_.policy.quarantine);
  pause_timer_.async_wait([weak = std::weak_ptr<DeviceBase>(shared_from_this())](auto error) {
    const auto alive = weak.lock();
    if (error || !alive) return;
    static_cast<PureDevice&>(*alive).leave_quarantine();
  });
}

void PureDevice::leave_quarantine() {
  if (ended()) return;
  plan_.forget();
  if (session_) {
    session_->start_over();
    deliver();
  }
  set_state(DeviceState::restarting, "tried again after its quarantine");
  restarting_ = true;
  restart_reason_ = reason();
  engine_->start(*this);
}

void PureDevice::fail(const std::string& why) {
  engine_ready_ = false;
  if (engine_) engine_->stop();
  for (const auto& port : ports_) port->stop();
  if (session_) session_->end_commands(CW_LINK_DOWN);
  deliver();
  end_early(CW_LINK_DOWN);
  set_state(DeviceState::failed, why);
  if (stopping_) finish_stop();
}

bool PureDevice::ports_idle() const {
  return std::all_of(ports_.begin(), ports_.end(),
                     [](const auto& port) { return port->idle() || !port->up(); });
}

void PureDevice::stop(std::function<void()> done) {
  stopped_told_.push_back(std::move(done));
  if (stopping_) return;
  stopping_ = true;
  if (!session_ || !engine_ready_ || ended()) {
    finish_stop();
    return;
  }
  session_->stop();
  stop_timer_.expires_after(setup_.policy.stop_limit);
  stop_timer_.async_wait([weak = std::weak_ptr<DeviceBase>(shared_from_this())](auto error) {
    const auto alive = weak.lock();
    if (!error && alive) static_cast<PureDevice&>(*alive).finish_stop();
  });
  pump();
}

void PureDevice::finish_stop() {
  const auto keep = shared_from_this();
  timer_.cancel();
  pause_timer_.cancel();
  stop_timer_.cancel();
  engine_ready_ = false;
  if (engine_) engine_->stop();
  for (const auto& port : ports_) port->stop();
  if (session_) session_->end_commands(CW_CANCELLED);
  deliver();
  end_early(CW_CANCELLED);
  set_state(DeviceState::stopped, "");
  for (const auto& told : std::exchange(stopped_told_, {})) {
    if (told) told();
  }
}

bool PureDevice::ended() const {
  return state() == DeviceState::failed || state() == DeviceState::stopped;
}

}  // namespace cartwright::host
