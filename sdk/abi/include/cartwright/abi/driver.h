#ifndef CARTWRIGHT_ABI_DRIVER_H
#define CARTWRIGHT_ABI_DRIVER_H

/* A driver is a pure function: (state, now, input) -> (state', effects, consumed). It opens
 * nothing, owns no thread, takes no lock, reads no clock, allocates nothing that outlives a call.
 * Its memory is one flat block of state_size bytes without pointers that the host holds, copies and
 * restores. */

#include "effects.h"

/* cw_setting.kind */
#define CW_SETTING_TEXT 1u
#define CW_SETTING_INTEGER 2u
#define CW_SETTING_BOOLEAN 3u /* number is 0 or 1 */

/* One setting of the manifest's schema. The host has checked it and filled in the default, so each
 * setting of the schema is there, in the schema's order. */
typedef struct cw_setting {
  int64_t number;
  uint32_t kind;
  uint32_t text_size;
  const char *key; /* ends with 0 */
  const char *text;
} cw_setting;

/* Where an init or create that refuses says why, for the person who wrote the settings: at most
 * `capacity` bytes of UTF-8 at `text`, how many into `size`. */
typedef struct cw_refusal {
  uint32_t struct_size;
  uint32_t capacity;
  uint32_t size;
  uint32_t reserved;
  char *text;
} cw_refusal;

typedef struct cw_init {
  uint32_t struct_size;
  uint32_t setting_count;
  uint32_t link_count;
  uint32_t unit_count;
  uint8_t seed[16]; /* random, fixed for replay */
  const cw_setting *settings;
  cw_refusal *refusal; /* null where nobody reads it */
} cw_init;

typedef struct cw_driver {
  uint32_t struct_size;
  uint32_t state_size;    /* 1 to CW_STATE_LIMIT */
  uint32_t state_version; /* another number: an older state is not handed to this binary */
  uint32_t reserved;
  /* Fills the state, which is all zero, from the settings. Negative: the settings can not work, and
   * init->refusal says why; the device does not start. [strand] */
  int32_t(CW_CALL *init)(void *state, const cw_init *init);
  /* Negative: rolls the whole call back, nothing has happened, the same input comes once more in a
   * fresh start or is set aside. [strand] */
  int32_t(CW_CALL *input)(void *state, const cw_now *now, const cw_input *in, const cw_fx *fx,
                          cw_outcome *outcome);
} cw_driver;

#endif
