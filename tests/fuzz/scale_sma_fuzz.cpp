#include <cartwright/driver/driver.hpp>

#include "../../drivers/scale-sma/scale.cpp"
#include "driver_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  fuzz::DriverInput input(
      driver::driver_table<sma::Scale>(),
      {fuzz::integer_setting("live", size % 2), fuzz::integer_setting("poll_ms", 200),
       fuzz::integer_setting("answer_ms", 500), fuzz::integer_setting("settle_ms", 5000)});
  input.run(data, size);
  return 0;
}
