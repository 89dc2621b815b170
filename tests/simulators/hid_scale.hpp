#pragma once

#include "simulators/hid_device.hpp"
#include "simulators/load.hpp"
#include "simulators/options.hpp"

namespace cartwright::simulators {

// A scale of HID Point of Sale Usage Tables 1.02, page 0x8D. Report 3 brings status, unit, scaling
// and 16 bits of weight, several times a second; output report 2 zeroes; feature report 6 counts.
class HidScale final : public HidDevice {
 public:
  explicit HidScale(const Options& options);
  static const std::vector<OptionHelp>& options();

  Identity identity() const override;
  Bytes descriptor() const override;
  bool set_report(ReportType type, ByteView report, nanoseconds now) override;
  std::optional<Bytes> get_report(ReportType type, std::uint8_t id, nanoseconds now) override;
  void reboot(nanoseconds now) override;

 private:
  struct Shown {
    std::uint8_t unit;    // value of the unit's array
    std::int8_t scaling;  // exponent of ten
    std::int64_t tenths;  // of a microgram: one digit
  };

  void act(const link::Happening& what, nanoseconds now) override;
  void tick(nanoseconds now) override;
  std::optional<nanoseconds> next_tick() const override { return at_; }
  Bytes report(nanoseconds now) const;

  Shown shown_;
  std::string serial_;
  Plate plate_;
  nanoseconds interval_;
  bool stale_;
  bool first_ = true;
  bool broken_ = false;
  unsigned zeroings_ = 0;
  nanoseconds at_{0};
};

}  // namespace cartwright::simulators
