#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::ssi::Scanner, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
