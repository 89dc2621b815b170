#include <algorithm>
#include <array>

#include "base/json_object.hpp"
#include "base/strict_json.hpp"
#include "host/manifest.hpp"
#include "host/manifest_words.hpp"

namespace cartwright::host {
namespace {

using nlohmann::json;

constexpr std::size_t longest_text = 4096;

std::string shown(const SettingValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return '"' + *text + '"';
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return std::get<bool>(value) ? "true" : "false";
}

std::string_view type_word(SettingType type) {
  switch (type) {
    case SettingType::text:
      return "text";
    case SettingType::integer:
      return "a whole number";
    case SettingType::boolean:
      return "true or false";
  }
  return "";
}

std::optional<SettingValue> value_of(SettingType type, const json& value) {
  switch (type) {
    case SettingType::text:
      if (value.is_string()) return SettingValue(value.get<std::string>());
      break;
    case SettingType::integer:
      if (value.is_number_integer() &&
          !(value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX)) {
        return SettingValue(value.get<std::int64_t>());
      }
      break;
    case SettingType::boolean:
      if (value.is_boolean()) return SettingValue(value.get<bool>());
      break;
  }
  return std::nullopt;
}

// What is wrong with a value of the right type; empty if nothing.
std::string objection(const SettingSchema& schema, const SettingValue& value) {
  std::int64_t measured = 0;
  std::string_view measure = "must be";
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (text->size() > longest_text)
      return "is longer than " + std::to_string(longest_text) + " bytes";
    measured = static_cast<std::int64_t>(text->size());
    measure = "must have a length of";
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    measured = *number;
  }
  if ((schema.min && measured < *schema.min) || (schema.max && measured > *schema.max)) {
    std::string range(measure);
    if (schema.min) range += " at least " + std::to_string(*schema.min);
    if (schema.min && schema.max) range += " and";
    if (schema.max) range += " at most " + std::to_string(*schema.max);
    return range + ", it is " + shown(value);
  }
  if (!schema.choices.empty() &&
      std::find(schema.choices.begin(), schema.choices.end(), value) == schema.choices.end()) {
    std::string all;
    for (const SettingValue& choice : schema.choices)
      all += (all.empty() ? "" : ", ") + shown(choice);
    return "must be one of " + all + "; it is " + shown(value);
  }
  return {};
}

SettingType read_type(JsonObject& object) {
  static constexpr std::array<std::string_view, 3> words{"text", "integer", "boolean"};
  const auto found = std::find(words.begin(), words.end(), object.word("type", words));
  return static_cast<SettingType>(found - words.begin());
}

std::optional<std::int64_t> read_bound(JsonObject& object, std::string_view key) {
  if (!object.has(key)) return std::nullopt;
  return object.integer(key, INT64_MIN, INT64_MAX);
}

void read_choices(JsonObject& object, SettingSchema& schema) {
  const json* choices = object.find("choices");
  if (choices == nullptr) return;
  if (!choices->is_array() || choices->empty() || choices->size() > 64 ||
      schema.type == SettingType::boolean) {
    object.refuse("choices", "must be a list of 1 to 64 values of a text or integer setting");
  }
  for (const json& choice : *choices) {
    const std::optional<SettingValue> value = value_of(schema.type, choice);
    if (!value) {
      object.refuse("choices", "must hold " + std::string(type_word(schema.type)) + ", one is " +
                                   shown_json(choice));
    }
    schema.choices.push_back(*value);
  }
}

}  // namespace

SettingSchema read_setting_schema(JsonObject object) {
  SettingSchema schema;
  schema.key = object.text("key");
  if (!is_name(schema.key)) {
    object.refuse(
        "key", "must be 1 to 32 of a-z, 0-9 and _, a letter first; it is \"" + schema.key + "\"");
  }
  schema.type = read_type(object);
  schema.min = read_bound(object, "min");
  schema.max = read_bound(object, "max");
  if (schema.type == SettingType::boolean && (schema.min || schema.max)) {
    object.refuse(schema.min ? "min" : "max", "means nothing for a boolean; remove it");
  }
  if (schema.min && schema.max && *schema.min > *schema.max) {
    object.refuse("min", "is greater than max");
  }
  read_choices(object, schema);
  if (const json* fallback = object.find("default")) {
    schema.fallback = value_of(schema.type, *fallback);
    if (!schema.fallback) {
      object.refuse("default", "must be " + std::string(type_word(schema.type)) + ", it is " +
                                   shown_json(*fallback));
    }
    const std::string wrong = objection(schema, *schema.fallback);
    if (!wrong.empty()) object.refuse("default", wrong);
  }
  schema.help = object.text("help");
  object.finish();
  return schema;
}

std::vector<Setting> check_settings(const Manifest& manifest, std::string_view text,
                                    const std::string& place) {
  const json document = parse_strict_json(text, place, manifest_limit);
  JsonObject object(document, place);
  std::vector<Setting> settings;
  for (const SettingSchema& schema : manifest.settings) {
    if (schema.fallback && !object.has(schema.key)) {
      settings.push_back({schema.key, *schema.fallback});
      continue;
    }
    const json& given = object.value(schema.key, manifest.id + " needs it: " + schema.help);
    std::optional<SettingValue> value = value_of(schema.type, given);
    if (!value) {
      object.refuse(schema.key, "must be " + std::string(type_word(schema.type)) + ", it is " +
                                    shown_json(given));
    }
    const std::string wrong = objection(schema, *value);
    if (!wrong.empty()) object.refuse(schema.key, wrong);
    settings.push_back({schema.key, *std::move(value)});
  }
  object.finish();
  return settings;
}

}  // namespace cartwright::host
