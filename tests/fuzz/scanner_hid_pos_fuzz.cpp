#include <cartwright/driver/driver.hpp>

#include "../../drivers/scanner-hid-pos/scanner.cpp"
#include "hid_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  fuzz::DriverInput input(
      driver::driver_table<scanner_hid_pos::Scanner>(),
      {fuzz::integer_setting("gap_ms", 1000), fuzz::integer_setting("longest", 4000)});
  fuzz::run_hid(input, data, size, {0});
  return 0;
}
