#include "host/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace cartwright::host {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

const char* const toledo = R"({
 "id":"scale-toledo8217","version":"0.1.0","abi":"0.1","io":"pure","summary":"Toledo 8217 scales",
 "units":[{"name":"scale","class":"cw.scale/1"}],
 "links":[{"name":"line","shape":"stream","schemes":["serial","pty"],
           "defaults":"baud=9600&format=7E1","sensitive":false}],
 "match":[{"usb":"0403:6001","note":"FTDI cable"}],
 "settings":[
  {"key":"poll_ms","type":"integer","default":200,"min":50,"max":5000,"help":"Time between polls"},
  {"key":"suffix","type":"text","max":4,"default":"\r","help":"Ends each message"},
  {"key":"parity","type":"text","choices":["even","odd"],"help":"Parity of the line"},
  {"key":"beep","type":"boolean","default":true,"help":"Sound each read"}],
 "needs":[]})";

// What the manifest's reader says of the document after one change.
std::string refusal_of(const std::function<void(json&)>& change) {
  json document = json::parse(toledo);
  change(document);
  try {
    parse_manifest(document.dump(), "m.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "nothing";
}

std::string settings_refusal(const char* settings) {
  try {
    check_settings(parse_manifest(toledo, "m.json"), settings, "cart.toml:7");
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

TEST(Manifest, reads_each_field_of_a_driver_s_manifest) {
  const Manifest manifest = parse_manifest(toledo, "m.json");
  EXPECT_EQ(manifest.id, "scale-toledo8217");
  EXPECT_EQ(manifest.version, "0.1.0");
  EXPECT_EQ(manifest.abi, (AbiVersion{0, 1}));
  EXPECT_EQ(manifest.io, PluginIo::pure);
  ASSERT_EQ(manifest.units.size(), 1u);
  EXPECT_EQ(manifest.units[0].class_id, "cw.scale/1");
  ASSERT_EQ(manifest.links.size(), 1u);
  EXPECT_EQ(manifest.links[0].shape, link::Shape::stream);
  EXPECT_EQ(manifest.links[0].defaults, "baud=9600&format=7E1");
  EXPECT_EQ(manifest.match.at(0).usb, "0403:6001");
  ASSERT_EQ(manifest.settings.size(), 4u);
  EXPECT_EQ(manifest.settings[0].min, 50);
  EXPECT_FALSE(manifest.settings[2].fallback.has_value());
}

TEST(Manifest, names_an_unknown_key_with_its_path_and_the_nearest_one) {
  EXPECT_THAT(
      refusal_of([](json& m) { m["unit"] = 1; }),
      AllOf(HasSubstr("m.json: unknown key \"unit\""), HasSubstr("did you mean \"units\"")));
  EXPECT_THAT(refusal_of([](json& m) { m["links"][0]["scheme"] = 1; }),
              AllOf(HasSubstr("\"links[0].scheme\""), HasSubstr("did you mean \"schemes\"")));
  EXPECT_THAT(refusal_of([](json& m) { m["settings"][1]["halp"] = "x"; }),
              AllOf(HasSubstr("\"settings[1].halp\""), HasSubstr("did you mean \"help\"")));
}

TEST(Manifest, names_what_is_missing) {
  for (const char* key : {"id", "version", "abi", "io", "summary", "units", "links"}) {
    EXPECT_THAT(refusal_of([&](json& m) { m.erase(key); }),
                AllOf(HasSubstr(std::string("m.json: ") + key + ": "), HasSubstr("is missing")))
        << key;
  }
}

TEST(Manifest, refuses_a_key_given_twice) {
  try {
    parse_manifest(R"({"id":"a","id":"b"})", "m.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("\"id\" stands twice"));
  }
}

TEST(Manifest, refuses_words_that_are_none_and_suggests) {
  EXPECT_THAT(refusal_of([](json& m) { m["units"][0]["class"] = "cw.scael/1"; }),
              HasSubstr("did you mean \"cw.scale/1\""));
  EXPECT_THAT(refusal_of([](json& m) { m["links"][0]["schemes"] = {"serail"}; }),
              HasSubstr("did you mean \"serial\""));
  EXPECT_THAT(refusal_of([](json& m) { m["settings"][0]["type"] = "interger"; }),
              HasSubstr("did you mean \"integer\""));
  EXPECT_THAT(refusal_of([](json& m) { m["io"] = "mine"; }), HasSubstr("\"pure\""));
  EXPECT_THAT(refusal_of([](json& m) { m["links"][0]["shape"] = "bytes"; }),
              HasSubstr("\"messages\""));
}

TEST(Manifest, reads_match_rules_by_ids_usage_and_product) {
  const auto rules = [](const json& match) {
    json document = json::parse(toledo);
    document["match"] = match;
    return parse_manifest(document.dump(), "m.json").match;
  };
  const auto all = rules({{{"usb", "05e0:1900"}, {"usage", "8c:02"}, {"product", "*Scan*"}},
                          {{"usb", "05e0:*"}, {"note", "all of a vendor"}},
                          {{"usage", "8d"}}});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(to_text(all[0]), "usb 05e0:1900, usage 8c:02, product *Scan*");
  EXPECT_TRUE(all[0].is_exact());
  EXPECT_FALSE(all[1].is_exact());
  EXPECT_EQ(all[1].note, "all of a vendor");
  EXPECT_EQ(to_text(all[2]), "usage 8d");
}

TEST(Manifest, refuses_match_rules_that_say_nothing_or_are_misspelt) {
  const auto refused = [](const json& rule) {
    return refusal_of([&](json& m) { m["match"][0] = rule; });
  };
  EXPECT_THAT(refused({{"note", "n"}}), HasSubstr("needs one of usb, usage and product"));
  EXPECT_THAT(refused({{"usb", "05E0:1900"}}), HasSubstr("lower-case"));
  EXPECT_THAT(refused({{"usb", "05e0"}}), HasSubstr("VENDOR:PRODUCT"));
  EXPECT_THAT(refused({{"usb", "*:1900"}}), HasSubstr("VENDOR:PRODUCT"));
  EXPECT_THAT(refused({{"usage", "8C"}}), HasSubstr("\"8c:02\""));
  EXPECT_THAT(refused({{"product", "**"}}), HasSubstr("more than *"));
  EXPECT_THAT(refused({{"usb", "05e0:1900"}, {"usge", "8c"}}),
              AllOf(HasSubstr("\"match[0].usge\""), HasSubstr("did you mean \"usage\"")));
}

TEST(Manifest, takes_a_vendor_s_own_class) {
  EXPECT_EQ(refusal_of([](json& m) { m["units"][0]["class"] = "com.example.thing/1"; }), "nothing");
  EXPECT_NE(refusal_of([](json& m) { m["units"][0]["class"] = "example/1"; }), "nothing");
  EXPECT_NE(refusal_of([](json& m) { m["units"][0]["class"] = "cw.other.thing/1"; }), "nothing");
}

TEST(Manifest, takes_semantic_versions_only) {
  for (const char* version : {"1.2.3", "0.0.0", "1.2.3-rc.1", "1.2.3-0a+b.01", "10.20.30+build"}) {
    EXPECT_EQ(refusal_of([&](json& m) { m["version"] = version; }), "nothing") << version;
  }
  for (const char* version :
       {"1.2", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "v1.2.3", "1..3", "1.2.3+", " 1.2.3"}) {
    EXPECT_THAT(refusal_of([&](json& m) { m["version"] = version; }), HasSubstr("semantic version"))
        << version;
  }
}

TEST(Manifest, takes_abi_versions_of_two_numbers_only) {
  for (const char* abi : {"0", "0.1.0", "0.01", "a.b", "0.", ".1", "-1.0", "99999999999.0"}) {
    EXPECT_THAT(refusal_of([&](json& m) { m["abi"] = abi; }), HasSubstr("MAJOR.MINOR")) << abi;
  }
}

TEST(Manifest, lets_only_own_io_plugins_need_things) {
  const auto needs = [](const char* need) {
    return refusal_of([&](json& m) {
      m["io"] = "own";
      m["needs"] = {need};
    });
  };
  for (const char* need : {"usb", "tty", "state", "helper", "net pay.example:443", "read /etc/x"}) {
    EXPECT_EQ(needs(need), "nothing") << need;
  }
  for (const char* need :
       {"net pay.example", "net :443", "net pay.example:0", "read etc", "root"}) {
    EXPECT_THAT(needs(need), HasSubstr("nown are")) << need;
  }
  EXPECT_THAT(refusal_of([](json& m) { m["needs"] = {"usb"}; }), HasSubstr("\"pure\""));
}

TEST(Manifest, refuses_names_given_twice) {
  EXPECT_THAT(refusal_of([](json& m) { m["units"].push_back(m["units"][0]); }),
              HasSubstr("\"scale\" twice"));
  EXPECT_THAT(refusal_of([](json& m) { m["settings"].push_back(m["settings"][0]); }),
              HasSubstr("\"poll_ms\" twice"));
}

TEST(Manifest, refuses_a_default_outside_its_own_bounds) {
  EXPECT_THAT(refusal_of([](json& m) { m["settings"][0]["default"] = 10; }),
              HasSubstr("at least 50 and at most 5000, it is 10"));
  EXPECT_THAT(refusal_of([](json& m) { m["settings"][0]["default"] = "fast"; }),
              HasSubstr("a whole number"));
  EXPECT_THAT(refusal_of([](json& m) { m["settings"][2]["default"] = "mark"; }),
              HasSubstr("one of \"even\", \"odd\""));
}

TEST(Manifest, refuses_deep_nesting_and_great_size_before_they_cost) {
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  EXPECT_THROW(parse_manifest(R"({"id":)" + deep + "}", "m.json"), Error);
  EXPECT_THROW(parse_manifest(std::string(manifest_limit + 1, ' '), "m.json"), Error);
}

RC_GTEST_PROP(Manifest, answers_any_text_with_a_manifest_or_an_error, ()) {
  std::string text = toledo;
  for (int i = 0; i < 3; ++i) {
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
  }
  try {
    parse_manifest(text, "m.json");
  } catch (const Error& error) {
    RC_ASSERT(std::string_view(error.what()).starts_with("m.json: "));
  }
}

TEST(Settings, come_in_the_schema_s_order_with_defaults_filled_in) {
  const std::vector<Setting> settings = check_settings(
      parse_manifest(toledo, "m.json"), R"({"parity":"odd","poll_ms":500})", "cart.toml:7");
  ASSERT_EQ(settings.size(), 4u);
  EXPECT_EQ(settings[0].key, "poll_ms");
  EXPECT_EQ(std::get<std::int64_t>(settings[0].value), 500);
  EXPECT_EQ(std::get<std::string>(settings[1].value), "\r");
  EXPECT_EQ(std::get<std::string>(settings[2].value), "odd");
  EXPECT_TRUE(std::get<bool>(settings[3].value));
}

TEST(Settings, name_place_key_and_remedy_when_they_are_wrong) {
  EXPECT_THAT(settings_refusal(R"({"parity":"odd","pol_ms":1})"),
              AllOf(HasSubstr("cart.toml:7"), HasSubstr("did you mean \"poll_ms\"")));
  EXPECT_THAT(settings_refusal("{}"),
              AllOf(HasSubstr("cart.toml:7: parity: is missing"), HasSubstr("Parity of the line")));
  EXPECT_THAT(settings_refusal(R"({"parity":"mark"})"), HasSubstr("\"even\", \"odd\""));
  EXPECT_THAT(settings_refusal(R"({"parity":"odd","poll_ms":5001})"), HasSubstr("it is 5001"));
  EXPECT_THAT(settings_refusal(R"({"parity":"odd","poll_ms":2.5})"), HasSubstr("whole number"));
  EXPECT_THAT(settings_refusal(R"({"parity":"odd","suffix":"12345"})"),
              HasSubstr("a length of at most 4"));
  EXPECT_THAT(settings_refusal(R"({"parity":"odd","beep":1})"), HasSubstr("true or false"));
}

}  // namespace
}  // namespace cartwright::host
