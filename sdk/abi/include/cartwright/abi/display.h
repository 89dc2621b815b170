#ifndef CARTWRIGHT_ABI_DISPLAY_H
#define CARTWRIGHT_ABI_DISPLAY_H

/* cw.display/1: customer displays with rows of characters. UnifiedPOS category: LineDisplay. */

#include "record.h"

#define CW_DISPLAY_CLASS "cw.display/1"

/* Event: what the display can show. */
#define CW_DISPLAY_SIZE CW_TYPE(3, CW_EVENT, 1)
typedef struct cw_display_size {
  cw_record header;
  uint32_t rows;
  uint32_t columns;
} cw_display_size;

/* Command: the whole screen. `lines` is UTF-8, lines divided by LF; what is too long is cut,
 * missing lines are blank, what the display can not show is transliterated. A newer screen replaces
 * one that still waits, which ends CANCELLED. UnifiedPOS: displayTextAt. */
#define CW_DISPLAY_SHOW CW_TYPE(3, CW_COMMAND, 1)
typedef struct cw_display_show {
  cw_record header;
  cw_span lines;
} cw_display_show;

/* Command without a body. UnifiedPOS: clearText. */
#define CW_DISPLAY_CLEAR CW_TYPE(3, CW_COMMAND, 2)

/* Command. UnifiedPOS: DeviceBrightness. */
#define CW_DISPLAY_BRIGHTNESS CW_TYPE(3, CW_COMMAND, 3)
typedef struct cw_display_brightness {
  cw_record header;
  uint32_t percent; /* 0 to 100 */
  uint32_t reserved;
} cw_display_brightness;

#endif
