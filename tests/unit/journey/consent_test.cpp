#include "journey/consent.hpp"

#include <gtest/gtest.h>

#include "cartwright/v1/batch.pb.h"
#include "cartwright/v1/journey.pb.h"
#include "cartwright/v1/trip.pb.h"

namespace cartwright::journey {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Sets every field, at any depth; of a oneof only `member`.
void fill(Message& message, const FieldDescriptor* member = nullptr) {
  const auto& reflection = *message.GetReflection();
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.real_containing_oneof() != nullptr && &field != member) continue;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        fill(field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                 : *reflection.MutableMessage(&message, &field));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        reflection.SetString(&message, &field, "x");
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        reflection.SetUInt32(&message, &field, 7);
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        reflection.SetUInt64(&message, &field, 7);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        reflection.SetInt64(&message, &field, 7);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        field.is_repeated() ? reflection.AddEnumValue(&message, &field, 1)
                            : reflection.SetEnumValue(&message, &field, 1);
        break;
      default:
        FAIL() << "teach fill() the type of " << field.full_name();
    }
  }
}

// The rule, said a second time and in another way: what must be left of `full`.
void expect_exactly_granted(const Message& full, const Message& kept, Purposes granted) {
  std::vector<const FieldDescriptor*> fields;
  full.GetReflection()->ListFields(full, &fields);
  for (const FieldDescriptor* field : fields) {
    const auto& options = field->options();
    bool allowed = options.GetExtension(v1::field_class) == v1::FIELD_CLASS_RECORD;
    for (const int purpose : options.GetRepeatedExtension(v1::purposes)) {
      allowed = allowed || (granted.bits() & 1U << static_cast<unsigned>(purpose)) != 0;
    }
    const auto& reflection = *kept.GetReflection();
    const bool is = field->is_repeated() ? reflection.FieldSize(kept, field) != 0
                                         : reflection.HasField(kept, field);
    EXPECT_EQ(is, allowed) << field->full_name() << " under bits " << granted.bits();
    if (is && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const auto& full_reflection = *full.GetReflection();
      field->is_repeated()
          ? expect_exactly_granted(full_reflection.GetRepeatedMessage(full, field, 0),
                                   reflection.GetRepeatedMessage(kept, field, 0), granted)
          : expect_exactly_granted(full_reflection.GetMessage(full, field),
                                   reflection.GetMessage(kept, field), granted);
    }
  }
}

}  // namespace

TEST(KeepGranted, leaves_exactly_what_every_combination_of_purposes_covers) {
  const auto& oneof = *v1::JourneyEvent::descriptor()->oneof_decl(0);
  for (std::uint32_t bits = 0; bits <= Purposes::all().bits(); bits += 2) {
    const Purposes granted = Purposes::from_bits(bits);
    for (int i = 0; i < oneof.field_count(); ++i) {
      v1::JourneyEvent full;
      fill(full, oneof.field(i));
      v1::JourneyEvent kept = full;
      keep_granted(kept, granted);
      expect_exactly_granted(full, kept, granted);
    }
  }
}

TEST(KeepGranted, names_the_profile_and_the_receipt_only_where_a_profile_was_granted) {
  v1::JourneyEvent event;
  event.mutable_order_completed()->set_order_id("receipt 17");
  event.mutable_order_completed()->set_total_minor(500);
  v1::JourneyEvent anonymous = event;
  keep_granted(anonymous, {v1::PURPOSE_STORE_INSIGHT, v1::PURPOSE_OFFER_INSIGHT});
  EXPECT_EQ(anonymous.order_completed().order_id(), "");
  EXPECT_EQ(anonymous.order_completed().total_minor(), 500);
  keep_granted(event, {v1::PURPOSE_PROFILE});
  EXPECT_EQ(event.order_completed().order_id(), "receipt 17");
}

TEST(KeepGranted, clears_sale_fields_even_under_every_grant) {
  v1::TripEvent event;
  event.set_seq(3);
  event.mutable_trip_started();
  keep_granted(event, Purposes::all());
  EXPECT_EQ(event.seq(), 3U);
  EXPECT_FALSE(event.has_trip_started());
}

TEST(KeepGranted, clears_fields_that_this_schema_does_not_know) {
  v1::JourneyEvent event;
  event.mutable_gap()->set_from(1);
  event.GetReflection()->MutableUnknownFields(&event)->AddLengthDelimited(999, "name and address");
  event.mutable_gap()
      ->GetReflection()
      ->MutableUnknownFields(event.mutable_gap())
      ->AddVarint(999, 1);
  keep_granted(event, Purposes::all());
  EXPECT_EQ(event.SerializeAsString().find("address"), std::string::npos);
  EXPECT_TRUE(event.gap().GetReflection()->GetUnknownFields(event.gap()).empty());
}

TEST(Levels, follow_the_highest_granted_purpose) {
  EXPECT_EQ(level_of({}), 0U);
  EXPECT_EQ(level_of({v1::PURPOSE_STORE_INSIGHT}), 1U);
  EXPECT_EQ(level_of({v1::PURPOSE_OFFER_INSIGHT, v1::PURPOSE_PROFILE}), 2U);
}

TEST(Purposes, keep_bits_of_a_later_schema) {
  const Purposes later = Purposes::from_bits(1U << 20U | 2U);
  EXPECT_EQ(later.without({v1::PURPOSE_STORE_INSIGHT}).bits(), 1U << 20U);
}

}  // namespace cartwright::journey
