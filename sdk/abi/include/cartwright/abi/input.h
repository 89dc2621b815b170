#ifndef CARTWRIGHT_ABI_INPUT_H
#define CARTWRIGHT_ABI_INPUT_H

/* What a driver is told. One call, one input. A driver ignores kinds that it does not know and
 * returns CW_OK for them: that is how kinds are added. */

#include "record.h"

#define CW_IN_START 1u /* first input of a new state; extra: the kept values */
/* link is open; extra: its descriptor (HID report descriptor) or none; token: its device's USB ids,
 * vendor << 16 | product, 0 where it has none or they are not known */
#define CW_IN_LINK_UP 2u
#define CW_IN_LINK_DOWN 3u  /* link is away, its pending span is cleared; status: CW_DOWN_* */
#define CW_IN_DATA 4u       /* the pending span of (link, pipe) has grown or is shown again */
#define CW_IN_TIMER 5u      /* timer `token` is due */
#define CW_IN_COMMAND 6u    /* `command` is to be done and ends with one done(command->op) */
#define CW_IN_CANCEL 7u     /* end operation `token` soon; status: CW_CANCELLED or CW_TIMEOUT */
#define CW_IN_IO_DONE 8u    /* request `token` ended: status, count written, extra brought in */
#define CW_IN_LINE_STATE 9u /* modem lines are now `count`: CW_LINE_* */
#define CW_IN_BLOB 10u      /* piece of blob read `token`: count is its offset, extra the bytes */
#define CW_IN_STOP 11u      /* last input; what is sent now still goes out within a second */

/* cw_input.flags */
#define CW_IN_FULL 1u          /* nothing more fits into the pending span until some is consumed */
#define CW_IN_DISCONTINUITY 2u /* `count` bytes or messages before this span were dropped */
#define CW_IN_STATE_LOST 4u    /* START: an earlier state was dropped after crashes */
#define CW_IN_REPLACED 8u      /* IO_DONE: taken out of the queue by a newer request */

/* Why a link is down */
#define CW_DOWN_HANG_UP 1
#define CW_DOWN_UNPLUGGED 2
#define CW_DOWN_NOT_THERE 3
#define CW_DOWN_IN_USE 4
#define CW_DOWN_REFUSED 5
#define CW_DOWN_CLOSED 6
#define CW_DOWN_ERROR 7

/* Modem lines */
#define CW_LINE_CTS 1u
#define CW_LINE_DSR 2u
#define CW_LINE_DCD 4u
#define CW_LINE_RI 8u

/* What time it is; a driver knows no other clock. */
typedef struct cw_now {
  uint32_t struct_size;
  uint32_t flags;        /* CW_NOW_* */
  uint64_t monotonic_ns; /* since boot, never goes back */
  int64_t utc_ns;        /* since 1970-01-01T00:00Z; believe it where CW_NOW_UTC_VALID is set */
  int32_t utc_offset_s;  /* local time minus UTC, where CW_NOW_OFFSET_VALID is set */
  uint32_t reserved;
} cw_now;

#define CW_NOW_UTC_VALID 1u
#define CW_NOW_OFFSET_VALID 2u

/* Every kind shows the pending span of its (link, pipe), and any call may consume from it. Timers
 * show the link they were set with, commands, cancels and blobs link 0: pipe 0 of it, or the first
 * that anything came on. On a stream `pending` is bytes and message_count is 0; on a message link
 * `messages` cuts `pending` into message_count whole messages. */
typedef struct cw_input {
  uint32_t struct_size;
  uint32_t kind; /* CW_IN_START ... */
  uint32_t link; /* index into the manifest's links */
  uint32_t pipe; /* 0, or a USB endpoint address */
  uint64_t token;
  uint64_t count;
  int32_t status;
  uint32_t flags;
  uint32_t pending_size;
  uint32_t message_count;
  uint32_t extra_size;
  uint32_t reserved;
  const uint8_t *pending;
  const cw_span *messages;
  const uint8_t *extra;
  const cw_record *command;
} cw_input;

/* One kept value in the extra of CW_IN_START; the value's bytes follow, then zeros up to the next
 * multiple of 8, where the next one begins. */
typedef struct cw_kept {
  uint32_t key;
  uint32_t size;
} cw_kept;

/* What the driver answers beside its status. Written by the host as {size, 0, 0, 0} before the
 * call.
 */
typedef struct cw_outcome {
  uint32_t struct_size;
  uint32_t consumed; /* bytes of a stream, whole messages of a message link */
  uint32_t need; /* bytes or messages that must be pending before DATA is worth a call; 0: any */
  uint32_t reserved;
} cw_outcome;

#endif
