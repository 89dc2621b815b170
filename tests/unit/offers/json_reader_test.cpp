#include "offers/json_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::refusal;
using testing::ElementsAre;
using testing::HasSubstr;

// What reading the text with `read` refuses.
template <typename Read>
std::string refused(const std::string& text, Read read) {
  const nlohmann::json value = parse_strict_json(text, "file");
  return refusal([&] {
    JsonObject object(value, "file: here");
    read(object);
    object.finish();
  });
}

TEST(JsonReader, gives_values_by_name_and_type) {
  const nlohmann::json value =
      parse_strict_json(R"({"a":"x","b":3,"c":true,"d":["p","q"],"e":{"f":1}})", "file");
  JsonObject object(value, "file");
  EXPECT_EQ(object.text("a"), "x");
  EXPECT_EQ(object.integer("b", 0, 5), 3);
  EXPECT_TRUE(object.boolean_or("c", false));
  EXPECT_THAT(object.texts("d"), ElementsAre("p", "q"));
  EXPECT_EQ(object.object("e").integer("f", 0, 1), 1);
  EXPECT_EQ(object.integer_or("none", 0, 5, 4), 4);
  object.finish();
}

TEST(JsonReader, names_place_key_value_and_what_is_expected) {
  const auto integer = [](JsonObject& o) { o.integer("n", 1, 9); };
  EXPECT_EQ(refused(R"({"n":10})", integer), "file: here: n: 10 is not from 1 to 9");
  EXPECT_EQ(refused(R"({"n":18446744073709551615})", integer),
            "file: here: n: 18446744073709551615 is not from 1 to 9");
  EXPECT_EQ(refused(R"({"n":1.5})", integer), "file: here: n: 1.5 is no whole number");
  EXPECT_EQ(refused(R"({"n":"1"})", integer), "file: here: n: \"1\" is no whole number");
  EXPECT_EQ(refused(R"({})", integer), "file: here: n: is missing");
  const auto nested = [](JsonObject& o) { o.object("get").object("set").texts("products"); };
  EXPECT_EQ(refused(R"({"get":{"set":{"products":[1]}}})", nested),
            "file: here: get.set.products: 1 is no text; write it in quotes");
}

TEST(JsonReader, refuses_unknown_keys_with_the_nearest) {
  const auto read = [](JsonObject& o) { o.text_or("threshold", ""); };
  EXPECT_EQ(refused(R"({"treshold":"x"})", read),
            "file: here: unknown key \"treshold\", did you mean \"threshold\"?");
  EXPECT_THAT(refused(R"({"treshold":"x"})", [](JsonObject& o) { o.text("threshold"); }),
              HasSubstr("threshold: is missing; \"treshold\" is no key, did you mean this?"));
}

TEST(JsonReader, takes_exactly_one_of_several_keys) {
  static constexpr std::array<std::string_view, 2> kKeys = {"units", "grams"};
  const auto read = [](JsonObject& o) { o.one_of(kKeys); };
  EXPECT_THAT(refused("{}", read), HasSubstr("one of units, grams is missing"));
  EXPECT_THAT(refused(R"({"units":1,"grams":2})", read), HasSubstr("stands beside units"));
  EXPECT_THAT(refused(R"({"unit":1})", read), HasSubstr("did you mean \"units\"?"));
}

TEST(JsonReader, refuses_texts_that_no_name_is) {
  const auto read = [](JsonObject& o) { o.text("a"); };
  EXPECT_THAT(refused(R"({"a":""})", read), HasSubstr("is empty"));
  EXPECT_THAT(refused(R"({"a":"x\ny"})", read), HasSubstr("control character"));
  EXPECT_THAT(refused(R"({"a":")" + std::string(1001, 'x') + "\"}", read),
              HasSubstr("longer than 1000 bytes"));
}

TEST(JsonReader, parses_strictly) {
  const auto parse = [](const std::string& text) {
    return refusal([&] { parse_strict_json(text, "file"); });
  };
  EXPECT_EQ(parse(R"({"a":1,"a":2})"), "file: key \"a\" stands twice in an object");
  EXPECT_EQ(parse("{"), "file: no JSON at byte 2");
  EXPECT_EQ(parse("\xFF"), "file: it is not UTF-8");
  EXPECT_EQ(parse(std::string(100'000, '[')), "file: lists and objects are nested too deep");
  EXPECT_EQ(parse(R"([{"a":1},{"a":2}])"), "");
}

}  // namespace
}  // namespace cartwright::offers
