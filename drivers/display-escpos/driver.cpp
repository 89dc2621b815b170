#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::escpos::Display, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
