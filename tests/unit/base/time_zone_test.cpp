#include "base/time_zone.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/rfc3339.hpp"

namespace cartwright {
namespace {

using testing::HasSubstr;

std::string be(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
  return text;
}

// A TZif file with one change at `at`, from one to two hours, and this last line.
std::string tzif(std::uint64_t at, const std::string& rule) {
  const auto header = [](std::uint64_t times, std::uint64_t types) {
    return "TZif2" + std::string(15, '\0') + std::string(12, '\0') + be(times, 4) + be(types, 4) +
           be(0, 4);
  };
  return header(0, 1) + be(0, 6) + header(1, 2) + be(at, 8) + std::string(1, '\1') + be(3600, 4) +
         be(0, 2) + be(7200, 4) + be(0, 2) + "\n" + rule + "\n";
}

TimeZone parsed(const std::string& bytes) {
  return TimeZone::parse(as_bytes(bytes), "Test/Zone");
}

TEST(TimeZone, goes_by_its_changes_and_then_by_its_rule) {
  const TimeZone zone = parsed(tzif(1000, "AAA-5"));
  EXPECT_EQ(zone.offset_at(999), 3600);
  EXPECT_EQ(zone.offset_at(1000), 18'000);  // the rule takes over with the last change
  EXPECT_EQ(parsed(tzif(1000, "")).offset_at(5000), 7200);
}

TEST(TimeZone, refuses_a_file_cut_anywhere) {
  const std::string whole = tzif(1000, "AAA-5");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    try {
      parsed(whole.substr(0, size));
      FAIL() << size;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::corrupt);
      EXPECT_THAT(error.what(), HasSubstr("Test/Zone"));
    }
  }
}

TEST(TimeZone, knows_the_clock_changes_of_a_store) {
  const TimeZone zone = TimeZone::load("Europe/Berlin");
  const auto at = [&](std::string_view time) {
    return zone.offset_at(parse_rfc3339(time)->seconds);
  };
  EXPECT_EQ(at("2026-03-29T00:59:59Z"), 3600);
  EXPECT_EQ(at("2026-03-29T01:00:00Z"), 7200);
  EXPECT_EQ(at("2026-10-25T00:59:59Z"), 7200);
  EXPECT_EQ(at("2026-10-25T01:00:00Z"), 3600);
  EXPECT_EQ(at("2060-07-01T00:00:00Z"), 7200);
}

TEST(TimeZone, refuses_a_name_that_is_none) {
  for (const char* name : {"", "Europe/Berlim", "/etc/passwd", "../zoneinfo/UTC", "Europe"}) {
    try {
      TimeZone::load(name);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::not_found);
    }
  }
}

}  // namespace
}  // namespace cartwright
