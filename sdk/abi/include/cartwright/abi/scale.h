#ifndef CARTWRIGHT_ABI_SCALE_H
#define CARTWRIGHT_ABI_SCALE_H

/* cw.scale/1: scales. UnifiedPOS category: Scale. The indicated value is what is billed. */

#include "record.h"

#define CW_SCALE_CLASS "cw.scale/1"

#define CW_UNIT_GRAM 1u
#define CW_UNIT_KILOGRAM 2u
#define CW_UNIT_POUND 3u /* avoirdupois, 453.59237 g */
#define CW_UNIT_OUNCE 4u /* 1/16 lb */
#define CW_UNIT_MILLIGRAM 5u

/* cw_scale_weight.weight_flags */
#define CW_WEIGHT_STABLE 1u
#define CW_WEIGHT_NET 2u  /* a tare is subtracted */
#define CW_WEIGHT_ZERO 4u /* the scale is at its centre of zero */

/* Event: the scale shows a weight: mantissa x 10^exponent units, with the digits it indicated
 * ("1.250 kg" is 1250, -3, CW_UNIT_KILOGRAM). UnifiedPOS: DataEvent, StatusUpdateEvent. */
#define CW_SCALE_WEIGHT CW_TYPE(2, CW_EVENT, 1)
typedef struct cw_scale_weight {
  cw_record header;
  int64_t mantissa;
  int64_t micrograms; /* the same weight, rounded half even */
  int32_t exponent;
  uint32_t weight_unit;
  uint32_t weight_flags;
  uint32_t reserved;
  int64_t division; /* smallest step in the same exponent and unit; 0 where not known */
  int64_t tare;     /* in the same exponent and unit; 0 where none or not known */
} cw_scale_weight;

#define CW_SCALE_IN_MOTION 1u
#define CW_SCALE_STABLE_ZERO 2u
#define CW_SCALE_OVER_CAPACITY 3u
#define CW_SCALE_UNDER_ZERO 4u
#define CW_SCALE_NOT_READY 5u
#define CW_SCALE_FAULT 6u
#define CW_SCALE_NEEDS_ZERO 7u
#define CW_SCALE_NEEDS_CALIBRATION 8u

/* Event: the scale changed its state and shows no weight. UnifiedPOS: SCAL_SUE_*. */
#define CW_SCALE_STATUS CW_TYPE(2, CW_EVENT, 2)
typedef struct cw_scale_status {
  cw_record header;
  uint32_t status;
  uint32_t reserved;
} cw_scale_status;

/* Event: what the scale can weigh, once it is known. UnifiedPOS: MaximumWeight, WeightUnit. */
#define CW_SCALE_RANGE CW_TYPE(2, CW_EVENT, 3)
typedef struct cw_scale_range {
  cw_record header;
  int64_t capacity;
  int64_t division; /* smallest step in the same exponent and unit; 0 where not known */
  int32_t exponent;
  uint32_t weight_unit;
} cw_scale_range;

/* Command without a body: one stable weight, as result. Done MOTION when it never settles within
 * the command's deadline. UnifiedPOS: readWeight. */
#define CW_SCALE_READ CW_TYPE(2, CW_COMMAND, 1)
/* The result has the layout of cw_scale_weight. */
#define CW_SCALE_READ_RESULT CW_TYPE(2, CW_RESULT, 1)

/* Command without a body: the load that lies there now is zero. UnifiedPOS: zeroScale. */
#define CW_SCALE_ZERO CW_TYPE(2, CW_COMMAND, 2)

/* Command: subtract a tare; mantissa 0 clears it. UnifiedPOS: TareWeight. */
#define CW_SCALE_TARE CW_TYPE(2, CW_COMMAND, 3)
typedef struct cw_scale_tare {
  cw_record header;
  int64_t mantissa;
  int32_t exponent;
  uint32_t weight_unit;
} cw_scale_tare;

/* Command without a body: the load that lies there now, once it rests, is the tare. UnifiedPOS:
 * setSpecialTare(SCAL_SST_WEIGHTED). */
#define CW_SCALE_TARE_LOAD CW_TYPE(2, CW_COMMAND, 4)

#endif
