#ifndef CARTWRIGHT_ABI_EFFECTS_H
#define CARTWRIGHT_ABI_EFFECTS_H

/* What a driver may do. Effects are collected during a call and happen when it returns CW_OK, all
 * of them, in their order; when it returns a negative status none of them has happened. The sum of
 * one call's effects is bounded by CW_EFFECTS_LIMIT: what goes over returns CW_NO_SPACE, and the
 * call will be rolled back whatever it returns. */

#include "input.h"

/* cw_io.kind */
#define CW_IO_WRITE 1u       /* data to the link */
#define CW_IO_FEATURE_GET 2u /* HID feature report `value`; comes back in extra */
#define CW_IO_FEATURE_SET 3u /* `value`: its ID; data as on the wire */
#define CW_IO_CONTROL_IN 4u  /* USB control transfer; data_size bytes (0: 4096) can come back */
#define CW_IO_CONTROL_OUT 5u
#define CW_IO_LINE_SETTINGS 6u /* data: "baud=9600&format=7E1&flow=none", as in a link's URI */
#define CW_IO_MODEM_LINES 7u   /* value: bit 0 DTR, bit 1 RTS; index: which of them to set */
#define CW_IO_BREAK 8u         /* value: milliseconds */
#define CW_IO_CONNECT 9u       /* come up now */
#define CW_IO_CLOSE 10u        /* go down and stay down until CONNECT */
#define CW_IO_RESET 11u

/* cw_io.flags */
#define CW_IO_AFTER_COMMIT 1u /* wait until the events of this call are durable in the trip */
#define CW_IO_REPLACE_QUEUED                                                                  \
  2u                       /* drop what still waits of earlier calls' writes of this link and \
                              pipe that are also flagged so */
#define CW_IO_SENSITIVE 4u /* data never goes to a log, recording or bundle */

/* One request; ends as one CW_IN_IO_DONE with its token unless the token is 0. Requests of one link
 * go out in their order: one that waits for its commit holds back those behind it. */
typedef struct cw_io {
  uint32_t struct_size;
  uint32_t kind;
  uint32_t link;
  uint32_t pipe;
  uint64_t token;
  uint64_t timeout_ns; /* 0: the link's default */
  uint32_t flags;
  uint32_t data_size;
  uint32_t request_type; /* bmRequestType, bRequest, wValue, wIndex of USB 2.0 section 9.3 */
  uint32_t request;
  uint32_t value;
  uint32_t index;
} cw_io;

/* keep() flags */
#define CW_KEEP_SECRET 1u /* stored encrypted, never shown */

/* log() levels */
#define CW_LOG_DEBUG 1u
#define CW_LOG_INFO 2u
#define CW_LOG_WARNING 3u
#define CW_LOG_ERROR 4u

/* The host's side of a call. Lives as long as the call; every function takes the same `fx` back.
 * Each returns CW_OK, CW_INVALID (a malformed argument) or CW_NO_SPACE. [strand, inside input()] */
typedef struct cw_fx cw_fx;
struct cw_fx {
  uint32_t struct_size;
  uint32_t reserved;
  void *host;
  /* Something happened. The record is copied. */
  int32_t(CW_CALL *emit)(const cw_fx *fx, const cw_record *event);
  /* `data` has io->data_size bytes. */
  int32_t(CW_CALL *io)(const cw_fx *fx, const cw_io *io, const uint8_t *data);
  /* Sets timer `id` of `link` to a monotonic time, or moves it; deadline 0 stops it. */
  int32_t(CW_CALL *timer)(const cw_fx *fx, uint32_t link, uint64_t id, uint64_t deadline_ns);
  /* Ends operation `op`; result may be null. Exactly once for each command. */
  int32_t(CW_CALL *done)(const cw_fx *fx, uint64_t op, int32_t status, const cw_record *result);
  /* Keeps a small durable value for this device under a key of the driver's choice; size 0 forgets
   * it. It comes back in CW_IN_START. It is durable before any request of the same call goes out.
   */
  int32_t(CW_CALL *keep)(const cw_fx *fx, uint32_t key, uint32_t flags, const uint8_t *value,
                         uint32_t size);
  /* Asks for a piece of a blob that a command named; comes as CW_IN_BLOB. */
  int32_t(CW_CALL *blob_read)(const cw_fx *fx, uint64_t blob, uint64_t offset, uint32_t size,
                              uint64_t token);
  int32_t(CW_CALL *log)(const cw_fx *fx, uint32_t level, const char *text, uint32_t size);
  /* The device sent what its protocol does not allow, or said that something is wrong. */
  int32_t(CW_CALL *fault)(const cw_fx *fx, uint32_t unit, const char *text, uint32_t size);
  /* A device is about to leave and come back under other USB ids within `within_ns`. */
  int32_t(CW_CALL *expect_replug)(const cw_fx *fx, uint32_t link, uint64_t within_ns);
};

#endif
