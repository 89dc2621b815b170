#ifndef CARTWRIGHT_ABI_OWN_H
#define CARTWRIGHT_ABI_OWN_H

/* A plugin around a vendor's blocking library (manifest: "io": "own"). It does its own I/O in
 * threads of its own, always runs in a process of its own, and is not replayed. Its manifest names
 * what it needs from a fixed vocabulary (usb, tty, net HOST:PORT, state directory, read PATH,
 * helper). */

#include "driver.h"

/* The host's side: valid from create() until destroy() returns, [any-thread]. Each call takes
 * effect by itself and at once. Returns CW_OK, CW_INVALID, or CW_LINK_DOWN when the host is gone.
 */
typedef struct cw_own_host cw_own_host;
struct cw_own_host {
  uint32_t struct_size;
  uint32_t reserved;
  void *host;
  int32_t(CW_CALL *emit)(const cw_own_host *host, const cw_record *event);
  int32_t(CW_CALL *done)(const cw_own_host *host, uint64_t op, int32_t status,
                         const cw_record *result);
  int32_t(CW_CALL *keep)(const cw_own_host *host, uint32_t key, uint32_t flags,
                         const uint8_t *value, uint32_t size);
  /* Waits for at most CW_BLOB_PIECE_LIMIT bytes of a blob and writes how many came to `*got`; 0 at
   * its end. */
  int32_t(CW_CALL *blob_read)(const cw_own_host *host, uint64_t blob, uint64_t offset,
                              uint8_t *into, uint32_t size, uint32_t *got);
  int32_t(CW_CALL *log)(const cw_own_host *host, uint32_t level, const char *text, uint32_t size);
  int32_t(CW_CALL *fault)(const cw_own_host *host, uint32_t unit, const char *text, uint32_t size);
  /* Tells that the device is reachable (1) or away (0): the app's device state. */
  int32_t(CW_CALL *link_state)(const cw_own_host *host, uint32_t up);
  /* Postpones the progress deadline of operation `op`: the library is still working. */
  int32_t(CW_CALL *progress)(const cw_own_host *host, uint64_t op);
};

typedef struct cw_own_driver {
  uint32_t struct_size;
  uint32_t reserved;
  /* Starts the plugin. `kept` holds the kept values as in CW_IN_START. Negative: it can not start,
   * and init->refusal says why.
   * [main thread of the plugin's process, as the three below] */
  int32_t(CW_CALL *create)(const cw_init *init, const uint8_t *kept, uint32_t kept_size,
                           const cw_own_host *host, void **self);
  /* Takes a command; returns soon and ends it by done() from any thread. One that is not ended by
   * its hard deadline, and of which no progress() was told, costs the plugin its process. */
  int32_t(CW_CALL *command)(void *self, const cw_record *command);
  int32_t(CW_CALL *cancel)(void *self, uint64_t op);
  /* Ends all threads; no host call after it returns. */
  void(CW_CALL *destroy)(void *self);
} cw_own_driver;

#endif
