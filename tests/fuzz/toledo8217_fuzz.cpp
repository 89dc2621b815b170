#include <cartwright/driver/driver.hpp>

#include "../../drivers/scale-toledo8217/scale.cpp"
#include "driver_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  fuzz::DriverInput input(
      driver::driver_table<toledo8217::Scale>(),
      {fuzz::text_setting("unit", size % 2 == 0 ? "kg" : "lb"), fuzz::integer_setting("live", 1),
       fuzz::integer_setting("poll_ms", 200), fuzz::integer_setting("answer_ms", 500)});
  input.run(data, size);
  return 0;
}
