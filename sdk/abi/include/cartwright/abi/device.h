#ifndef CARTWRIGHT_ABI_DEVICE_H
#define CARTWRIGHT_ABI_DEVICE_H

/* cw.device/1: what devices of every class may say and be asked. */

#include "record.h"

#define CW_DEVICE_CLASS "cw.device/1"

/* Event: a vendor's own event, passed to the app as it stands. id is "com.vendor.thing/1". */
#define CW_VENDOR_EVENT CW_TYPE(0, CW_EVENT, 1)
typedef struct cw_vendor_event {
  cw_record header;
  cw_span id;
  cw_span data;
} cw_vendor_event;

/* Event: what the device is, once it is known; UnifiedPOS: DeviceServiceDescription. */
#define CW_DEVICE_INFO CW_TYPE(0, CW_EVENT, 2)
typedef struct cw_device_info {
  cw_record header;
  cw_span maker;
  cw_span model;
  cw_span firmware;
  cw_span serial;
} cw_device_info;

/* Command without a body: UnifiedPOS checkHealth(CH_INTERNAL). Done OK when the device answers. */
#define CW_DEVICE_CHECK_HEALTH CW_TYPE(0, CW_COMMAND, 1)

/* Command: UnifiedPOS DeviceEnabled. */
#define CW_DEVICE_ENABLE CW_TYPE(0, CW_COMMAND, 2)
typedef struct cw_device_enable {
  cw_record header;
  uint32_t enabled; /* 0 or 1 */
  uint32_t reserved;
} cw_device_enable;

/* Command: a vendor's own command, passed as it stands. */
#define CW_VENDOR_COMMAND CW_TYPE(0, CW_COMMAND, 3)
typedef struct cw_vendor_command {
  cw_record header;
  cw_span id;
  cw_span data;
} cw_vendor_command;

/* Command: firmware or another large image; the driver reads the blob in pieces. */
#define CW_DEVICE_UPDATE CW_TYPE(0, CW_COMMAND, 4)
typedef struct cw_device_update {
  cw_record header;
  uint64_t blob;
  uint64_t size; /* bytes */
} cw_device_update;

/* Event: how far an update is. */
#define CW_DEVICE_PROGRESS CW_TYPE(0, CW_EVENT, 3)
typedef struct cw_device_progress {
  cw_record header;
  uint64_t done; /* bytes */
  uint64_t size;
} cw_device_progress;

#endif
