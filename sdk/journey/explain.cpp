#include "journey/explain.hpp"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "cartwright/v1/batch.pb.h"
#include "cartwright/v1/journey.pb.h"
#include "cartwright/v1/policy.pb.h"
#include "cartwright/v1/trip.pb.h"
#include "journey/envelope.hpp"

namespace cartwright::journey {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using Json = nlohmann::ordered_json;

// Everything that is stored or sent. policy.proto describes and is itself neither;
// offers.proto is what a store's files hold.
std::vector<const FileDescriptor*> files() {
  return {v1::TripEvent::descriptor()->file(), v1::JourneyEvent::descriptor()->file(),
          v1::Batch::descriptor()->file()};
}

std::string lower_tail(const std::string& name, std::string_view prefix) {
  std::string tail = name.substr(prefix.size());
  std::transform(tail.begin(), tail.end(), tail.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return tail;
}

const EnumValueDescriptor* value_of(v1::Purpose purpose) {
  return v1::Purpose_descriptor()->FindValueByNumber(purpose);
}

std::string name_of(v1::Purpose purpose) {
  return lower_tail(value_of(purpose)->name(), "PURPOSE_");
}

Json purposes_json() {
  Json purposes = Json::array();
  const auto* type = v1::Purpose_descriptor();
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() == v1::PURPOSE_UNSPECIFIED) continue;
    const v1::PurposePolicy& policy = type->value(i)->options().GetExtension(v1::purpose_policy);
    purposes.push_back({{"name", lower_tail(type->value(i)->name(), "PURPOSE_")},
                        {"text", policy.text()},
                        {"benefit", policy.benefit()},
                        {"legal_basis", policy.legal_basis()},
                        {"retention_days", policy.retention_days()},
                        {"level", policy.level()}});
  }
  return purposes;
}

Json field_json(const FieldDescriptor& field) {
  const auto& options = field.options();
  const v1::FieldClass field_class = options.GetExtension(v1::field_class);
  Json json = {{"message", field.containing_type()->full_name()},
               {"field", field.name()},
               {"class", lower_tail(v1::FieldClass_Name(field_class), "FIELD_CLASS_")}};
  if (options.HasExtension(v1::collects)) json["collects"] = options.GetExtension(v1::collects);
  if (field_class != v1::FIELD_CLASS_JOURNEY) return json;
  json["purposes"] = Json::array();
  std::uint32_t level = 2;
  for (int i = 0; i < options.ExtensionSize(v1::purposes); ++i) {
    const v1::Purpose purpose = options.GetExtension(v1::purposes, i);
    json["purposes"].push_back(name_of(purpose));
    level = std::min(level, value_of(purpose)->options().GetExtension(v1::purpose_policy).level());
  }
  json["level"] = level;
  return json;
}

void add_fields(const Descriptor& message, Json& fields) {
  for (int i = 0; i < message.field_count(); ++i) fields.push_back(field_json(*message.field(i)));
  for (int i = 0; i < message.nested_type_count(); ++i) {
    if (!message.nested_type(i)->options().map_entry()) add_fields(*message.nested_type(i), fields);
  }
}

Json explain() {
  Json fields = Json::array();
  for (const FileDescriptor* file : files()) {
    for (int i = 0; i < file->message_type_count(); ++i) add_fields(*file->message_type(i), fields);
  }
  return {{"schema", "cartwright.v1"},
          {"schema_version", kSchemaVersion},
          {"purposes", purposes_json()},
          {"fields", std::move(fields)}};
}

std::string short_name(const Json& field) {
  const auto message = field["message"].get<std::string>();
  return message.substr(message.rfind('.') + 1) + "." + field["field"].get<std::string>();
}

void list_fields(std::string& text, const Json& fields, const char* field_class) {
  std::string message;
  for (const Json& field : fields) {
    if (field["class"] != field_class) continue;
    if (field["message"] != message) {
      message = field["message"];
      text +=
          (text.ends_with("\n\n") ? "  " : "\n  ") + message.substr(message.rfind('.') + 1) + ": ";
    } else {
      text += ", ";
    }
    text += field["field"].get<std::string>();
  }
  text += "\n";
}

}  // namespace

std::string explain_json() {
  return explain().dump(2) + "\n";
}

std::string explain_text() {
  const Json notice = explain();
  std::string text = "What is collected, from the schema cartwright.v1, version " +
                     std::to_string(kSchemaVersion) +
                     "\n\nPURPOSES, each granted or not by itself\n\n";
  for (const Json& purpose : notice["purposes"]) {
    text += "  " + purpose["name"].get<std::string>() + " (level L" +
            std::to_string(purpose["level"].get<unsigned>()) + ")\n    why        " +
            purpose["text"].get<std::string>() + "\n    benefit    " +
            purpose["benefit"].get<std::string>() + "\n    basis      " +
            purpose["legal_basis"].get<std::string>() + "\n    erased     after " +
            std::to_string(purpose["retention_days"].get<unsigned>()) + " days\n";
  }
  text +=
      "\nJOURNEY, written only under a grant of one of the purposes named; without any grant only\n"
      "counters of the hour are kept (level L0), without trip, time or shopper\n\n";
  for (const Json& field : notice["fields"]) {
    if (field["class"] != "journey") continue;
    std::string purposes;
    for (const Json& purpose : field["purposes"]) {
      purposes += (purposes.empty() ? "" : ", ") + purpose.get<std::string>();
    }
    if (field["purposes"].size() == notice["purposes"].size()) purposes = "any purpose";
    text += "  L" + std::to_string(field["level"].get<unsigned>()) + "  " + short_name(field) +
            ": " + field["collects"].get<std::string>() + " (" + purposes + ")\n";
  }
  text +=
      "\nSALE, needed for the contract or by law (GDPR Art. 6(1)(b) and (c)); stays in the trip "
      "log\n\n";
  list_fields(text, notice["fields"], "sale");
  text += "\nRECORD, carries the record itself and tells nothing of a person\n\n";
  list_fields(text, notice["fields"], "record");
  return text;
}

}  // namespace cartwright::journey
