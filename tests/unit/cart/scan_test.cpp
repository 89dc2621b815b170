#include "cart/scan.hpp"

#include <gtest/gtest.h>

namespace cartwright::cart {
namespace {

constexpr gs1::Date kToday{2026, 3, 1};

gs1::Identity identity_of(const Scan& scan, const StoreEntry& store = {}) {
  const gs1::Identified identified = identify(scan, store, kToday);
  if (const auto* refusal = std::get_if<gs1::Refusal>(&identified)) ADD_FAILURE() << refusal->text;
  return std::get<gs1::Identity>(identified);
}

TEST(Scans, go_by_aim_identifier_or_symbology_or_the_data) {
  EXPECT_EQ(identity_of({"4006381333931", "]E0", {}}).gtin.text(), "04006381333931");
  EXPECT_EQ(identity_of({"4006381333931", "", gs1::Symbology::ean13}).gtin.text(),
            "04006381333931");
  EXPECT_EQ(identity_of({"https://example.org/01/4006381333931", "", {}}).gtin.text(),
            "04006381333931");
}

TEST(Scans, have_dates_as_seen_from_the_day) {
  EXPECT_EQ(identity_of({"(01)04006381333931(17)270131", "", {}}).facts.expiry,
            (gs1::Date{2027, 1, 31}));
}

TEST(Scans, of_the_stores_own_numbers_are_taken_apart_by_its_rules) {
  StoreEntry store;
  EXPECT_EQ(identity_of({"2302148210869", "", {}}, store).restricted_rule, "");
  store.restricted = *gs1::restricted_rules("NO");
  const gs1::Identity identity = identity_of({"2302148210869", "", {}}, store);
  EXPECT_NE(identity.restricted_rule, "");
  EXPECT_EQ(identity.facts.weight_grams, 1086);
}

}  // namespace
}  // namespace cartwright::cart
