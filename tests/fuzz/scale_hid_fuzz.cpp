#include <cartwright/driver/driver.hpp>

#include "../../drivers/scale-hid/scale.cpp"
#include "hid_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  fuzz::DriverInput input(
      driver::driver_table<scale_hid::Scale>(),
      {fuzz::integer_setting("live", 1), fuzz::text_setting("first_report", "auto"),
       fuzz::integer_setting("settle_ms", 500)});
  fuzz::run_hid(input, data, size, {0, 0x09228004, 0x14466A73, 0x24740550, 0x22336323});
  return 0;
}
