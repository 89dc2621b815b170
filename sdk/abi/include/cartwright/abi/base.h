#ifndef CARTWRIGHT_ABI_BASE_H
#define CARTWRIGHT_ABI_BASE_H

/* What every header of the ABI stands on.
 *
 * Rules that hold in all of them:
 * - Only fixed-width integers, pointers to const and the structs below cross the border: no enum,
 *   bool, long, size_t, bit-field, exception, allocator or C++ type.
 * - Each struct that crosses begins with struct_size, the size its writer was compiled with, and
 *   grows only at its end. A reader uses a field only where struct_size covers it (CW_HAS).
 *   Records (record.h) carry fixed_size for the same purpose.
 * - `reserved` fields are written as 0 and not read.
 * - Text is UTF-8 with a stated size and need not end with 0 unless a comment says so.
 * - Pointers in arguments live as long as the call, unless a comment says otherwise.
 * - A number that a reader does not know (kind, flag, status) is ignored, not refused.
 *
 * Threads are named in brackets: [strand] one thread at a time, never twice at once;
 * [any-thread] any thread at any time. */

#include <stddef.h>
#include <stdint.h>

/* The version of these headers. While CW_ABI_MAJOR is 0 host and plugin must agree on the minor;
 * from 1.0 on a plugin built against 1.a runs in each host 1.b with b >= a. */
#define CW_ABI_MAJOR 0u
#define CW_ABI_MINOR 1u

/* Calling convention of every function pointer; empty where the platform has one. */
#define CW_CALL
#if defined(__GNUC__)
#define CW_EXPORT __attribute__((visibility("default")))
#else
#define CW_EXPORT
#endif

/* True if the struct behind `pointer` was written with `field`. */
#define CW_HAS(pointer, type, field) \
  ((pointer)->struct_size >= offsetof(type, field) + sizeof(((const type *)0)->field))

/* How a call, an I/O request or a command ended. Negative: it did not do what was asked. The names
 * are the closed list that tools print in lower case ("ok", "unsupported", ...). */
#define CW_OK 0
#define CW_UNSUPPORTED (-1)     /* this device or driver can not do that */
#define CW_INVALID (-2)         /* an argument is wrong */
#define CW_BUSY (-3)            /* something else must end first */
#define CW_TIMEOUT (-4)         /* no answer within the deadline */
#define CW_CANCELLED (-5)       /* ended by a cancel */
#define CW_LINK_DOWN (-6)       /* the device is away */
#define CW_DEVICE_ERROR (-7)    /* the device said that it failed */
#define CW_DECLINED (-8)        /* payment: refused, no money has moved */
#define CW_UNKNOWN_OUTCOME (-9) /* payment: money may or may not have moved */
#define CW_NOT_FOUND (-10)      /* lookup: no such transaction since the baseline */
#define CW_MOTION (-11)         /* the load did not settle within the deadline */
#define CW_OUT_OF_RANGE (-12)   /* over capacity, under zero, too large for the device */
#define CW_NO_SPACE (-13)       /* a bound of this ABI is reached */
#define CW_DUPLICATE (-14)      /* the key or op was used before */
#define CW_INTERNAL (-15)       /* a fault of the driver or the host */

/* Bounds that both sides rely on, in bytes unless said otherwise. */
#define CW_STATE_LIMIT 65536u   /* a driver's state */
#define CW_PENDING_LIMIT 32768u /* input that waits on one pipe */
#define CW_EFFECTS_LIMIT 65536u /* all effects of one call, data included */
#define CW_RECORD_LIMIT 16384u  /* one record */
#define CW_KEEP_LIMIT 4096u     /* all values that a device keeps */
#define CW_BLOB_PIECE_LIMIT 16384u

/* A part of a larger block: offset and length in bytes. */
typedef struct cw_span {
  uint32_t offset;
  uint32_t length;
} cw_span;

#endif
