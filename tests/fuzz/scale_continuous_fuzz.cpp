#include <cartwright/driver/driver.hpp>

#include "../../drivers/scale-continuous/scale.cpp"
#include "driver_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  const bool obeys = size % 2 == 0;
  fuzz::DriverInput input(driver::driver_table<continuous::Scale>(),
                          {fuzz::text_setting("unit", size % 3 == 0 ? "told" : "kg"),
                           fuzz::text_setting("commands", obeys ? "ad" : "none"),
                           fuzz::integer_setting("poll_ms", obeys ? 500 : 0),
                           fuzz::integer_setting("silent_ms", 2000)});
  input.run(data, size);
  return 0;
}
