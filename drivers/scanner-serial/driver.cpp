#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::scanner_serial::Scanner, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
