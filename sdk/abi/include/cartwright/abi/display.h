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
 * one that still waits, which ends CANCELLED. Ends a text that runs. UnifiedPOS: displayText. */
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

/* Command: text from one place on, the rest of the screen stays. `text` is UTF-8 of one line; what
 * goes over the row's end is cut. INVALID for a place outside the screen. UnifiedPOS:
 * displayTextAt. */
#define CW_DISPLAY_TEXT_AT CW_TYPE(3, CW_COMMAND, 4)
typedef struct cw_display_text_at {
  cw_record header;
  uint32_t row; /* from 0 */
  uint32_t column;
  cw_span text;
} cw_display_text_at;

#define CW_CURSOR_NONE 0u
#define CW_CURSOR_BLOCK 1u
#define CW_CURSOR_UNDERLINE 2u

/* Command: where the cursor is seen. It stays there through text and screens. UNSUPPORTED for a
 * shape that the display does not have. UnifiedPOS: CursorRow, CursorColumn, CursorType. */
#define CW_DISPLAY_CURSOR CW_TYPE(3, CW_COMMAND, 5)
typedef struct cw_display_cursor {
  cw_record header;
  uint32_t row; /* from 0 */
  uint32_t column;
  uint32_t shape; /* CW_CURSOR_* */
  uint32_t reserved;
} cw_display_cursor;

/* Command: text runs through a row from right to left, over and over, until a screen, a clear or a
 * text_at of that row. Empty text ends it and leaves the row blank. Done OK when it runs.
 * UnifiedPOS: MarqueeType, MarqueeUnitWait. */
#define CW_DISPLAY_SCROLL CW_TYPE(3, CW_COMMAND, 6)
typedef struct cw_display_scroll {
  cw_record header;
  uint32_t row;     /* from 0 */
  uint32_t step_ms; /* from one column to the next, 0: as the driver likes; never faster than the
                       line */
  cw_span text;     /* UTF-8 of one line */
} cw_display_scroll;

#endif
