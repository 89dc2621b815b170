#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::toledo8217::Scale, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
