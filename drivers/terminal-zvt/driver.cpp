#include "terminal.hpp"

CARTWRIGHT_DRIVER(cartwright::zvt::Terminal, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
