#ifndef CARTWRIGHT_ABI_CARTWRIGHT_H
#define CARTWRIGHT_ABI_CARTWRIGHT_H

/* The whole settled ABI. Classes in draft/ are included one by one. */

#include "device.h"
#include "display.h"
#include "locator.h"
#include "plugin.h"
#include "scale.h"
#include "scanner.h"
#include "terminal.h"

#endif
