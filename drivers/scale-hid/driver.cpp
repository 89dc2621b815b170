#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::scale_hid::Scale, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
