#pragma once

#include <deque>
#include <optional>
#include <string>

#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// A simulated HID device: what a host reads of it, and its reports one by one, without I/O. What
// carries them (a test, a USB redirection) calls it as it likes; `now` as with all simulators.
class HidDevice : public Simulator {
 public:
  // What stands in its USB descriptors.
  struct Identity {
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    std::uint8_t subclass = 0;  // 1: boot interface
    std::uint8_t protocol = 0;  // 1: keyboard, where it has a boot interface
    std::string maker;
    std::string name;
    std::string serial;  // empty: it has none, as many cheap devices
  };
  // bRequest SET_REPORT and GET_REPORT, high byte of wValue (HID 1.11, clause 7.2.1).
  enum class ReportType : std::uint8_t { input = 1, output = 2, feature = 3 };

  virtual Identity identity() const = 0;
  Bytes descriptor() const override = 0;
  std::uint32_t usb_id() const override {
    const Identity about = identity();
    return std::uint32_t{about.vendor} << 16 | about.product;
  }

  // False: the device stalls, it has no such report. `report` is as on the wire.
  virtual bool set_report(ReportType type, ByteView report, nanoseconds now) = 0;
  virtual std::optional<Bytes> get_report(ReportType type, std::uint8_t id, nanoseconds now) = 0;

  // An output report, as on the interrupt OUT pipe.
  Bytes bytes_in(ByteView report, nanoseconds now) final {
    set_report(ReportType::output, report, now);
    return next();
  }
  Bytes happen(const link::Happening& what, nanoseconds now) final {
    act(what, now);
    return next();
  }
  // One input report a call; empty where none waits.
  Bytes due(nanoseconds now) final {
    tick(now);
    return next();
  }
  std::optional<nanoseconds> next_due() const final {
    return reports_.empty() ? next_tick() : nanoseconds{0};
  }

 protected:
  virtual void act(const link::Happening& what, nanoseconds now) = 0;
  virtual void tick(nanoseconds /*now*/) {}
  virtual std::optional<nanoseconds> next_tick() const { return std::nullopt; }
  void send(Bytes report) { reports_.push_back(std::move(report)); }
  void forget_reports() { reports_.clear(); }

 private:
  Bytes next() {
    if (reports_.empty()) return {};
    Bytes report = std::move(reports_.front());
    reports_.pop_front();
    return report;
  }

  std::deque<Bytes> reports_;
};

}  // namespace cartwright::simulators
