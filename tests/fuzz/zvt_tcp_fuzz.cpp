#include <cartwright/driver/driver.hpp>

#include "zvt_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return cartwright::fuzz::run_zvt("tcp", data, size);
}
