#include "trip/message_json.hpp"

#include <google/protobuf/descriptor.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "base/strict_json.hpp"
#include "cartwright/v1/offers.pb.h"

namespace cartwright::trip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Json = nlohmann::ordered_json;

Json written(const Message& message);

// One value of a field: the one, or that at `index` of a list.
Json value_of(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT64:
      return list ? reflection.GetRepeatedInt64(message, &field, index)
                  : reflection.GetInt64(message, &field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.GetUInt64(message, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_STRING:
      return list ? reflection.GetRepeatedString(message, &field, index)
                  : reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return written(list ? reflection.GetRepeatedMessage(message, &field, index)
                          : reflection.GetMessage(message, &field));
    default:
      throw Error(ErrorKind::internal, "field " + field.full_name() + " has a type without JSON");
  }
}

Json written(const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  Json json = Json::object();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (!field.is_repeated()) {
      if (reflection.HasField(message, &field)) json[field.name()] = value_of(message, field, 0);
      continue;
    }
    const int size = reflection.FieldSize(message, &field);
    if (size == 0 && !field.options().GetExtension(v1::always_written)) continue;
    Json& list = json[field.name()] = field.is_map() ? Json::object() : Json::array();
    for (int at = 0; at < size; ++at) {
      Json value = value_of(message, field, at);
      if (field.is_map()) {
        list[value.value("key", "")] = value.value("value", std::int64_t{0});
      } else {
        list.push_back(std::move(value));
      }
    }
  }
  return json;
}

class Reader {
 public:
  explicit Reader(std::string name) : name_(std::move(name)) {}

  void read(const nlohmann::json& json, const std::string& path, Message& message) const {
    if (!json.is_object()) refuse(path, "is no object");
    for (const auto& [key, value] : json.items()) {
      const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(key);
      if (field == nullptr) refuse_key(path, key, *message.GetDescriptor());
      const std::string at = path.empty() ? key : path + "." + key;
      if (field->is_map()) {
        read_map(value, at, message, *field);
      } else if (field->is_repeated()) {
        if (!value.is_array()) refuse(at, "is no list");
        for (std::size_t i = 0; i < value.size(); ++i)
          add(value[i], at + "[" + std::to_string(i) + "]", message, *field);
      } else {
        add(value, at, message, *field);
      }
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& path, const std::string& why) const {
    throw Error(ErrorKind::invalid_input, name_ + ": " + (path.empty() ? "" : path + ": ") + why);
  }

  [[noreturn]] void refuse_key(const std::string& path, const std::string& key,
                               const Descriptor& of) const {
    std::vector<std::string_view> names;
    for (int i = 0; i < of.field_count(); ++i) names.push_back(of.field(i)->name());
    refuse(path.empty() ? key : path + "." + key,
           "is no key of this object" + did_you_mean(key, names));
  }

  void read_map(const nlohmann::json& json, const std::string& path, Message& message,
                const FieldDescriptor& field) const {
    if (!json.is_object()) refuse(path, "is no object");
    const FieldDescriptor& key = *field.message_type()->map_key();
    const FieldDescriptor& value = *field.message_type()->map_value();
    for (const auto& [name, each] : json.items()) {
      Message& entry = *message.GetReflection()->AddMessage(&message, &field);
      entry.GetReflection()->SetString(&entry, &key, name);
      add(each, path + "." + name, entry, value);
    }
  }

  // Sets the field, or adds to its list.
  void add(const nlohmann::json& json, const std::string& path, Message& message,
           const FieldDescriptor& field) const {
    const Reflection& reflection = *message.GetReflection();
    const bool list = field.is_repeated();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(&message, &field, integer(json, path));
      case FieldDescriptor::CPPTYPE_UINT64:
        if (!json.is_number_unsigned()) refuse(path, "is no whole number from 0");
        return reflection.SetUInt64(&message, &field, json.get<std::uint64_t>());
      case FieldDescriptor::CPPTYPE_BOOL:
        if (!json.is_boolean()) refuse(path, "is neither true nor false");
        return reflection.SetBool(&message, &field, json.get<bool>());
      case FieldDescriptor::CPPTYPE_STRING:
        if (!json.is_string()) refuse(path, "is no text");
        if (list) return reflection.AddString(&message, &field, json.get<std::string>());
        return reflection.SetString(&message, &field, json.get<std::string>());
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return read(json, path,
                    *(list ? reflection.AddMessage(&message, &field)
                           : reflection.MutableMessage(&message, &field)));
      default:
        throw Error(ErrorKind::internal, "field " + field.full_name() + " has a type without JSON");
    }
  }

  std::int64_t integer(const nlohmann::json& json, const std::string& path) const {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const bool whole = json.is_number_integer() &&
                       (!json.is_number_unsigned() || json.get<std::uint64_t>() <= kMost);
    if (!whole) refuse(path, "is no whole number of 64 bits");
    return json.get<std::int64_t>();
  }

  std::string name_;
};

}  // namespace

std::string json_of(const Message& message) {
  return written(message).dump();
}

void read_json(std::string_view text, const std::string& name, Message& message) {
  message.Clear();
  Reader(name).read(parse_strict_json(text, name), {}, message);
}

}  // namespace cartwright::trip
