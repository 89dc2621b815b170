#include "host/record_json.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "host/decimal.hpp"
#include "host/record_schema.hpp"

namespace cartwright::host {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::int64_t micrograms_per_gram = 1'000'000;

ordered_json lines_to_json(std::string_view text) {
  ordered_json lines = ordered_json::array();
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(std::string(text.substr(0, end)));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// Text of a device that may be anything: JSON holds UTF-8 alone.
std::string shown_text(ByteView bytes) {
  return is_utf8(bytes) ? std::string(as_text(bytes)) : to_hex(bytes);
}

void put_span(ordered_json& out, const FieldSchema& field, ByteView content) {
  const std::string name(field.name);
  switch (field.kind) {
    case FieldKind::text:
      if (!content.empty()) out[name] = shown_text(content);
      break;
    case FieldKind::lines:
      out[name] = lines_to_json(shown_text(content));
      break;
    case FieldKind::content:
      out[name + "_hex"] = to_hex(content);
      if (is_utf8(content)) out[name] = std::string(as_text(content));
      break;
    default:
      out[name] = to_hex(content);
  }
}

void put_aim(ordered_json& out, const FieldSchema& field, const cw_record& record) {
  const char* const aim = reinterpret_cast<const char*>(&record) + field.offset;
  const std::string_view text(aim, std::find(aim, aim + 4, '\0'));
  if (!text.empty()) out[std::string(field.name)] = shown_text(as_bytes(text));
}

void put_number(ordered_json& out, const FieldSchema& field, const cw_record& record) {
  const std::string name(field.name);
  switch (field.kind) {
    case FieldKind::u64:
      out[name] = read_field<std::uint64_t>(record, field);
      return;
    case FieldKind::i64:
      out[name] = read_field<std::int64_t>(record, field);
      return;
    case FieldKind::i32:
      out[name] = read_field<std::int32_t>(record, field);
      return;
    case FieldKind::grams: {
      const auto micrograms = read_field<std::int64_t>(record, field);
      if (micrograms % micrograms_per_gram == 0) out[name] = micrograms / micrograms_per_gram;
      return;
    }
    case FieldKind::indicated: {
      std::int32_t exponent = 0;
      if (record.fixed_size < field.second + sizeof(exponent)) return;
      std::memcpy(&exponent, reinterpret_cast<const char*>(&record) + field.second,
                  sizeof(exponent));
      out[name] = decimal_text(read_field<std::int64_t>(record, field), exponent);
      return;
    }
    default:
      break;
  }
  const auto value = read_field<std::uint32_t>(record, field);
  if (field.kind == FieldKind::yes_no) {
    out[name] = value != 0;
  } else if (field.kind == FieldKind::flag) {
    out[name] = (value & field.mask) != 0;
  } else if (field.kind == FieldKind::digits) {
    out[name] = std::to_string(value);
  } else if (const auto known = word_of(field.words, value)) {
    out[name] = std::string(*known);
  } else {
    out[name] = value;
  }
}

bool is_there(const cw_record& record, const RecordSchema& schema, const FieldSchema& field) {
  if (!covers(record, field)) return false;
  if (schema.has == 0 || field.mask == 0) return true;
  std::uint32_t has = 0;
  if (record.fixed_size < schema.has + sizeof(has)) return false;
  std::memcpy(&has, reinterpret_cast<const char*>(&record) + schema.has, sizeof(has));
  return (has & field.mask) != 0;
}

[[noreturn]] void refuse(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

[[noreturn]] void refuse_value(const RecordSchema& schema, const FieldSchema& field,
                               const std::string& wanted) {
  refuse("command \"" + std::string(schema.name) + "\": \"" + std::string(field.name) +
         "\" must be " + wanted);
}

template <typename T>
T whole_number(const RecordSchema& schema, const FieldSchema& field, const json& value) {
  const bool fits =
      value.is_number_unsigned()
          ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<T>::max())
          : value.is_number_integer() && std::is_signed_v<T> &&
                value.get<std::int64_t>() >=
                    static_cast<std::int64_t>(std::numeric_limits<T>::min());
  if (!fits) refuse_value(schema, field, "a whole number in its range");
  return value.get<T>();
}

std::string lines_of(const RecordSchema& schema, const FieldSchema& field, const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) refuse_value(schema, field, "a list of texts");
  std::string all;
  for (const json& line : value) {
    if (!line.is_string()) refuse_value(schema, field, "a list of texts");
    const auto one = line.get<std::string>();
    if (one.find('\n') != std::string::npos) refuse_value(schema, field, "a list of single lines");
    all += (&line == &value.front() ? "" : "\n") + one;
  }
  return all;
}

std::uint32_t word_value(const RecordSchema& schema, const FieldSchema& field, const json& value) {
  std::vector<std::string_view> known;
  std::string listed;
  for (const Word& one : field.words) {
    known.push_back(one.name);
    listed += (listed.empty() ? "" : ", ") + std::string(one.name);
  }
  if (!value.is_string()) refuse_value(schema, field, "one of " + listed);
  const auto name = value.get<std::string>();
  for (const Word& one : field.words) {
    if (one.name == name) return one.value;
  }
  refuse_value(schema, field,
               "one of " + listed + "; it is \"" + name + "\"" + did_you_mean(name, known));
}

void take_indicated(RecordBuilder& build, const RecordSchema& schema, const FieldSchema& field,
                    const json& value) {
  const auto number = value.is_string() ? read_decimal(value.get<std::string>()) : std::nullopt;
  if (!number) refuse_value(schema, field, "a decimal number as text, such as \"0.150\"");
  build.set(field.offset, number->mantissa);
  build.set(field.second, number->exponent);
}

void take_text(RecordBuilder& build, const RecordSchema& schema, const FieldSchema& field,
               const json& value) {
  const bool hex = field.kind == FieldKind::bytes || field.kind == FieldKind::digest;
  if (!value.is_string()) refuse_value(schema, field, hex ? "hexadecimal text" : "text");
  const auto written = value.get<std::string>();
  if (!hex) return build.span(field.offset, as_bytes(written));
  const auto content = from_hex(written);
  if (!content) refuse_value(schema, field, "hexadecimal text");
  if (field.kind == FieldKind::bytes) return build.span(field.offset, *content);
  if (content->size() != field_width(field.kind)) refuse_value(schema, field, "32 bytes");
  build.store(field.offset, content->data(), content->size());
}

std::uint32_t digits_value(const RecordSchema& schema, const FieldSchema& field,
                           const json& value) {
  if (value.is_number()) return whole_number<std::uint32_t>(schema, field, value);
  const auto number = value.is_string() ? read_decimal(value.get<std::string>()) : std::nullopt;
  if (!number || number->exponent != 0 || number->mantissa < 0 ||
      number->mantissa > std::numeric_limits<std::uint32_t>::max()) {
    refuse_value(schema, field, "a code of digits, such as \"978\"");
  }
  return static_cast<std::uint32_t>(number->mantissa);
}

void take_field(RecordBuilder& build, const RecordSchema& schema, const FieldSchema& field,
                const json& value) {
  switch (field.kind) {
    case FieldKind::u32:
      return build.set(field.offset, whole_number<std::uint32_t>(schema, field, value));
    case FieldKind::u64:
      return build.set(field.offset, whole_number<std::uint64_t>(schema, field, value));
    case FieldKind::i64:
      return build.set(field.offset, whole_number<std::int64_t>(schema, field, value));
    case FieldKind::yes_no:
      if (!value.is_boolean()) refuse_value(schema, field, "true or false");
      return build.set(field.offset, std::uint32_t{value.get<bool>() ? 1u : 0u});
    case FieldKind::word:
      return build.set(field.offset, word_value(schema, field, value));
    case FieldKind::digits:
      return build.set(field.offset, digits_value(schema, field, value));
    case FieldKind::lines:
      return build.span(field.offset, as_bytes(lines_of(schema, field, value)));
    case FieldKind::indicated:
      return take_indicated(build, schema, field, value);
    case FieldKind::text:
    case FieldKind::bytes:
    case FieldKind::content:
    case FieldKind::digest:
      return take_text(build, schema, field, value);
    default:
      refuse("command \"" + std::string(schema.name) + "\" can not be written as JSON");
  }
}

void refuse_unknown_fields(const RecordSchema& schema, const json& body) {
  std::vector<std::string_view> known;
  for (const FieldSchema& field : schema.fields) known.push_back(field.name);
  for (const auto& [key, value] : body.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      refuse("command \"" + std::string(schema.name) + "\" has no \"" + key + "\"" +
             did_you_mean(key, known));
    }
  }
}

