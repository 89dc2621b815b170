#pragma once

#include <cartwright/cart.hpp>

#include <string>

#include "cart/units.hpp"

namespace cartwright::cart {

// What the Cart API asks of single units, as the commands of their classes. The cart loop's thread;
// each answer is called exactly once on it. docs/devices.md says which driver can do what.
class UnitCommands {
 public:
  // `units` must outlive this object.
  explicit UnitCommands(Units& units) : units_(units) {}

  void check_health(const std::string& unit, Answer done);
  void enable(const std::string& unit, bool enabled, Answer done);
  void vendor_command(const std::string& unit, std::string_view id, ByteView data, Answer done);
  // Error not_found where the image can not be read.
  void update_firmware(const std::string& unit, const std::filesystem::path& image, Answer done);
  void beep(const std::string& scanner, bool good, Answer done);
  void zero_scale(const std::string& scale, Answer done);
  void tare_scale(const std::string& scale, std::int64_t grams, Answer done);
  void set_brightness(const std::string& display, std::uint32_t percent, Answer done);
  void end_of_day(const std::string& terminal, Answer done);
  void diagnose(const std::string& terminal, Answer done);
  void repeat_receipt(const std::string& terminal, Answer done);

 private:
  void give(const std::string& unit, host::Record record, Answer done, Deadlines deadlines = {});

  Units& units_;
};

}  // namespace cartwright::cart
