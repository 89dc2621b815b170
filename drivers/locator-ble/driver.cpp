#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::ble::Locator, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
