#include "driver.hpp"

CARTWRIGHT_DRIVER(cartwright::cd5220::Display, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
