#include "simulators/simulated_line.hpp"

#include <algorithm>
#include <utility>

#include "link/numbers.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto restart_time = 2s;

// The duration that an action names; the scenario's reader has checked it.
std::optional<nanoseconds> duration_of(const link::Happening& what) {
  return what.args.empty() ? std::nullopt : link::read_duration(what.args[0]);
}

}  // namespace

SimulatedLine::SimulatedLine(std::unique_ptr<Simulator> device, LineFaults faults)
    : device_(std::move(device)), faults_(faults) {}

void SimulatedLine::bytes_in(ByteView bytes, nanoseconds now) {
  if (!plugged_ || now < off_until_) return;
  send(device_->bytes_in(bytes, now), now);
}

void SimulatedLine::happen(const link::Happening& what, nanoseconds now) {
  if (!happens_to_line(what, now)) send(device_->happen(what, now), now);
}

bool SimulatedLine::happens_to_line(const link::Happening& what, nanoseconds now) {
  const std::string& action = what.action;
  if (action == "garbage") {
    send(what.bytes, now);
  } else if (action == "noise") {
    noise_ = what.bytes;
  } else if (action == "delay") {
    delay_ = duration_of(what).value_or(0s);
  } else if (action == "silence") {
    silent_until_ = now + duration_of(what).value_or(0s);
  } else if (action == "unplug") {
    const auto away = duration_of(what);
    cut(away ? std::optional(now + *away) : std::nullopt);
  } else if (action == "plug") {
    plugged_ = true;
    plug_at_.reset();
  } else if (action == "reboot") {
    power_off(now);
  } else if (action == "crash") {
    power_off(now);
    cut(now + restart_time);
  } else {
    return false;
  }
  return true;
}

void SimulatedLine::cut(std::optional<nanoseconds> until) {
  plugged_ = false;
  plug_at_ = until;
  pieces_.clear();
}

void SimulatedLine::power_off(nanoseconds now) {
  off_until_ = now + restart_time;
  pieces_.clear();
  device_->reboot(now);
}

void SimulatedLine::send(Bytes bytes, nanoseconds now) {
  if (bytes.empty() || !plugged_ || now < silent_until_ || now < off_until_) return;
  bytes.insert(bytes.begin(), noise_.begin(), noise_.end());
  noise_.clear();
  if (faults_.flip_every != 0) {
    for (std::byte& byte : bytes) {
      if (++sent_ % faults_.flip_every == 0) byte ^= std::byte{0x80};
    }
  }
  nanoseconds at = now + std::exchange(delay_, 0s);
  if (!pieces_.empty()) at = std::max(at, pieces_.back().at + faults_.byte_gap);
  if (faults_.byte_gap == 0s) {
    pieces_.push_back({at, std::move(bytes)});
    return;
  }
  for (const std::byte byte : bytes) {
    pieces_.push_back({at, {byte}});
    at += faults_.byte_gap;
  }
}

Bytes SimulatedLine::due(nanoseconds now) {
  if (plug_at_ && *plug_at_ <= now) {
    plugged_ = true;
    plug_at_.reset();
  }
  send(device_->due(now), now);
  Bytes bytes;
  while (!pieces_.empty() && pieces_.front().at <= now) {
    const Bytes& piece = pieces_.front().bytes;
    bytes.insert(bytes.end(), piece.begin(), piece.end());
    pieces_.pop_front();
  }
  return bytes;
}

std::optional<nanoseconds> SimulatedLine::next_due() const {
  std::optional<nanoseconds> next = device_->next_due();
  const auto earlier = [&](nanoseconds at) { next = next ? std::min(*next, at) : at; };
  if (!pieces_.empty()) earlier(pieces_.front().at);
  if (plug_at_) earlier(*plug_at_);
  return next;
}

}  // namespace cartwright::simulators
