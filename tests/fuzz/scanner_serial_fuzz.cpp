#include <cartwright/driver/driver.hpp>

#include "../../drivers/scanner-serial/scanner.cpp"
#include "driver_input.hpp"

// The first byte chooses the framing, the rest happens to the driver.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  if (size == 0) return 0;
  const std::uint8_t framing = data[0];
  static constexpr std::string_view label_ids[] = {
      "aim", "datalogic", "datalogic_eu", "honeywell", "zebra", "none", "aim", "zebra"};
  fuzz::DriverInput input(
      driver::driver_table<scanner_serial::Scanner>(),
      {fuzz::text_setting("prefix", (framing & 1) != 0 ? "AAB" : ""),
       fuzz::text_setting("suffix", (framing & 2) != 0 ? "" : "\\r"),
       fuzz::integer_setting("idle_ms", 50), fuzz::integer_setting("gap_ms", 1000),
       fuzz::text_setting("aim", (framing & 4) != 0 ? "off" : "auto"),
       fuzz::text_setting("label_id", label_ids[framing >> 5]),
       fuzz::integer_setting("lockout_ms", (framing & 8) != 0 ? 500 : 0),
       fuzz::integer_setting("longest", (framing & 16) != 0 ? 20 : 1024)});
  input.run(data + 1, size - 1);
  return 0;
}
