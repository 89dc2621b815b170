#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::magellan::ScannerScale, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
