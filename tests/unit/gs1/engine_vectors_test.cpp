// The GS1 reference engine's word on published inputs, at its default options.

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "gs1/reading.hpp"
#include "support/published.hpp"

namespace cartwright::gs1 {
namespace {

struct Answer {
  bool ok = false;
  std::string elements;  // in brackets; empty where there are none
  std::string why;
};

Answer read(const std::string& input) {
  const ReadResult result = read_scan(input, std::string_view());
  if (const auto* refusal = std::get_if<Refusal>(&result)) return {false, "", refusal->text};
  return {true, human_readable(std::get<Reading>(result).elements), ""};
}

// Inputs on which we differ from the engine, and why.
//
// The engine was asked for "" and "ftp://" as any data of a symbol, of which it says nothing; by
// themselves they are no scan, which is what the engine's own test of Digital Links says too.
const std::set<std::string> kDifferent = {"", "ftp://"};

TEST(EngineVectors, are_answered_as_by_the_reference_engine) {
  const auto cases = test::published("gs1_engine_oracle.json");
  if (!cases) GTEST_SKIP() << "the published cases are not here";
  EXPECT_GE(cases->size(), 80U);
  int compared = 0;
  for (const auto& each : *cases) {
    const auto input = each.at("input").get<std::string>();
    const bool agrees = each.at("agrees").get<bool>();
    if (!agrees && kDifferent.contains(input)) continue;
    const Answer answer = read(input);
    EXPECT_EQ(answer.ok, each.at("oracle_ok").get<bool>())
        << input << ": " << answer.why << " / " << each.at("err");
    const std::string elements =
        each.at("ai_data").is_null() ? "" : each.at("ai_data").get<std::string>();
    EXPECT_EQ(answer.elements, elements) << input;
    ++compared;
  }
  EXPECT_GE(compared, 80);
}

}  // namespace
}  // namespace cartwright::gs1
