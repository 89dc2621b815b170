#include "base/json_object.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "base/error.hpp"
#include "base/strict_json.hpp"

namespace cartwright {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What reading the text with `read` refuses.
template <typename Read>
std::string refused(const std::string& text, Read read) {
  const nlohmann::json value = parse_strict_json(text, "file");
  try {
    JsonObject object(value, "file: here");
    read(object);
    object.finish();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "";
}

TEST(JsonObject, gives_values_by_name_and_type) {
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

TEST(JsonObject, names_place_key_value_and_what_is_expected) {
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

TEST(JsonObject, refuses_unknown_keys_with_the_nearest) {
  const auto read = [](JsonObject& o) { o.text_or("threshold", ""); };
  EXPECT_EQ(refused(R"({"treshold":"x"})", read),
            "file: here: unknown key \"treshold\", did you mean \"threshold\"?");
  EXPECT_THAT(refused(R"({"treshold":"x"})", [](JsonObject& o) { o.text("threshold"); }),
              HasSubstr("threshold: is missing; \"treshold\" is no key, did you mean this?"));
}

TEST(JsonObject, takes_exactly_one_of_several_keys) {
  static constexpr std::array<std::string_view, 2> kKeys = {"units", "grams"};
  const auto read = [](JsonObject& o) { o.one_of(kKeys); };
  EXPECT_THAT(refused("{}", read), HasSubstr("one of units, grams is missing"));
  EXPECT_THAT(refused(R"({"units":1,"grams":2})", read), HasSubstr("stands beside units"));
  EXPECT_THAT(refused(R"({"unit":1})", read), HasSubstr("did you mean \"units\"?"));
}

TEST(JsonObject, refuses_texts_that_no_name_is) {
  const auto read = [](JsonObject& o) { o.text("a"); };
  EXPECT_THAT(refused(R"({"a":""})", read), HasSubstr("is empty"));
  EXPECT_THAT(refused(R"({"a":"x\ny"})", read), HasSubstr("control character"));
  EXPECT_THAT(refused(R"({"a":")" + std::string(1001, 'x') + "\"}", read),
              HasSubstr("longer than 1000 bytes"));
}

TEST(JsonObject, names_words_and_the_nearest) {
  static constexpr std::array<std::string_view, 2> kWords = {"list", "net"};
  const auto word = [](JsonObject& o) { o.word("base", kWords); };
  EXPECT_EQ(refused(R"({"base":"nett"})", word),
            "file: here: base: \"nett\" is none of \"list\", \"net\", did you mean \"net\"?");
  EXPECT_EQ(refused("{}", word), "file: here: base: is missing");
  EXPECT_EQ(
      refused("{}", [](JsonObject& o) { EXPECT_EQ(o.word_or_first("base", kWords), "list"); }), "");
}

TEST(JsonObject, gives_the_remedy_for_a_missing_key_unless_one_was_mistyped) {
  const auto read = [](JsonObject& o) { o.text("region", "write a name"); };
  EXPECT_EQ(refused("{}", read), "file: here: region: is missing; write a name");
  EXPECT_EQ(refused(R"({"regoin":"x"})", read),
            "file: here: region: is missing; \"regoin\" is no key, did you mean this?");
}

TEST(JsonObject, names_the_path_of_what_is_no_object_and_of_unknown_keys) {
  const auto links = [](JsonObject& o) {
    for (JsonObject& link : o.objects("links")) link.finish();
  };
  EXPECT_EQ(refused(R"({"links":[{},3]})", links), "file: here: links[1]: 3 is no object {...}");
  EXPECT_EQ(refused(R"({"links":[{},{"a":1}]})", links), "file: here: unknown key \"links[1].a\"");
  EXPECT_EQ(refused(R"({"links":{}})", links), "file: here: links: {} is no list of objects");
  EXPECT_EQ(refused("[1]", [](JsonObject&) {}), "file: here: [1] is no object {...}");
}

TEST(JsonObject, keeps_names_chosen_by_others_on_one_line) {
  const auto taxes = [](JsonObject& o) {
    for (const std::string& key : o.keys()) o.integer(key, 0, 1);
  };
  EXPECT_EQ(refused(R"({"a\nb":2})", taxes), "file: here: \"a\\nb\": 2 is not from 0 to 1");
}

}  // namespace
}  // namespace cartwright
