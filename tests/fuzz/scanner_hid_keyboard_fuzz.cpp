#include <cartwright/driver/driver.hpp>

#include "../../drivers/scanner-hid-keyboard/scanner.cpp"
#include "hid_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  fuzz::DriverInput input(
      driver::driver_table<scanner_hid_keyboard::Scanner>(),
      {fuzz::text_setting("layout", size % 2 == 0 ? "us" : "de"),
       fuzz::text_setting("suffix", size % 3 == 0 ? "silence" : "enter"),
       fuzz::integer_setting("idle_ms", 100), fuzz::integer_setting("gap_ms", 1000),
       fuzz::integer_setting("gs_key", 65), fuzz::text_setting("aim", "auto"),
       fuzz::integer_setting("longest", 100)});
  fuzz::run_hid(input, data, size, {0});
  return 0;
}
