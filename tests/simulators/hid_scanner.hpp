#pragma once

#include "simulators/hid_device.hpp"
#include "simulators/options.hpp"

namespace cartwright::simulators {

// A scanner of HID Point of Sale Usage Tables 1.02, page 0x8C. Report 2 brings labels in parts of
// 56 bytes; output report 4 sounds, and prevents reading.
class HidScanner final : public HidDevice {
 public:
  explicit HidScanner(const Options& options);
  static const std::vector<OptionHelp>& options();

  Identity identity() const override;
  Bytes descriptor() const override;
  bool set_report(ReportType type, ByteView report, nanoseconds now) override;
  std::optional<Bytes> get_report(ReportType type, std::uint8_t id, nanoseconds now) override;
  void reboot(nanoseconds now) override;

  unsigned good_beeps() const { return good_beeps_; }
  unsigned bad_beeps() const { return bad_beeps_; }
  bool prevented() const { return prevented_; }

 private:
  void act(const link::Happening& what, nanoseconds now) override;
  void scan(std::string_view label, std::string_view symbology);

  std::string serial_;
  bool counted_;
  bool aim_;
  unsigned good_beeps_ = 0;
  unsigned bad_beeps_ = 0;
  bool prevented_ = false;
};

}  // namespace cartwright::simulators
