#ifndef CARTWRIGHT_ABI_SCANNER_H
#define CARTWRIGHT_ABI_SCANNER_H

/* cw.scanner/1: barcode scanners. UnifiedPOS category: Scanner. */

#include "record.h"

#define CW_SCANNER_CLASS "cw.scanner/1"

/* cw_scanner_data.symbology: what was read, as the device or its AIM id says. Names in docs/abi.md.
 */
#define CW_SYMBOLOGY_UNKNOWN 0u
#define CW_SYMBOLOGY_EAN8 1u
#define CW_SYMBOLOGY_EAN13 2u
#define CW_SYMBOLOGY_UPCA 3u
#define CW_SYMBOLOGY_UPCE 4u
#define CW_SYMBOLOGY_ITF14 5u
#define CW_SYMBOLOGY_ITF 6u
#define CW_SYMBOLOGY_CODE39 7u
#define CW_SYMBOLOGY_CODE93 8u
#define CW_SYMBOLOGY_CODE128 9u
#define CW_SYMBOLOGY_GS1_128 10u
#define CW_SYMBOLOGY_DATABAR 11u
#define CW_SYMBOLOGY_DATABAR_EXPANDED 12u
#define CW_SYMBOLOGY_QR 13u
#define CW_SYMBOLOGY_GS1_QR 14u
#define CW_SYMBOLOGY_DATAMATRIX 15u
#define CW_SYMBOLOGY_GS1_DATAMATRIX 16u
#define CW_SYMBOLOGY_PDF417 17u
#define CW_SYMBOLOGY_AZTEC 18u
#define CW_SYMBOLOGY_DOTCODE 19u
#define CW_SYMBOLOGY_CODABAR 20u
#define CW_SYMBOLOGY_COMPOSITE 21u
#define CW_SYMBOLOGY_GS1_DIGITAL_LINK 22u

/* Event: one label was read. `data` is the label's content without AIM id, prefix and suffix, group
 * separators (0x1D) kept. UnifiedPOS: DataEvent, ScanDataLabel, ScanDataType. */
#define CW_SCANNER_DATA CW_TYPE(1, CW_EVENT, 1)
typedef struct cw_scanner_data {
  cw_record header;
  cw_span data;
  uint32_t symbology;
  uint8_t aim[4]; /* ISO/IEC 15424 identifier, "]E0" and 0; all 0 where the device sent none */
} cw_scanner_data;

/* Command: sound or light the result of a scan. UnifiedPOS has none; Zebra SSI: BEEP. */
#define CW_SCANNER_BEEP CW_TYPE(1, CW_COMMAND, 1)
#define CW_BEEP_GOOD 1u
#define CW_BEEP_BAD 2u
typedef struct cw_scanner_beep {
  cw_record header;
  uint32_t kind;
  uint32_t reserved;
} cw_scanner_beep;

#endif
