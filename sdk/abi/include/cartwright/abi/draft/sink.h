#ifndef CARTWRIGHT_ABI_DRAFT_SINK_H
#define CARTWRIGHT_ABI_DRAFT_SINK_H

/* cw.sink/1 (draft): carries journey batches to a hub and brings its receipts back. A sink does not
 * read what it carries and decides nothing: the cart checks the receipt. */

#include "../record.h"

#define CW_SINK_CLASS "cw.sink/1"

/* Command: deliver the blob. Ends OK with the receipt that came back, or REFUSED-like statuses:
 * CW_LINK_DOWN (hub away), CW_BUSY (try after retry_after_s), CW_DEVICE_ERROR (it answered, but not
 * as a hub does; `code` is its HTTP status). */
#define CW_SINK_SEND CW_TYPE(16, CW_COMMAND, 1)
typedef struct cw_sink_send {
  cw_record header;
  uint64_t blob;
  uint64_t size;      /* bytes */
  uint8_t digest[32]; /* SHA-256 of the blob */
} cw_sink_send;

/* Command: ask for the receipt of a batch that was delivered before. NOT_FOUND where none is. */
#define CW_SINK_ASK CW_TYPE(16, CW_COMMAND, 2)
typedef struct cw_sink_ask {
  cw_record header;
  uint8_t digest[32];
} cw_sink_ask;

#define CW_SINK_RESULT CW_TYPE(16, CW_RESULT, 1)
typedef struct cw_sink_result {
  cw_record header;
  uint32_t code;          /* the protocol's own, HTTP status */
  uint32_t retry_after_s; /* 0 where the hub named none */
  cw_span receipt;        /* cartwright.v1.Receipt */
} cw_sink_result;

#endif
