#include "journey/explain.hpp"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "cartwright/v1/policy.pb.h"

namespace cartwright::journey {
namespace {

namespace pb = google::protobuf;

const std::filesystem::path kProtos =
    std::filesystem::path(__FILE__).parent_path() / "../../../sdk/proto/cartwright/v1";

void expect_annotated(const pb::Descriptor& message, std::set<std::string>& seen) {
  for (int i = 0; i < message.field_count(); ++i) {
    const pb::FieldDescriptor& field = *message.field(i);
    const auto field_class = field.options().GetExtension(v1::field_class);
    const int purposes = field.options().ExtensionSize(v1::purposes);
    seen.insert(field.full_name());
    EXPECT_NE(field_class, v1::FIELD_CLASS_UNSPECIFIED) << field.full_name() << " has no class";
    if (field_class == v1::FIELD_CLASS_JOURNEY) {
      EXPECT_GT(purposes, 0) << field.full_name() << " serves no purpose";
      EXPECT_FALSE(field.options().GetExtension(v1::collects).empty())
          << field.full_name() << " does not say what it collects";
    } else {
      EXPECT_EQ(purposes, 0) << field.full_name() << " has purposes but needs no consent";
    }
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    expect_annotated(*message.nested_type(i), seen);
  }
}

// The folder says which files there are: a new one fails here until explain() tells of it.
std::set<std::string> all_fields() {
  std::set<std::string> seen;
  for (const auto& entry : std::filesystem::directory_iterator(kProtos)) {
    if (entry.path().extension() != ".proto") continue;
    // What a store's files and commands hold, not a cart's log nor what it sends.
    if (entry.path().filename() == "offers.proto") continue;
    const std::string name = "cartwright/v1/" + entry.path().filename().string();
    const auto* file = pb::DescriptorPool::generated_pool()->FindFileByName(name);
    EXPECT_NE(file, nullptr) << name << " is missing in explain.cpp";
    if (file == nullptr) continue;
    for (int i = 0; i < file->message_type_count(); ++i) {
      expect_annotated(*file->message_type(i), seen);
    }
  }
  return seen;
}

}  // namespace

TEST(Schema, annotates_every_field_of_every_message) {
  EXPECT_GT(all_fields().size(), 100U);
}

TEST(Schema, states_basis_benefit_and_retention_of_every_purpose) {
  const auto* purposes = v1::Purpose_descriptor();
  for (int i = 0; i < purposes->value_count(); ++i) {
    if (purposes->value(i)->number() == 0) continue;
    const auto& policy = purposes->value(i)->options().GetExtension(v1::purpose_policy);
    EXPECT_FALSE(policy.text().empty()) << purposes->value(i)->name();
    EXPECT_FALSE(policy.benefit().empty()) << purposes->value(i)->name();
    EXPECT_FALSE(policy.legal_basis().empty()) << purposes->value(i)->name();
    EXPECT_GT(policy.retention_days(), 0U) << purposes->value(i)->name();
    EXPECT_GT(policy.level(), 0U) << purposes->value(i)->name();
  }
}

TEST(Explain, lists_every_field_that_is_stored_or_sent) {
  const auto notice = nlohmann::json::parse(explain_json());
  std::set<std::string> told;
  for (const auto& field : notice["fields"]) {
    told.insert(field["message"].get<std::string>() + "." + field["field"].get<std::string>());
  }
  for (const std::string& field : all_fields()) {
    if (field.starts_with("cartwright.v1.PurposePolicy.")) continue;
    EXPECT_TRUE(told.contains(field)) << field;
  }
  EXPECT_EQ(notice["purposes"].size(), 3U);
}

TEST(Explain, says_in_words_what_why_and_on_which_basis) {
  const std::string text = explain_text();
  EXPECT_NE(text.find("store_insight (level L1)"), std::string::npos);
  EXPECT_NE(text.find("GDPR Art. 6(1)(a), consent"), std::string::npos);
  EXPECT_NE(text.find("L2  OrderCompleted.order_id: Which receipt (profile)"), std::string::npos);
  EXPECT_NE(
      text.find("L1  ProductRemoved.held_ms: How long it had been in the cart (store_insight)"),
      std::string::npos);
}

}  // namespace cartwright::journey
