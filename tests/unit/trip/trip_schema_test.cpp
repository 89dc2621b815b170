// The trip log holds what the sale or the law needs and nothing else; the schema is the proof.

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cartwright/v1/policy.pb.h"
#include "cartwright/v1/trip.pb.h"

namespace cartwright::trip {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

void collect(const Descriptor* message, std::set<const Descriptor*>& reached) {
  if (!reached.insert(message).second) return;
  for (int i = 0; i < message->field_count(); ++i) {
    if (message->field(i)->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
      collect(message->field(i)->message_type(), reached);
  }
}

TEST(TripSchema, every_stored_field_is_of_the_sale_or_of_the_record) {
  std::set<const Descriptor*> reached;
  collect(v1::TripEvent::descriptor(), reached);
  collect(v1::SaleRecord::descriptor(), reached);
  EXPECT_GT(reached.size(), 20U);
  for (const Descriptor* message : reached) {
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor& field = *message->field(i);
      const v1::FieldClass of = field.options().GetExtension(v1::field_class);
      EXPECT_TRUE(of == v1::FIELD_CLASS_SALE || of == v1::FIELD_CLASS_RECORD) << field.full_name();
      EXPECT_EQ(field.options().ExtensionSize(v1::purposes), 0) << field.full_name();
    }
  }
}

}  // namespace
}  // namespace cartwright::trip
