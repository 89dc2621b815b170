#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::continuous::Scale, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
