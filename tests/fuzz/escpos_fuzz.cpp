#include <cartwright/driver/driver.hpp>

#include "../../drivers/display-escpos/display.cpp"
#include "driver_input.hpp"

// The first byte chooses the display, the rest happens to the driver.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  if (size == 0) return 0;
  const std::uint8_t kind = data[0];
  fuzz::DriverInput input(driver::driver_table<escpos::Display>(),
                          {fuzz::text_setting("code_page", (kind & 1) != 0 ? "cp858" : "ascii"),
                           fuzz::integer_setting("rows", (kind & 2) != 0 ? 8 : 2),
                           fuzz::integer_setting("columns", (kind & 4) != 0 ? 80 : 20),
                           fuzz::integer_setting("brightness", 100),
                           fuzz::integer_setting("bytes_per_second", (kind & 8) != 0 ? 0 : 960),
                           fuzz::integer_setting("refresh_s", (kind & 16) != 0 ? 0 : 60),
                           fuzz::integer_setting("share_line", (kind & 32) != 0 ? 1 : 0),
                           fuzz::text_setting("setup", "\\x1fr\\x00")});
  input.run(data + 1, size - 1);
  return 0;
}
