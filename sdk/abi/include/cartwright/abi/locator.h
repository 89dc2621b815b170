#ifndef CARTWRIGHT_ABI_LOCATOR_H
#define CARTWRIGHT_ABI_LOCATOR_H

/* cw.locator/1: where the cart is. The cart listens to the store's beacons and never records a
 * phone. UnifiedPOS has no such category. */

#include "record.h"

#define CW_LOCATOR_CLASS "cw.locator/1"

#define CW_BEACON_IBEACON 1u
#define CW_BEACON_ALTBEACON 2u
#define CW_BEACON_EDDYSTONE_UID 3u
#define CW_BEACON_EDDYSTONE_URL 4u
#define CW_BEACON_EDDYSTONE_TLM 5u

/* cw_locator_beacon.has: which numbers are there. */
#define CW_BEACON_HAS_MAJOR_MINOR 1u
#define CW_BEACON_HAS_TX 2u
#define CW_BEACON_HAS_BATTERY 4u
#define CW_BEACON_HAS_TEMPERATURE 8u

/* Event: one beacon was heard. Spans of length 0 where the format has no such part. */
#define CW_LOCATOR_BEACON CW_TYPE(5, CW_EVENT, 1)
typedef struct cw_locator_beacon {
  cw_record header;
  uint32_t format;
  uint32_t major;
  uint32_t minor;
  int32_t tx;         /* dBm, as the format defines it */
  int32_t rssi;       /* dBm, of this one advertisement */
  uint32_t has;       /* CW_BEACON_HAS_* */
  cw_span address;    /* "0c:f3:ee:00:f8:ec" */
  cw_span uuid;       /* iBeacon: as RFC 9562 writes it; AltBeacon: its first 16 bytes likewise */
  cw_span name_space; /* 20 hexadecimal digits */
  cw_span instance;   /* 12 hexadecimal digits */
  cw_span url;
  uint32_t battery_mv;       /* Eddystone-TLM, 0: mains */
  int32_t temperature_centi; /* Eddystone-TLM, hundredths of a degree Celsius */
} cw_locator_beacon;

/* Event: a position in the store's map. */
#define CW_LOCATOR_POSITION CW_TYPE(5, CW_EVENT, 2)
typedef struct cw_locator_position {
  cw_record header;
  int32_t x_mm;
  int32_t y_mm;
  int32_t z_mm;
  uint32_t quality; /* 0 to 100 */
} cw_locator_position;

/* Event: the cart is now in the named zone; length 0: in none. */
#define CW_LOCATOR_ZONE CW_TYPE(5, CW_EVENT, 3)
typedef struct cw_locator_zone {
  cw_record header;
  cw_span name;
} cw_locator_zone;

#endif