const RecordSchema& command_named(const std::string& name) {
  if (const RecordSchema* schema = find_command(name)) return *schema;
  std::vector<std::string_view> known;
  std::string listed;
  for (const RecordSchema& schema : record_schemas()) {
    if (record_kind(schema.type) != CW_COMMAND) continue;
    known.push_back(schema.name);
    listed += (listed.empty() ? "" : ", ") + std::string(schema.name);
  }
  refuse("unknown command \"" + name + "\"" + did_you_mean(name, known) + "; known are " + listed);
}

Record read_command(const json& command) {
  if (!command.is_object() || command.size() != 1) {
    refuse("a command is one JSON object with one key, such as {\"clear\":{}}");
  }
  const RecordSchema& schema = command_named(command.begin().key());
  const json& body = command.begin().value();
  if (!body.is_object()) {
    refuse("command \"" + std::string(schema.name) + "\" needs an object of its fields, {} where " +
           "it has none");
  }
  refuse_unknown_fields(schema, body);
  RecordBuilder build(schema.type, schema.fixed_size);
  for (const FieldSchema& field : schema.fields) {
    const auto found = body.find(std::string(field.name));
    if (found != body.end()) {
      take_field(build, schema, field, *found);
    } else if (!field.optional) {
      refuse("command \"" + std::string(schema.name) + "\" needs \"" + std::string(field.name) +
             "\"");
    }
  }
  return build.take();
}

}  // namespace

ordered_json record_to_json(const cw_record& record) {
  ordered_json out;
  const RecordSchema* schema = find_schema(record.type);
  if (schema == nullptr) {
    out["type"] = "unknown";
    out["number"] = record.type;
    out["hex"] = to_hex({reinterpret_cast<const std::byte*>(&record), record.size});
    return out;
  }
  out["type"] = std::string(schema->name);
  for (const FieldSchema& field : schema->fields) {
    if (!is_there(record, *schema, field)) continue;
    if (is_span(field.kind)) {
      put_span(out, field, span_bytes(record, read_field<cw_span>(record, field)));
    } else if (field.kind == FieldKind::aim) {
      put_aim(out, field, record);
    } else if (field.kind == FieldKind::digest) {
      out[std::string(field.name)] =
          to_hex({reinterpret_cast<const std::byte*>(&record) + field.offset, 32});
    } else {
      put_number(out, field, record);
    }
  }
  return out;
}

Record command_from_json(std::string_view text) {
  const json command = json::parse(text, nullptr, false);
  if (command.is_discarded()) {
    refuse("command \"" + std::string(text) + "\" is not JSON; it reads like {\"clear\":{}}");
  }
  return read_command(command);
}

}  // namespace cartwright::host
