#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::scanner_hid_keyboard::Scanner, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
