#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::sma::Scale, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
