#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::scanner_hid_pos::Scanner, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
