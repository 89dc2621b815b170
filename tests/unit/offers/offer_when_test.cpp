#include "offers/offer_when.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rfc3339.hpp"
#include "base/strict_json.hpp"
#include "base/time_zone.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::refusal;
using testing::HasSubstr;

When when(const std::string& text) {
  const nlohmann::json value = parse_strict_json(text, "file");
  return read_when(JsonObject(value, "file", "when."));
}

// By the time's own offset.
bool at(const std::string& text, const char* time) {
  const Rfc3339 read = *parse_rfc3339(time);
  return within(when(text), read.seconds, read.seconds + read.offset_seconds);
}

TEST(OfferWhen, begins_with_from_and_ends_before_to) {
  const std::string year =
      R"({"from":"2026-01-01T00:00:00+01:00","to":"2027-01-01T00:00:00+01:00"})";
  EXPECT_FALSE(at(year, "2025-12-31T22:59:59Z"));
  EXPECT_TRUE(at(year, "2025-12-31T23:00:00Z"));
  EXPECT_TRUE(at(year, "2026-12-31T22:59:59Z"));
  EXPECT_FALSE(at(year, "2026-12-31T23:00:00Z"));
}

TEST(OfferWhen, knows_days_and_hours_of_the_place) {
  const std::string text = R"({"days":["sat"],"hours":["08:00-12:00"]})";
  EXPECT_TRUE(at(text, "2026-11-21T08:00:00+01:00"));
  EXPECT_TRUE(at(text, "2026-11-21T11:59:59+01:00"));
  EXPECT_FALSE(at(text, "2026-11-21T12:00:00+01:00"));
  EXPECT_FALSE(at(text, "2026-11-21T07:59:59+01:00"));
  EXPECT_FALSE(at(text, "2026-11-22T09:00:00+01:00"));
  // Saturday there, Sunday in UTC.
  EXPECT_TRUE(at(text, "2026-11-21T11:00:00-12:00"));
}

TEST(OfferWhen, splits_a_span_over_midnight) {
  const When night = when(R"({"hours":["22:00-02:00"]})");
  ASSERT_EQ(night.hours.size(), 2u);
  EXPECT_TRUE(at(R"({"hours":["22:00-02:00"]})", "2026-11-21T23:59:59+01:00"));
  EXPECT_TRUE(at(R"({"hours":["22:00-02:00"]})", "2026-11-21T01:59:59+01:00"));
  EXPECT_FALSE(at(R"({"hours":["22:00-02:00"]})", "2026-11-21T02:00:00+01:00"));
  EXPECT_EQ(when(R"({"hours":["22:00-00:00"]})").hours.size(), 1u);
}

// 25 October 2026: 02:00 to 03:00 comes twice; 29 March: it does not come.
TEST(OfferWhen, counts_an_hour_that_comes_twice_twice) {
  const TimeZone zone = TimeZone::load("Europe/Berlin");
  const When span = when(R"({"hours":["02:00-03:00"]})");
  const auto counts = [&](const char* time) {
    const std::int64_t seconds = parse_rfc3339(time)->seconds;
    return within(span, seconds, seconds + zone.offset_at(seconds));
  };
  EXPECT_FALSE(counts("2026-10-24T23:59:59Z"));
  EXPECT_TRUE(counts("2026-10-25T00:30:00Z"));
  EXPECT_TRUE(counts("2026-10-25T01:30:00Z"));
  EXPECT_FALSE(counts("2026-10-25T02:00:00Z"));
  EXPECT_FALSE(counts("2026-03-29T00:59:59Z"));
  EXPECT_FALSE(counts("2026-03-29T01:00:00Z"));
}

TEST(OfferWhen, refuses_what_is_no_time) {
  const auto refused = [](const std::string& text) { return refusal([&] { when(text); }); };
  EXPECT_THAT(refused(R"({"from":"2026-01-01"})"), HasSubstr("when.from: \"2026-01-01\""));
  EXPECT_THAT(refused(R"({"days":["sunn"]})"), HasSubstr("did you mean \"sun\"?"));
  for (const char* span : {"8:00-12:00", "08:00", "08:00-08:00", "08:00-24:01", "24:00-08:00",
                           "08:60-09:00", "", "08:00-12:00-13:00"}) {
    EXPECT_THAT(refused(std::string(R"({"hours":[")") + span + "\"]}"), HasSubstr("when.hours"))
        << span;
  }
  EXPECT_THAT(refused(R"({"dayz":[]})"), HasSubstr("did you mean \"days\"?"));
}

}  // namespace
}  // namespace cartwright::offers
