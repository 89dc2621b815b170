#ifndef CARTWRIGHT_ABI_RECORD_H
#define CARTWRIGHT_ABI_RECORD_H

/* Events, commands and results are records: one flat block, header first, then a fixed part that
 * grows only at its end, then variable parts that the fixed part names by spans from the record's
 * start. A record is aligned to 8 and may be copied, stored and sent as it stands on machines of
 * one byte order. The header is frozen. */

#include "base.h"

typedef struct cw_record {
  uint32_t size;       /* of the whole record, variable parts included */
  uint32_t type;       /* CW_TYPE(class, kind, number) */
  uint32_t fixed_size; /* of header and fixed part as its writer knew them */
  uint32_t unit;       /* index into the manifest's units */
  uint64_t op;         /* commands and results: which operation; 0 in events */
  uint64_t time_ns;    /* monotonic time; in an event 0 lets the host write the call's time */
  uint32_t flags;      /* CW_RECORD_* */
  uint32_t reserved;
} cw_record;

#define CW_RECORD_SENSITIVE 1u /* never logged, recorded or bundled as it stands */

#define CW_EVENT 1u
#define CW_COMMAND 2u
#define CW_RESULT 3u
#define CW_TYPE(class_number, kind, number) \
  ((uint32_t)(((uint32_t)(class_number) << 16) | ((uint32_t)(kind) << 12) | (uint32_t)(number)))

/* True if the record was written with `field`; readers never use sizeof. */
#define CW_RECORD_HAS(record, type, field) \
  ((record)->header.fixed_size >= offsetof(type, field) + sizeof(((const type *)0)->field))

#endif
