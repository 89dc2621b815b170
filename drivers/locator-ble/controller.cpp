#include "controller.hpp"

#include <algorithm>

namespace cartwright::ble {
namespace {

using namespace std::chrono_literals;

constexpr auto answer_within = 1s;

constexpr std::uint8_t low(std::uint32_t value) {
  return static_cast<std::uint8_t>(value);
}
constexpr std::uint8_t high(std::uint32_t value) {
  return static_cast<std::uint8_t>(value >> 8);
}

}  // namespace

void Controller::configure(std::uint32_t interval, std::uint32_t window, nanoseconds silence) {
  interval_ = interval;
  window_ = window;
  silence_ = silence;
}

void Controller::up(Fx& fx) {
  told_silent_ = told_version_ = false;
  tries_ = 0;
  heard(fx);
  restart(fx);
  if (silence_ > 0ns) fx.timer(silence_timer, silence_);
}

void Controller::down(Fx& fx) {
  step_ = Step::off;
  awaited_ = Opcode::none;
  scanning_ = false;
  end(true, CW_LINK_DOWN, fx);
  end(false, CW_LINK_DOWN, fx);
  fx.stop_timer(answer_timer);
  fx.stop_timer(silence_timer);
}

// A Reset may be sent at any time: part E, 4.4.
void Controller::restart(Fx& fx) {
  step_ = Step::reset;
  awaited_ = Opcode::none;
  credits_ = 1;
  extended_ = scanning_ = false;
  pump(fx);
}

void Controller::pump(Fx& fx) {
  if (step_ == Step::off || awaited_ != Opcode::none || credits_ == 0) return;
  if (step_ != Step::ready) return send_step(fx);
  if (scanning_ != wanted_) return send_scan_enable(fx);
  end(false, CW_OK, fx);
  if (has_open(true)) send(Opcode::read_local_version, {}, fx);
}

void Controller::send(Opcode opcode, ByteView parameters, Fx& fx) {
  const auto code = static_cast<std::uint16_t>(opcode);
  driver::FixedVector<std::uint8_t, 40> packet;
  for (const std::uint8_t byte :
       {std::uint8_t{0x01}, low(code), high(code), static_cast<std::uint8_t>(parameters.size())}) {
    packet.push_back(byte);
  }
  packet.append(parameters);
  awaited_ = opcode;
  --credits_;
  fx.write(packet.view());
  fx.timer(answer_timer, answer_within);
}

void Controller::send_step(Fx& fx) {
  // Hardware Error and the LE Meta event alone: what is not asked for need not be thrown away.
  constexpr std::array<std::uint8_t, 8> events{0, 0x80, 0, 0, 0, 0, 0, 0x20};
  // LE Advertising Report, LE Extended Advertising Report.
  constexpr std::array<std::uint8_t, 8> le_events{0x02, 0x10, 0, 0, 0, 0, 0, 0};
  switch (step_) {
    case Step::reset:
      return send(Opcode::reset, {}, fx);
    case Step::version:
      return send(Opcode::read_local_version, {}, fx);
    case Step::event_mask:
      return send(Opcode::set_event_mask, events, fx);
    case Step::le_event_mask:
      return send(Opcode::le_set_event_mask, le_events, fx);
    case Step::features:
      return send(Opcode::le_read_features, {}, fx);
    case Step::scan_parameters:
      return send_scan_parameters(fx);
    case Step::off:
    case Step::ready:
      return;
  }
}

// Passive: the controller listens and never sends a scan request. Every advertiser is heard, since
// the controller's own filters know addresses and not beacons.
void Controller::send_scan_parameters(Fx& fx) {
  constexpr std::uint8_t passive = 0;
  constexpr std::uint8_t public_address = 0;
  constexpr std::uint8_t no_filter = 0;
  constexpr std::uint8_t phy_1m = 1;
  const std::array<std::uint8_t, 4> timing{low(interval_), high(interval_), low(window_),
                                           high(window_)};
  driver::FixedVector<std::uint8_t, 8> parameters;
  if (extended_) {
    for (const std::uint8_t byte : {public_address, no_filter, phy_1m, passive}) {
      parameters.push_back(byte);
    }
    parameters.append(timing);
    return send(Opcode::le_set_extended_scan_parameters, parameters.view(), fx);
  }
  parameters.push_back(passive);
  parameters.append(timing);
  parameters.push_back(public_address);
  parameters.push_back(no_filter);
  send(Opcode::le_set_scan_parameters, parameters.view(), fx);
}

// Duplicates are not filtered: each tells a strength.
void Controller::send_scan_enable(Fx& fx) {
  const std::array<std::uint8_t, 6> parameters{low(wanted_ ? 1 : 0), 0, 0, 0, 0, 0};
  const ByteView all(parameters);
  if (extended_) return send(Opcode::le_set_extended_scan_enable, all, fx);
  send(Opcode::le_set_scan_enable, all.first(2), fx);
}

void Controller::event(const Packet& packet, Fx& fx) {
  const ByteView p = packet.parameters;
  if (step_ == Step::off) return;
  if (packet.event == event_hardware_error) {
    fx.fault("the Bluetooth controller reports a hardware error and is started again");
    return restart(fx);
  }
  const bool is_status = packet.event == event_command_status;
  const auto opcode = static_cast<Opcode>(le16(p, is_status ? 2 : 1));
  const std::uint8_t credits = is_status ? p[1] : p[0];
  if (opcode == Opcode::none) return take_credits(credits, fx);
  if (opcode != awaited_) return;  // the late answer of a command that was given up
  credits_ = credits;
  awaited_ = Opcode::none;
  fx.stop_timer(answer_timer);
  if (is_status) {
    complete(opcode, p.first(1), fx);  // none of our commands ends so, but for a refusal
  } else {
    complete(opcode, p.subspan(3), fx);
  }
  if (credits_ == 0 && awaited_ == Opcode::none) fx.timer(answer_timer, answer_within);
}

// A controller that has just started says that it takes commands.
void Controller::take_credits(std::uint8_t credits, Fx& fx) {
  if (step_ == Step::ready && awaited_ == Opcode::none && credits_ != 0) return restart(fx);
  credits_ = credits;
  if (credits_ != 0 && awaited_ == Opcode::none) fx.stop_timer(answer_timer);
  pump(fx);
}

void Controller::complete(Opcode opcode, ByteView results, Fx& fx) {
  const std::uint8_t status = results.empty() ? status_ok : results[0];
  tries_ = 0;
  told_silent_ = false;
  if (step_ == Step::ready) {
    if (opcode == Opcode::read_local_version) {
      end(true, status == status_ok ? CW_OK : CW_DEVICE_ERROR, fx);
    } else if (status == status_ok) {
      scanning_ = !scanning_;
    } else {
      fx.fault("the Bluetooth controller refuses to scan");
      end(false, CW_DEVICE_ERROR, fx);
      wanted_ = scanning_;
    }
    return pump(fx);
  }
  if (step_ == Step::version && status == status_ok) tell_version(results, fx);
  if (step_ == Step::features && status == status_ok && results.size() >= 9) {
    std::uint64_t features = 0;
    for (std::size_t i = 8; i > 0; --i) features = features << 8 | results[i];
    extended_ = (features & feature_extended_advertising) != 0;
  }
  if (step_ == Step::scan_parameters && status == status_unknown_command && extended_) {
    extended_ = false;  // it says that it has them, and has not
    return pump(fx);
  }
  if (step_ == Step::scan_parameters && status != status_ok) {
    fx.fault("the Bluetooth controller refuses the scan parameters");
  }
  step_ = static_cast<Step>(static_cast<int>(step_) + 1);
  pump(fx);
}

// Part E, 7.4.1: status, HCI version, HCI subversion (2), LMP version, company (2), LMP subversion.
void Controller::tell_version(ByteView results, Fx& fx) {
  if (results.size() < 9 || told_version_) return;
  told_version_ = true;
  constexpr std::string_view digits = "0123456789abcdef";
  const auto hex = [&](auto& text, std::uint32_t value) {
    for (int shift = 12; shift >= 0; shift -= 4) text.push_back(digits[value >> shift & 15]);
  };
  driver::FixedString<32> maker;
  maker.append("Bluetooth company 0x");
  hex(maker, le16(results, 5));
  driver::FixedString<32> firmware;
  firmware.append("HCI 0x");
  hex(firmware, results[1]);
  firmware.append(" revision 0x");
  hex(firmware, le16(results, 2));
  fx.device_info({.maker = maker.view(), .model = {}, .firmware = firmware.view(), .serial = {}});
}

void Controller::timer(std::uint64_t id, Fx& fx) {
  if (step_ == Step::off) return;
  if (id == answer_timer) return no_answer(fx);
  const nanoseconds quiet = fx.now().monotonic - last_heard_;
  if (quiet < silence_) return fx.timer(silence_timer, silence_ - quiet);
  fx.timer(silence_timer, silence_);
  if (awaited_ == Opcode::none && wanted_) restart(fx);  // it may have lost its scan with its power
}

// Again, less and less often.
void Controller::no_answer(Fx& fx) {
  if (!told_silent_) fx.fault("the Bluetooth controller does not answer");
  told_silent_ = true;
  end(true, CW_TIMEOUT, fx);
  restart(fx);
  tries_ = std::min<std::uint32_t>(tries_ + 1, 5);
  fx.timer(answer_timer, answer_within * (1 << tries_));
}

void Controller::enable(std::uint64_t op, bool enabled, Fx& fx) {
  wanted_ = enabled;
  if (step_ == Step::off) return fx.done(op, CW_LINK_DOWN);
  if (!open_.push_back({op, false})) return fx.done(op, CW_BUSY);
  pump(fx);
}

void Controller::check_health(std::uint64_t op, Fx& fx) {
  if (step_ == Step::off) return fx.done(op, CW_LINK_DOWN);
  if (!open_.push_back({op, true})) return fx.done(op, CW_BUSY);
  pump(fx);
}

bool Controller::cancel(std::uint64_t op, std::int32_t status, Fx& fx) {
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (open_[i].op != op) continue;
    open_[i] = open_[open_.size() - 1];
    open_.pop_back();
    fx.done(op, status);
    return true;
  }
  return false;
}

bool Controller::has_open(bool health) const {
  return std::any_of(open_.begin(), open_.end(),
                     [&](const Open& open) { return open.is_health == health; });
}

void Controller::end(bool health, std::int32_t status, Fx& fx) {
  for (std::size_t i = 0; i < open_.size();) {
    if (open_[i].is_health != health) {
      ++i;
      continue;
    }
    fx.done(open_[i].op, status);
    open_[i] = open_[open_.size() - 1];
    open_.pop_back();
  }
}

}  // namespace cartwright::ble
