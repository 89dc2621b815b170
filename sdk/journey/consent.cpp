#include "journey/consent.hpp"

#include <algorithm>

namespace cartwright::journey {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool may_stand(const FieldDescriptor& field, Purposes granted) {
  const auto& options = field.options();
  switch (options.GetExtension(v1::field_class)) {
    case v1::FIELD_CLASS_RECORD:
      return true;
    case v1::FIELD_CLASS_JOURNEY:
      for (int i = 0; i < options.ExtensionSize(v1::purposes); ++i) {
        if (granted.has(options.GetExtension(v1::purposes, i))) return true;
      }
      return false;
    default:
      return false;
  }
}

void filter_inside(Message& message, const FieldDescriptor& field, Purposes granted) {
  const Reflection& reflection = *message.GetReflection();
  if (!field.is_repeated()) {
    keep_granted(*reflection.MutableMessage(&message, &field), granted);
    return;
  }
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    keep_granted(*reflection.MutableRepeatedMessage(&message, &field, i), granted);
  }
}

}  // namespace

Purposes Purposes::all() {
  Purposes set;
  const auto* purposes = v1::Purpose_descriptor();
  for (int i = 0; i < purposes->value_count(); ++i) {
    set = set.with(static_cast<v1::Purpose>(purposes->value(i)->number()));
  }
  return set;
}

std::vector<v1::Purpose> Purposes::list() const {
  std::vector<v1::Purpose> purposes;
  for (int number = 1; number < 32; ++number) {
    const auto purpose = static_cast<v1::Purpose>(number);
    if (has(purpose)) purposes.push_back(purpose);
  }
  return purposes;
}

std::uint32_t level_of(Purposes granted) {
  std::uint32_t level = 0;
  for (const v1::Purpose purpose : granted.list()) {
    const auto* value = v1::Purpose_descriptor()->FindValueByNumber(purpose);
    if (value == nullptr) continue;
    level = std::max(level, value->options().GetExtension(v1::purpose_policy).level());
  }
  return level;
}

void keep_granted(Message& message, Purposes granted) {
  const Reflection& reflection = *message.GetReflection();
  reflection.MutableUnknownFields(&message)->Clear();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!may_stand(*field, granted)) {
      reflection.ClearField(&message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      filter_inside(message, *field, granted);
    }
  }
}

}  // namespace cartwright::journey
