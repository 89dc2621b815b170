#include <cstdlib>
#include <filesystem>

#include "effects.hpp"
#include "scratch.hpp"

namespace cartwright::conformance {
namespace {

// Bytes of real devices, where they are at hand: CARTWRIGHT_SHARED, or beside the source tree.
std::string vectors(const std::string& name) {
  const char* const shared = std::getenv("CARTWRIGHT_SHARED");
  const std::filesystem::path folder =
      shared != nullptr ? std::filesystem::path(shared) : CARTWRIGHT_SOURCE_DIR "/../shared";
  return content_of(folder / "vectors" / name);
}

// The lines that the published meaning of a Toledo answer stands for.
Strings meaning_of(const std::string& expect) {
  if (expect.starts_with("reject")) return {};
  if (expect.starts_with("in motion")) {
    Strings lines{scale_status("in_motion")};
    if (expect.find("over capacity") != std::string::npos) {
      lines.push_back(scale_status("over_capacity"));
    }
    return lines;
  }
  std::string digits = expect.substr(0, expect.find(' '));
  if (digits.find_first_of("123456789") == std::string::npos) return {scale_status("stable_zero")};
  const bool net = expect.find("NET") != std::string::npos || expect.find('N') != std::string::npos;
  const std::size_t point = digits.find('.');
  std::string grams = digits.substr(0, point);
  grams += point == std::string::npos ? "000" : digits.substr(point + 1);
  grams.erase(0, grams.find_first_not_of('0'));
  return {R"({"effect":"event","type":"scale.weight","indicated":")" + digits +
          R"(","unit":"kg","micrograms":)" + grams + R"(000000,"grams":)" + grams +
          R"(,"stable":true,"net":)" + (net ? "true" : "false") + R"(,"zero":false})"};
}

TEST(Vectors, of_toledo_8217_come_out_of_the_command_as_published) {
  const std::string text = vectors("toledo_8217.json");
  if (text.empty()) GTEST_SKIP() << "the vectors are not here";
  for (const Json& vector : Json::parse(text)) {
    Strings wanted = meaning_of(vector["expect"]);
    wanted.insert(wanted.begin(), send(vector["tx"]));
    EXPECT_THAT(decode({"scale-toledo8217", "--hex", vector["rx"]}),
                testing::ElementsAreArray(wanted))
        << vector.dump();
  }
}

TEST(Vectors, of_cd5220_are_drawn_by_the_simulator_as_published) {
  const std::string text = vectors("cd5220.json");
  if (text.empty()) GTEST_SKIP() << "the vectors are not here";
  for (const Json& vector : Json::parse(text)) {
    const Result result = run({"simulate", "cd5220", "--hex", vector["hex"]});
    EXPECT_EQ(result.code, 0) << result.errors;
    EXPECT_EQ(Json::parse(result.output), (Json{{"screen", vector["lines"]}})) << vector.dump();
  }
}

}  // namespace
}  // namespace cartwright::conformance
