#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::dwm1001::Locator, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
