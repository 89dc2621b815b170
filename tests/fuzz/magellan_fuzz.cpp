#include <cartwright/driver/driver.hpp>

#include "../../drivers/scanner-magellan/scanner_scale.cpp"
#include "driver_input.hpp"

// The first byte chooses the settings, the rest happens to the driver.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  static constexpr std::string_view label_ids[] = {"datalogic", "datalogic_eu", "aim", "none"};
  fuzz::DriverInput input(
      driver::driver_table<magellan::ScannerScale>(),
      {fuzz::text_setting("unit", (choice & 1) != 0 ? "lb" : "kg"),
       fuzz::integer_setting("live", (choice & 2) != 0 ? 0 : 1),
       fuzz::integer_setting("poll_ms", 200), fuzz::integer_setting("answer_ms", 500),
       fuzz::text_setting("label_id", label_ids[choice >> 2 & 3]),
       fuzz::integer_setting("check_digits", (choice & 16) != 0 ? 0 : 1),
       fuzz::integer_setting("beep_bad", 3),
       fuzz::integer_setting("reset", (choice & 32) != 0 ? 1 : 0),
       fuzz::integer_setting("gap_ms", 1000)},
      2);
  input.run(data + 1, size - 1);
  return 0;
}
