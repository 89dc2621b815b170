// `cartwright gs1`: what it prints for a scan, and how it ends.

#include "cart.hpp"

namespace cartwright::conformance {
namespace {

using testing::HasSubstr;

Json read(const Strings& words, int code = 0) {
  Strings all = {"gs1", "--reference-date", "2026-11-23"};
  all.insert(all.end(), words.begin(), words.end());
  const Result result = run(all);
  EXPECT_EQ(result.code, code) << result.output << result.errors;
  EXPECT_EQ(result.errors, "");
  return Json::parse(result.output);
}

Result run_on(const Strings& lines) {
  Process process({"gs1"});
  for (const std::string& line : lines) process.say(line);
  process.close_input();
  const int code = process.wait();
  return {code, process.output(), process.errors()};
}

TEST(Gs1, prints_an_element_string_and_what_it_says) {
  const Result result = run({"gs1", "--reference-date", "2026-11-23",
                             "]d20109521234543213310300125017270131"
                             "10A1\\x1d21S1"});
  EXPECT_EQ(
      result.output,
      R"({"ok":true,"symbology":"gs1_datamatrix","elements":[{"ai":"01","value":"09521234543213"},)"
      R"({"ai":"3103","value":"001250"},{"ai":"17","value":"270131"},{"ai":"10","value":"A1"},)"
      R"({"ai":"21","value":"S1"}],"gtin":"09521234543213","weight_grams":1250,)"
      R"("expiry":"2027-01-31","batch":"A1","serial":"S1",)"
      R"("hri":"(01)09521234543213(3103)001250(17)270131(10)A1(21)S1"})"
      "\n");
  EXPECT_EQ(result.code, 0);
}

TEST(Gs1, prints_article_numbers_with_fourteen_digits) {
  EXPECT_EQ(read({"4006381333931"}), Json({{"ok", true},
                                           {"symbology", "ean13"},
                                           {"elements", Json::array()},
                                           {"gtin", "04006381333931"}}));
  EXPECT_EQ(read({"04252614"}).at("symbology"), "upce");
  EXPECT_EQ(read({"04252614"}).at("gtin"), "00042100005264");
  EXPECT_EQ(read({"96385074"}).at("symbology"), "ean8");
  EXPECT_EQ(read({"]E3977147396801212"}).at("add_on"), "12");
}

TEST(Gs1, says_why_and_where_data_are_refused) {
  const Json refused = read({"4006381333932"}, 1);
  EXPECT_EQ(refused.at("ok"), false);
  EXPECT_EQ(refused.at("at"), 12);
  EXPECT_THAT(refused.at("error").get<std::string>(), HasSubstr("but 1 is right"));
  EXPECT_EQ(refused.size(), 3U);
  EXPECT_EQ(read({""}, 1).at("ok"), false);
}

TEST(Gs1, takes_a_line_each_of_standard_input) {
  const Result result =
      run_on({"4006381333931", "4006381333932", "", R"((01)09521234543213(10)A\\(1)"});
  EXPECT_EQ(result.code, 1);
  const auto lines = lines_of(result.output);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(Json::parse(lines[0]).at("ok"), true);
  EXPECT_EQ(Json::parse(lines[1]).at("ok"), false);
  EXPECT_EQ(Json::parse(lines[2]).at("ok"), false);
  EXPECT_EQ(Json::parse(lines[3]).at("elements").at(1).at("value"), "A(1");
  EXPECT_EQ(run_on({"4006381333931"}).code, 0);
}

TEST(Gs1, is_as_strict_as_its_options_say) {
  EXPECT_EQ(read({"(10)A1"}, 1).at("ok"), false);
  EXPECT_EQ(read({"--no-companions", "(10)A1"}).at("batch"), "A1");
  EXPECT_EQ(read({"(89)A"}, 1).at("ok"), false);
  EXPECT_EQ(read({"--permit-unknown-ai", "(89)A"}).at("elements").at(0).at("ai"), "89");
  EXPECT_EQ(read({"https://a/01/9521234543213"}, 1).at("ok"), false);
  EXPECT_EQ(read({"--zero-suppressed", "https://a/01/9521234543213"}).at("gtin"), "09521234543213");
}

TEST(Gs1, reads_prices_in_their_currency) {
  const Json named = read({"(01)09521234543213(3103)000195(3932)5780299"});
  EXPECT_EQ(named.at("price_minor"), 299);
  EXPECT_EQ(named.at("currency"), "NOK");
  EXPECT_EQ(named.at("weight_grams"), 195);
}

TEST(Gs1, reads_restricted_numbers_by_region) {
  const Json cheese = read({"--region", "NO", "2302148210869"});
  EXPECT_EQ(cheese.at("ok"), true);
  EXPECT_EQ(cheese.at("weight_grams"), 1086);
  EXPECT_FALSE(read({"2302148210869"}).contains("weight_grams"));
}

TEST(Gs1, names_options_that_are_wrong) {
  const auto errors = [](const Strings& words) {
    const Result result = run(words);
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.output, "");
    return result.errors;
  };
  EXPECT_THAT(errors({"gs1", "--region", "NOO", "1"}), HasSubstr("\"NOO\""));
  EXPECT_THAT(errors({"gs1", "--reference-date", "2026-02-30", "1"}), HasSubstr("2026-02-30"));
  EXPECT_THAT(errors({"gs1", "--reference-date", "soon", "1"}), HasSubstr("\"soon\""));
  EXPECT_THAT(errors({"gs1", "--rules", "absent.json", "1"}), HasSubstr("absent.json"));
}

}  // namespace
}  // namespace cartwright::conformance
