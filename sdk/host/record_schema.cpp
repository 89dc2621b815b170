#include "host/record_schema.hpp"

#include <cartwright/abi/cartwright.h>
#include <cartwright/abi/draft/sink.h>

#include <array>

namespace cartwright::host {
namespace {

using enum FieldKind;

constexpr Word symbologies[] = {
    {CW_SYMBOLOGY_UNKNOWN, "unknown"},
    {CW_SYMBOLOGY_EAN8, "ean8"},
    {CW_SYMBOLOGY_EAN13, "ean13"},
    {CW_SYMBOLOGY_UPCA, "upca"},
    {CW_SYMBOLOGY_UPCE, "upce"},
    {CW_SYMBOLOGY_ITF14, "itf14"},
    {CW_SYMBOLOGY_ITF, "itf"},
    {CW_SYMBOLOGY_CODE39, "code39"},
    {CW_SYMBOLOGY_CODE93, "code93"},
    {CW_SYMBOLOGY_CODE128, "code128"},
    {CW_SYMBOLOGY_GS1_128, "gs1_128"},
    {CW_SYMBOLOGY_DATABAR, "databar"},
    {CW_SYMBOLOGY_DATABAR_EXPANDED, "databar_expanded"},
    {CW_SYMBOLOGY_QR, "qr"},
    {CW_SYMBOLOGY_GS1_QR, "gs1_qr"},
    {CW_SYMBOLOGY_DATAMATRIX, "datamatrix"},
    {CW_SYMBOLOGY_GS1_DATAMATRIX, "gs1_datamatrix"},
    {CW_SYMBOLOGY_PDF417, "pdf417"},
    {CW_SYMBOLOGY_AZTEC, "aztec"},
    {CW_SYMBOLOGY_DOTCODE, "dotcode"},
    {CW_SYMBOLOGY_CODABAR, "codabar"},
    {CW_SYMBOLOGY_COMPOSITE, "composite"},
    {CW_SYMBOLOGY_GS1_DIGITAL_LINK, "gs1_digital_link"},
};
constexpr Word weight_units[] = {{CW_UNIT_GRAM, "g"},
                                 {CW_UNIT_KILOGRAM, "kg"},
                                 {CW_UNIT_POUND, "lb"},
                                 {CW_UNIT_OUNCE, "oz"},
                                 {CW_UNIT_MILLIGRAM, "mg"}};
constexpr Word scale_statuses[] = {
    {CW_SCALE_IN_MOTION, "in_motion"},         {CW_SCALE_STABLE_ZERO, "stable_zero"},
    {CW_SCALE_OVER_CAPACITY, "over_capacity"}, {CW_SCALE_UNDER_ZERO, "under_zero"},
    {CW_SCALE_NOT_READY, "not_ready"},         {CW_SCALE_FAULT, "fault"},
    {CW_SCALE_NEEDS_ZERO, "needs_zero"},       {CW_SCALE_NEEDS_CALIBRATION, "needs_calibration"}};
constexpr Word beeps[] = {{CW_BEEP_GOOD, "good"}, {CW_BEEP_BAD, "bad"}};
constexpr Word cursor_shapes[] = {
    {CW_CURSOR_NONE, "none"}, {CW_CURSOR_BLOCK, "block"}, {CW_CURSOR_UNDERLINE, "underline"}};
constexpr Word beacons[] = {{CW_BEACON_IBEACON, "ibeacon"},
                            {CW_BEACON_ALTBEACON, "altbeacon"},
                            {CW_BEACON_EDDYSTONE_UID, "eddystone-uid"},
                            {CW_BEACON_EDDYSTONE_URL, "eddystone-url"},
                            {CW_BEACON_EDDYSTONE_TLM, "eddystone-tlm"}};

// cw.device/1
constexpr FieldSchema vendor_fields[] = {{"id", text, offsetof(cw_vendor_event, id)},
                                         {"data", content, offsetof(cw_vendor_event, data)}};
constexpr FieldSchema info_fields[] = {{"maker", text, offsetof(cw_device_info, maker)},
                                       {"model", text, offsetof(cw_device_info, model)},
                                       {"firmware", text, offsetof(cw_device_info, firmware)},
                                       {"serial", text, offsetof(cw_device_info, serial)}};
constexpr FieldSchema progress_fields[] = {{"done", u64, offsetof(cw_device_progress, done)},
                                           {"size", u64, offsetof(cw_device_progress, size)}};
constexpr FieldSchema enable_fields[] = {{"enabled", yes_no, offsetof(cw_device_enable, enabled)}};
constexpr FieldSchema update_fields[] = {{"blob", u64, offsetof(cw_device_update, blob)},
                                         {"size", u64, offsetof(cw_device_update, size)}};

// cw.scanner/1
constexpr FieldSchema scan_fields[] = {
    {"data", content, offsetof(cw_scanner_data, data)},
    {"symbology", word, offsetof(cw_scanner_data, symbology), symbologies},
    {"aim", aim, offsetof(cw_scanner_data, aim)}};
constexpr FieldSchema beep_fields[] = {{"kind", word, offsetof(cw_scanner_beep, kind), beeps}};

// cw.scale/1
constexpr std::uint32_t weight_bits = offsetof(cw_scale_weight, weight_flags);
constexpr FieldSchema weight_fields[] = {
    {"indicated",
     indicated,
     offsetof(cw_scale_weight, mantissa),
     {},
     0,
     offsetof(cw_scale_weight, exponent)},
    {"unit", word, offsetof(cw_scale_weight, weight_unit), weight_units},
    {"micrograms", i64, offsetof(cw_scale_weight, micrograms)},
    {"grams", grams, offsetof(cw_scale_weight, micrograms)},
    {"stable", flag, weight_bits, {}, CW_WEIGHT_STABLE},
    {"net", flag, weight_bits, {}, CW_WEIGHT_NET},
    {"zero", flag, weight_bits, {}, CW_WEIGHT_ZERO}};
constexpr FieldSchema status_fields[] = {
    {"status", word, offsetof(cw_scale_status, status), scale_statuses}};
constexpr FieldSchema range_fields[] = {
    {"capacity",
     indicated,
     offsetof(cw_scale_range, capacity),
     {},
     0,
     offsetof(cw_scale_range, exponent)},
    {"division",
     indicated,
     offsetof(cw_scale_range, division),
     {},
     0,
     offsetof(cw_scale_range, exponent)},
    {"unit", word, offsetof(cw_scale_range, weight_unit), weight_units}};
constexpr FieldSchema tare_fields[] = {
    {"indicated",
     indicated,
     offsetof(cw_scale_tare, mantissa),
     {},
     0,
     offsetof(cw_scale_tare, exponent)},
    {"unit", word, offsetof(cw_scale_tare, weight_unit), weight_units}};

// cw.display/1
constexpr FieldSchema size_fields[] = {{"rows", u32, offsetof(cw_display_size, rows)},
                                       {"columns", u32, offsetof(cw_display_size, columns)}};
constexpr FieldSchema show_fields[] = {{"lines", lines, offsetof(cw_display_show, lines)}};
constexpr FieldSchema brightness_fields[] = {
    {"percent", u32, offsetof(cw_display_brightness, percent)}};
constexpr FieldSchema text_at_fields[] = {{"row", u32, offsetof(cw_display_text_at, row)},
                                          {"column", u32, offsetof(cw_display_text_at, column)},
                                          {"text", text, offsetof(cw_display_text_at, text)}};
constexpr FieldSchema cursor_fields[] = {
    {"row", u32, offsetof(cw_display_cursor, row), {}, 0, 0, true},
    {"column", u32, offsetof(cw_display_cursor, column), {}, 0, 0, true},
    {"shape", word, offsetof(cw_display_cursor, shape), cursor_shapes}};
constexpr FieldSchema scroll_fields[] = {
    {"row", u32, offsetof(cw_display_scroll, row)},
    {"text", text, offsetof(cw_display_scroll, text)},
    {"step_ms", u32, offsetof(cw_display_scroll, step_ms), {}, 0, 0, true}};

// cw.terminal/1
constexpr FieldSchema facts_fields[] = {
    {"result", digits, offsetof(cw_terminal_facts, result), {}, CW_HAS_RESULT},
    {"amount_minor", i64, offsetof(cw_terminal_facts, amount_minor), {}, CW_HAS_AMOUNT},
    {"currency", digits, offsetof(cw_terminal_facts, currency), {}, CW_HAS_CURRENCY},
    {"trace", u32, offsetof(cw_terminal_facts, trace), {}, CW_HAS_TRACE},
    {"receipt", u32, offsetof(cw_terminal_facts, receipt), {}, CW_HAS_RECEIPT},
    {"card", text, offsetof(cw_terminal_facts, card)},
    {"pan_masked", text, offsetof(cw_terminal_facts, pan_masked)},
    {"text", text, offsetof(cw_terminal_facts, text)}};
constexpr FieldSchema notice_fields[] = {{"code", u32, offsetof(cw_terminal_notice, code)},
                                         {"text", text, offsetof(cw_terminal_notice, text)}};
constexpr FieldSchema order_fields[] = {
    {"amount_minor", i64, offsetof(cw_terminal_order, amount_minor)},
    {"currency", digits, offsetof(cw_terminal_order, currency)},
    {"receipt", u32, offsetof(cw_terminal_order, receipt), {}, 0, 0, true},
    {"trace", u32, offsetof(cw_terminal_order, trace), {}, 0, 0, true},
    {"key", text, offsetof(cw_terminal_order, key), {}, 0, 0, true}};
constexpr FieldSchema reverse_fields[] = {
    {"receipt", u32, offsetof(cw_terminal_order, receipt)},
    {"amount_minor", i64, offsetof(cw_terminal_order, amount_minor), {}, 0, 0, true},
    {"currency", digits, offsetof(cw_terminal_order, currency), {}, 0, 0, true},
    {"trace", u32, offsetof(cw_terminal_order, trace), {}, 0, 0, true},
    {"key", text, offsetof(cw_terminal_order, key), {}, 0, 0, true}};
constexpr FieldSchema baseline_fields[] = {
    {"amount_minor", i64, offsetof(cw_terminal_order, amount_minor), {}, 0, 0, true},
    {"currency", digits, offsetof(cw_terminal_order, currency), {}, 0, 0, true},
    {"key", text, offsetof(cw_terminal_order, key), {}, 0, 0, true}};

// cw.locator/1
constexpr FieldSchema beacon_fields[] = {
    {"format", word, offsetof(cw_locator_beacon, format), beacons},
    {"address", text, offsetof(cw_locator_beacon, address)},
    {"uuid", text, offsetof(cw_locator_beacon, uuid)},
    {"major", u32, offsetof(cw_locator_beacon, major), {}, CW_BEACON_HAS_MAJOR_MINOR},
    {"minor", u32, offsetof(cw_locator_beacon, minor), {}, CW_BEACON_HAS_MAJOR_MINOR},
    {"namespace", text, offsetof(cw_locator_beacon, name_space)},
    {"instance", text, offsetof(cw_locator_beacon, instance)},
    {"url", text, offsetof(cw_locator_beacon, url)},
    {"tx", i32, offsetof(cw_locator_beacon, tx), {}, CW_BEACON_HAS_TX},
    {"rssi", i32, offsetof(cw_locator_beacon, rssi)},
    {"battery_mv", u32, offsetof(cw_locator_beacon, battery_mv), {}, CW_BEACON_HAS_BATTERY},
    {"temperature_centi",
     i32,
     offsetof(cw_locator_beacon, temperature_centi),
     {},
     CW_BEACON_HAS_TEMPERATURE}};
constexpr FieldSchema position_fields[] = {
    {"x_mm", i32, offsetof(cw_locator_position, x_mm)},
    {"y_mm", i32, offsetof(cw_locator_position, y_mm)},
    {"z_mm", i32, offsetof(cw_locator_position, z_mm)},
    {"quality", u32, offsetof(cw_locator_position, quality)}};
constexpr FieldSchema zone_fields[] = {{"name", text, offsetof(cw_locator_zone, name)}};

// cw.sink/1 (draft)
constexpr FieldSchema send_fields[] = {{"blob", u64, offsetof(cw_sink_send, blob)},
                                       {"size", u64, offsetof(cw_sink_send, size)},
                                       {"digest", digest, offsetof(cw_sink_send, digest)}};
constexpr FieldSchema ask_fields[] = {{"digest", digest, offsetof(cw_sink_ask, digest)}};
constexpr FieldSchema sink_result_fields[] = {
    {"code", u32, offsetof(cw_sink_result, code)},
    {"retry_after_s", u32, offsetof(cw_sink_result, retry_after_s)},
    {"receipt", bytes, offsetof(cw_sink_result, receipt)}};

constexpr std::uint32_t facts_has = offsetof(cw_terminal_facts, has);
constexpr std::uint32_t order_key = offsetof(cw_terminal_order, key);

constexpr RecordSchema schemas[] = {
    {CW_VENDOR_EVENT, "device.vendor", sizeof(cw_vendor_event), vendor_fields},
    {CW_DEVICE_INFO, "device.info", sizeof(cw_device_info), info_fields},
    {CW_DEVICE_PROGRESS, "device.progress", sizeof(cw_device_progress), progress_fields},
    {CW_DEVICE_CHECK_HEALTH, "check_health", sizeof(cw_record), {}},
    {CW_DEVICE_ENABLE, "enable", sizeof(cw_device_enable), enable_fields},
    {CW_VENDOR_COMMAND, "vendor", sizeof(cw_vendor_command), vendor_fields},
    {CW_DEVICE_UPDATE, "update", sizeof(cw_device_update), update_fields},
    {CW_SCANNER_DATA, "scanner.data", sizeof(cw_scanner_data), scan_fields},
    {CW_SCANNER_BEEP, "beep", sizeof(cw_scanner_beep), beep_fields},
    {CW_SCALE_WEIGHT, "scale.weight", sizeof(cw_scale_weight), weight_fields},
    {CW_SCALE_STATUS, "scale.status", sizeof(cw_scale_status), status_fields},
    {CW_SCALE_RANGE, "scale.range", sizeof(cw_scale_range), range_fields},
    {CW_SCALE_READ, "read", sizeof(cw_record), {}},
    {CW_SCALE_READ_RESULT, "scale.read_result", sizeof(cw_scale_weight), weight_fields},
    {CW_SCALE_ZERO, "zero", sizeof(cw_record), {}},
    {CW_SCALE_TARE, "tare", sizeof(cw_scale_tare), tare_fields},
    {CW_SCALE_TARE_LOAD, "tare_load", sizeof(cw_record), {}},
    {CW_DISPLAY_SIZE, "display.size", sizeof(cw_display_size), size_fields},
    {CW_DISPLAY_SHOW, "show", sizeof(cw_display_show), show_fields},
    {CW_DISPLAY_CLEAR, "clear", sizeof(cw_record), {}},
    {CW_DISPLAY_BRIGHTNESS, "brightness", sizeof(cw_display_brightness), brightness_fields},
    {CW_DISPLAY_TEXT_AT, "text_at", sizeof(cw_display_text_at), text_at_fields},
    {CW_DISPLAY_CURSOR, "cursor", sizeof(cw_display_cursor), cursor_fields},
    {CW_DISPLAY_SCROLL, "scroll", sizeof(cw_display_scroll), scroll_fields},
    {CW_TERMINAL_STATUS, "terminal.status", sizeof(cw_terminal_facts), facts_fields, facts_has},
    {CW_TERMINAL_LATE_RESULT, "terminal.late_result", sizeof(cw_terminal_facts), facts_fields,
     facts_has},
    {CW_TERMINAL_RESULT, "terminal.result", sizeof(cw_terminal_facts), facts_fields, facts_has},
    {CW_TERMINAL_INTERMEDIATE, "terminal.intermediate", sizeof(cw_terminal_notice), notice_fields},
    {CW_TERMINAL_COMPLETION, "terminal.completion", sizeof(cw_terminal_notice), notice_fields},
    {CW_TERMINAL_ABORT, "terminal.abort", sizeof(cw_terminal_notice), notice_fields},
    {CW_TERMINAL_PRINT, "terminal.print", sizeof(cw_terminal_notice), notice_fields},
    {CW_TERMINAL_AUTHORIZE, "authorize", sizeof(cw_terminal_order), order_fields, 0, true,
     order_key},
    {CW_TERMINAL_REFUND, "refund", sizeof(cw_terminal_order), order_fields, 0, true, order_key},
    {CW_TERMINAL_REVERSE, "reverse", sizeof(cw_terminal_order), reverse_fields, 0, true, order_key},
    {CW_TERMINAL_LOOKUP, "lookup", sizeof(cw_terminal_order), order_fields},
    {CW_TERMINAL_BASELINE, "baseline", sizeof(cw_terminal_order), baseline_fields},
    {CW_TERMINAL_PREAUTHORIZE, "preauthorize", sizeof(cw_terminal_order), order_fields, 0, true,
     order_key},
    {CW_TERMINAL_REVERSE_PREAUTHORIZATION, "reverse_preauthorization", sizeof(cw_terminal_order),
     reverse_fields, 0, true, order_key},
    {CW_TERMINAL_END_OF_DAY, "end_of_day", sizeof(cw_record), {}},
    {CW_TERMINAL_DIAGNOSE, "diagnose", sizeof(cw_record), {}},
    {CW_TERMINAL_ENQUIRE, "enquire", sizeof(cw_record), {}},
    {CW_TERMINAL_REPEAT_RECEIPT, "repeat_receipt", sizeof(cw_record), {}},
    {CW_LOCATOR_BEACON, "locator.beacon", sizeof(cw_locator_beacon), beacon_fields,
     offsetof(cw_locator_beacon, has)},
    {CW_LOCATOR_POSITION, "locator.position", sizeof(cw_locator_position), position_fields},
    {CW_LOCATOR_ZONE, "locator.zone", sizeof(cw_locator_zone), zone_fields},
    {CW_SINK_SEND, "send", sizeof(cw_sink_send), send_fields},
    {CW_SINK_ASK, "ask", sizeof(cw_sink_ask), ask_fields},
    {CW_SINK_RESULT, "sink.result", sizeof(cw_sink_result), sink_result_fields},
};

constexpr std::array<std::string_view, 16> statuses{
    "ok",           "unsupported",     "invalid",   "busy",
    "timeout",      "cancelled",       "link_down", "device_error",
    "declined",     "unknown_outcome", "not_found", "motion",
    "out_of_range", "no_space",        "duplicate", "internal"};

}  // namespace

std::span<const RecordSchema> record_schemas() {
  return schemas;
}

const RecordSchema* find_schema(std::uint32_t type) {
  for (const RecordSchema& schema : schemas) {
    if (schema.type == type) return &schema;
  }
  return nullptr;
}

const RecordSchema* find_command(std::string_view name) {
  for (const RecordSchema& schema : schemas) {
    if (schema.name == name && record_kind(schema.type) == CW_COMMAND) return &schema;
  }
  return nullptr;
}

std::optional<std::string_view> word_of(std::span<const Word> words, std::uint32_t value) {
  for (const Word& one : words) {
    if (one.value == value) return one.name;
  }
  return std::nullopt;
}

std::span<const Word> symbology_words() {
  return symbologies;
}
std::span<const Word> weight_unit_words() {
  return weight_units;
}
std::span<const Word> scale_status_words() {
  return scale_statuses;
}

std::string_view status_name(std::int32_t status) {
  const std::int64_t index = -static_cast<std::int64_t>(status);
  if (index < 0 || index >= static_cast<std::int64_t>(statuses.size())) return statuses.back();
  return statuses[static_cast<std::size_t>(index)];
}

bool is_span(FieldKind kind) {
  return kind == text || kind == lines || kind == bytes || kind == content;
}

std::uint32_t field_width(FieldKind kind) {
  switch (kind) {
    case u32:
    case i32:
    case yes_no:
    case flag:
    case word:
    case digits:
    case aim:
      return 4;
    case digest:
      return 32;
    default:
      return 8;
  }
}

}  // namespace cartwright::host
