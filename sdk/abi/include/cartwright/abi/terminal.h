#ifndef CARTWRIGHT_ABI_TERMINAL_H
#define CARTWRIGHT_ABI_TERMINAL_H

/* cw.terminal/1: payment terminals. UnifiedPOS category: CAT. Amounts are in minor units of the
 * currency, currencies ISO 4217 numeric. A card number never crosses: pan_masked shows at most the
 * first six and last four digits. */

#include "record.h"

#define CW_TERMINAL_CLASS "cw.terminal/1"

/* Fields of a transaction that may be missing: cw_terminal_facts.has */
#define CW_HAS_RESULT 1u
#define CW_HAS_AMOUNT 2u
#define CW_HAS_CURRENCY 4u
#define CW_HAS_TRACE 8u
#define CW_HAS_RECEIPT 16u

/* What a terminal tells of a transaction. The layout of CW_TERMINAL_STATUS, CW_TERMINAL_LATE_RESULT
 * and CW_TERMINAL_RESULT. */
typedef struct cw_terminal_facts {
  cw_record header;
  int64_t amount_minor;
  uint32_t has;
  uint32_t currency;
  uint32_t result; /* the terminal's own code, 0 is success */
  uint32_t trace;
  uint32_t receipt;
  uint32_t reserved;
  cw_span card; /* brand, as the terminal names it */
  cw_span pan_masked;
  cw_span text; /* the terminal's words for a person */
} cw_terminal_facts;

/* Event: what a transaction came to, as the terminal says it: one that it began by itself, or an
 * order's, whose done follows when the terminal has ended the dialogue. */
#define CW_TERMINAL_STATUS CW_TYPE(4, CW_EVENT, 1)
/* Event: an intermediate status while a command runs ("insert card"). */
#define CW_TERMINAL_INTERMEDIATE CW_TYPE(4, CW_EVENT, 2)
/* Event: the terminal says that it has finished. */
#define CW_TERMINAL_COMPLETION CW_TYPE(4, CW_EVENT, 3)
/* Event: the terminal says that it has given up, with its code. */
#define CW_TERMINAL_ABORT CW_TYPE(4, CW_EVENT, 4)
/* Event: a line for the receipt. */
#define CW_TERMINAL_PRINT CW_TYPE(4, CW_EVENT, 5)
/* Event: what an operation came to after its done had been sent. */
#define CW_TERMINAL_LATE_RESULT CW_TYPE(4, CW_EVENT, 6)

/* The layout of INTERMEDIATE, COMPLETION, ABORT and PRINT. */
typedef struct cw_terminal_notice {
  cw_record header;
  uint32_t code;
  uint32_t reserved;
  cw_span text;
} cw_terminal_notice;

/* Commands that name money. Ends OK (approved), DECLINED, CANCELLED (aborted before money moved) or
 * UNKNOWN_OUTCOME; the result holds the facts. `key` is the intent's unique key: the host refuses a
 * second command with the same key. */
#define CW_TERMINAL_AUTHORIZE CW_TYPE(4, CW_COMMAND, 1)
#define CW_TERMINAL_REFUND CW_TYPE(4, CW_COMMAND, 2)
/* Undoes the transaction with `receipt`. */
#define CW_TERMINAL_REVERSE CW_TYPE(4, CW_COMMAND, 3)
/* What became of a transaction of `amount_minor` since the baseline: OK (approved), DECLINED,
 * NOT_FOUND, or UNKNOWN_OUTCOME. Moves no money. A terminal that could give no baseline never
 * answers NOT_FOUND. */
#define CW_TERMINAL_LOOKUP CW_TYPE(4, CW_COMMAND, 4)
/* Where the terminal stands, as baseline before a payment: receipt and trace of its last
 * transaction. Moves no money. */
#define CW_TERMINAL_BASELINE CW_TYPE(4, CW_COMMAND, 5)
/* Holds an amount on the card, to be taken later; and lets go of the one with `receipt`. They end
 * as AUTHORIZE and REVERSE do. */
#define CW_TERMINAL_PREAUTHORIZE CW_TYPE(4, CW_COMMAND, 6)
#define CW_TERMINAL_REVERSE_PREAUTHORIZATION CW_TYPE(4, CW_COMMAND, 7)
typedef struct cw_terminal_order {
  cw_record header;
  int64_t amount_minor;
  uint32_t currency;
  uint32_t receipt; /* REVERSE: of the transaction to undo; LOOKUP: the baseline's */
  uint32_t trace;   /* LOOKUP: the baseline's */
  uint32_t reserved;
  cw_span key;
} cw_terminal_order;

/* Commands without a body; they move no money. UnifiedPOS: accessDailyLog, checkHealth.
 * END_OF_DAY: the terminal hands in its turnover; the result's amount is the sum where it tells
 * one. DIAGNOSE: it tries its way to its host. ENQUIRE: its own state, 0 in `result` is ready,
 * `text` its words; what it is comes as CW_DEVICE_INFO. REPEAT_RECEIPT: its last receipt once more,
 * printed lines as events, its facts as the result. */
#define CW_TERMINAL_END_OF_DAY CW_TYPE(4, CW_COMMAND, 8)
#define CW_TERMINAL_DIAGNOSE CW_TYPE(4, CW_COMMAND, 9)
#define CW_TERMINAL_ENQUIRE CW_TYPE(4, CW_COMMAND, 10)
#define CW_TERMINAL_REPEAT_RECEIPT CW_TYPE(4, CW_COMMAND, 11)

/* The result of each of these commands, with the layout of cw_terminal_facts. */
#define CW_TERMINAL_RESULT CW_TYPE(4, CW_RESULT, 1)

#endif
