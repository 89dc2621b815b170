#include <cartwright/driver/driver.hpp>

#include "../../drivers/locator-dwm1001/locator.cpp"
#include "../../drivers/locator-dwm1001/zones.cpp"
#include "driver_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  fuzz::DriverInput input(
      driver::driver_table<dwm1001::Locator>(),
      {fuzz::text_setting("mode", "lec"), fuzz::text_setting("tag", size % 2 == 0 ? "9280" : ""),
       fuzz::text_setting("zones", "dairy=0,0,2000,2000;fruit=2000,0,4000,0,3000,4000"),
       fuzz::integer_setting("zone_margin_mm", 300), fuzz::integer_setting("zone_hits", 2),
       fuzz::integer_setting("zone_least_quality", 10), fuzz::integer_setting("silence_s", 15)});
  input.run(data, size);
  return 0;
}
