#pragma once

#include "simulators/hid_device.hpp"
#include "simulators/options.hpp"

namespace cartwright::simulators {

// A scanner that types its labels on a boot keyboard (HID 1.11, appendix B.1), each character as
// one report with its keys and one without.
class HidKeyboard final : public HidDevice {
 public:
  explicit HidKeyboard(const Options& options);
  static const std::vector<OptionHelp>& options();

  Identity identity() const override;
  Bytes descriptor() const override;
  bool set_report(ReportType type, ByteView report, nanoseconds now) override;
  std::optional<Bytes> get_report(ReportType type, std::uint8_t id, nanoseconds now) override;
  void reboot(nanoseconds now) override;

 private:
  enum class Separator : std::uint8_t { ctrl, alt3, alt4 };

  void act(const link::Happening& what, nanoseconds now) override;
  void type(char character);
  void press(std::uint8_t modifiers, std::uint8_t key);
  void alt_code(std::string_view digits);

  bool german_;
  bool aim_;
  Separator separator_;
  std::uint8_t suffix_;  // usage of the key, 0: none
};

}  // namespace cartwright::simulators
