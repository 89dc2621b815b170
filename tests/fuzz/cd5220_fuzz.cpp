#include <cartwright/driver/driver.hpp>

#include "../../drivers/display-cd5220/display.cpp"
#include "driver_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  fuzz::DriverInput input(
      driver::driver_table<cd5220::Display>(),
      {fuzz::text_setting("code_page", size % 2 == 0 ? "cp437" : "cp1252"),
       fuzz::text_setting("write", size % 3 == 0 ? "string" : "cursor"),
       fuzz::integer_setting("brightness", 100), fuzz::text_setting("setup", "\\x1bfG")});
  input.run(data, size);
  return 0;
}
