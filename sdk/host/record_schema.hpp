#pragma once

#include <cartwright/abi/record.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace cartwright::host {

// The device classes as data: which record types there are, how tools name them and their fields,
// and where in the record the fields lie. Nothing else in the host knows a class.

enum class FieldKind : std::uint8_t {
  u32,
  u64,
  i32,
  i64,
  yes_no,     // u32, 0 or 1
  flag,       // one bit of a u32: `mask`
  word,       // u32 with a name from `words`
  digits,     // u32 shown as text of decimal digits ("978"): codes, not counts
  text,       // span of UTF-8
  lines,      // span of UTF-8, lines divided by LF; shown as a list
  bytes,      // span, shown as hexadecimal
  content,    // span, shown as NAME_hex and, where it is UTF-8, as NAME
  digest,     // 32 bytes, shown as hexadecimal
  aim,        // char[4]
  indicated,  // i64 mantissa here and i32 exponent at `second`: "1.250"
  grams,      // i64 micrograms, shown only where they are whole grams
};

// A number and its name in tools.
struct Word {
  std::uint32_t value;
  std::string_view name;
};

struct FieldSchema {
  std::string_view name;
  FieldKind kind;
  std::uint32_t offset;
  std::span<const Word> words = {};  // kind word
  std::uint32_t mask = 0;            // kind flag: the bit; else: the bit of `has` that must be set
  std::uint32_t second = 0;          // kind indicated: offset of the exponent
  bool optional = false;             // in commands: may be left out
};

struct RecordSchema {
  std::uint32_t type;
  std::string_view name;  // events and results "scanner.data", commands "beep"
  std::uint32_t fixed_size;
  std::span<const FieldSchema> fields;
  std::uint32_t has = 0;     // offset of the bit field that says which fields are there; 0: none
  bool moves_money = false;  // command: its end may be unknown, its key counts once
  std::uint32_t key = 0;     // command: offset of the span with its unique key; 0: none
};

// All types of the ABI that this host was built with.
std::span<const RecordSchema> record_schemas();
// Null for a type that this host does not know.
const RecordSchema* find_schema(std::uint32_t type);
// The command named "show"; null where there is none.
const RecordSchema* find_command(std::string_view name);

inline std::uint32_t record_kind(std::uint32_t type) {
  return (type >> 12) & 0xfu;
}

// "in_motion" for CW_SCALE_IN_MOTION and so on; nothing for a number without a name.
std::optional<std::string_view> word_of(std::span<const Word> words, std::uint32_t value);
std::span<const Word> symbology_words();
std::span<const Word> weight_unit_words();
std::span<const Word> scale_status_words();

// The closed list of CW_OK, CW_UNSUPPORTED, ... in lower case; "internal" for anything else.
std::string_view status_name(std::int32_t status);

bool is_span(FieldKind kind);
std::uint32_t field_width(FieldKind kind);

// True if the record was written with the field.
inline bool covers(const cw_record& record, const FieldSchema& field) {
  return record.fixed_size >= field.offset + field_width(field.kind);
}

template <typename T>
T read_field(const cw_record& record, const FieldSchema& field) {
  T value;
  std::memcpy(&value, reinterpret_cast<const char*>(&record) + field.offset, sizeof(value));
  return value;
}

}  // namespace cartwright::host
