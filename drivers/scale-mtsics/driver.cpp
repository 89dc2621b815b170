#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::mtsics::Scale, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
