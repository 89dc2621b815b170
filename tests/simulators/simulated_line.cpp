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

std::uint64_t count_of(const link::Happening& what) {
  return what.args.empty() ? 0 : link::read_unsigned(what.args[0], UINT64_MAX).value_or(0);
}

// The way back must not be spoilt as the way there is.
LineFaults way_back(LineFaults faults) {
  faults.seed = ~faults.seed;
  return faults;
}

}  // namespace

SimulatedLine::SimulatedLine(std::unique_ptr<Simulator> device, const LineFaults& faults)
    : device_(std::move(device)),
      to_device_(faults),
      from_device_(way_back(faults)),
      byte_gap_(faults.byte_gap),
      in_messages_(!device_->descriptor().empty()) {}

void SimulatedLine::bytes_in(ByteView bytes, nanoseconds now) {
  if (!plugged_ || now < off_until_) return;
  const Bytes arrived = to_device_.pass(bytes);
  if (!arrived.empty()) send(device_->bytes_in(arrived, now), now);
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
  } else if (burst_begins(what)) {
    return true;
  } else if (action == "slow") {
    byte_gap_ = duration_of(what).value_or(0s);
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

bool SimulatedLine::burst_begins(const link::Happening& what) {
  if (what.action == "lose") {
    lose_ = count_of(what);
  } else if (what.action == "double") {
    double_ = count_of(what);
  } else if (what.action == "spoil") {
    spoil_ = count_of(what);
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
  if (in_messages_ && !noise_.empty()) {
    pieces_.push_back({now, std::exchange(noise_, {})});
  }
  bytes.insert(bytes.begin(), noise_.begin(), noise_.end());
  noise_.clear();
  bytes = from_device_.pass(spoilt(std::move(bytes)));
  nanoseconds at = now + std::exchange(delay_, 0s);
  if (bytes.empty()) return;
  if (!pieces_.empty()) at = std::max(at, pieces_.back().at + byte_gap_);
  if (byte_gap_ == 0s || in_messages_) {
    pieces_.push_back({at, std::move(bytes)});
    return;
  }
  for (const std::byte byte : bytes) {
    pieces_.push_back({at, {byte}});
    at += byte_gap_;
  }
}

// What the scenario does to the bytes that are sent next.
Bytes SimulatedLine::spoilt(Bytes bytes) {
  if (spoil_ != 0) {
    --spoil_;
    bytes.back() ^= std::byte{1};
  }
  const std::size_t lost = std::min<std::size_t>(lose_, bytes.size());
  lose_ -= lost;
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(lost));
  const std::size_t twice = std::min<std::size_t>(double_, bytes.size());
  double_ -= twice;
  Bytes all;
  all.reserve(bytes.size() + twice);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    all.push_back(bytes[i]);
    if (i < twice) all.push_back(bytes[i]);
  }
  return all;
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
    if (in_messages_) break;
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
