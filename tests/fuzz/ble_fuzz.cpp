#include <cartwright/driver/driver.hpp>

#include "../../drivers/locator-ble/controller.cpp"
#include "../../drivers/locator-ble/heard.cpp"
#include "../../drivers/locator-ble/locator.cpp"
#include "../../drivers/locator-ble/settings.cpp"
#include "driver_input.hpp"

// The first byte chooses the store's list and map, the rest happens to the driver.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cartwright;
  if (size == 0) return 0;
  const std::uint8_t kind = data[0];
  constexpr const char* ours = "2f234454-cf6d-4a0f-adf2-f4911ba9ffa6/5 edd1ebeac04e5defa017";
  constexpr const char* zones =
      "2f234454-cf6d-4a0f-adf2-f4911ba9ffa6/5/1=dairy;edd1ebeac04e5defa017/0bdb87539b67=fruit";
  fuzz::DriverInput input(
      driver::driver_table<ble::Locator>(),
      {fuzz::text_setting("beacons", (kind & 1) != 0 ? ours : ""),
       fuzz::text_setting("zones", (kind & 2) != 0 ? zones : ""),
       fuzz::integer_setting("zone_hysteresis_db", 6), fuzz::integer_setting("zone_dwell_ms", 100),
       fuzz::integer_setting("zone_timeout_ms", 1000), fuzz::integer_setting("zone_least_dbm", -95),
       fuzz::integer_setting("event_ms", 500), fuzz::integer_setting("scan_interval_ms", 60),
       fuzz::integer_setting("scan_window_ms", 60), fuzz::integer_setting("silence_s", 60)});
  input.run(data + 1, size - 1);
  return 0;
}
