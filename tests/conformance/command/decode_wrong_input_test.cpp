#include "effects.hpp"

namespace cartwright::conformance {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Matcher;

// What is wrong is found before anything is printed.
void refused(Strings arguments, const Matcher<const std::string&>& why) {
  arguments.insert(arguments.begin(), "decode");
  const Result result = run(arguments);
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.output, "");
  EXPECT_THAT(result.errors, why);
}

TEST(DecodeWrongInput, names_hexadecimal_that_is_none) {
  refused({"scale-toledo8217", "--hex", "0230", "zz"}, HasSubstr("--hex \"zz\""));
  refused({"scale-toledo8217", "--hex", "023"}, HasSubstr("--hex \"023\""));
  refused({"scale-toledo8217", "--hex"}, HasSubstr("--hex"));
}

TEST(DecodeWrongInput, names_an_unknown_driver_and_the_nearest) {
  refused(
      {"scale-toledo8271", "--hex", "00"},
      AllOf(HasSubstr("\"scale-toledo8271\""), HasSubstr("did you mean \"scale-toledo8217\"?")));
  refused({"no-such-thing-at-all"}, HasSubstr("CARTWRIGHT_PLUGIN_PATH"));
  refused({}, HasSubstr("DRIVER"));
}

TEST(DecodeWrongInput, names_a_command_that_is_no_json_or_unknown) {
  refused({"display-cd5220", "--command", "{\"show\""}, HasSubstr("is not JSON"));
  refused({"display-cd5220", "--command", "3"}, HasSubstr("one JSON object"));
  refused({"display-cd5220", "--command", R"({"shwo":{"lines":[]}})"},
          AllOf(HasSubstr("\"shwo\""), HasSubstr("did you mean \"show\"?")));
  refused({"display-cd5220", "--command", R"({"show":{"line":["A"]}})"},
          AllOf(HasSubstr("\"line\""), HasSubstr("did you mean \"lines\"?")));
  refused({"display-cd5220", "--command", R"({"show":{}})"}, HasSubstr("needs \"lines\""));
  refused({"display-cd5220", "--command", R"({"show":{"lines":[1]}})"}, HasSubstr("list of texts"));
  refused({"scanner-serial", "--command", R"({"beep":{"kind":"god"}})"},
          AllOf(HasSubstr("\"god\""), HasSubstr("did you mean \"good\"?")));
}

TEST(DecodeWrongInput, names_an_unknown_setting_or_a_value_out_of_range) {
  refused({"scale-toledo8217", "--config", R"({"pol_ms":100})"},
          AllOf(HasSubstr("\"pol_ms\""), HasSubstr("did you mean \"poll_ms\"?")));
  refused({"scale-toledo8217", "--config", R"({"poll_ms":1})"},
          AllOf(HasSubstr("settings: poll_ms:"), HasSubstr("50")));
  refused({"scale-toledo8217", "--config", R"({"poll_ms":"x"})"}, HasSubstr("whole number"));
  refused({"scale-toledo8217", "--config", R"({"unit":"stone"})"},
          AllOf(HasSubstr("settings: unit:"), HasSubstr("stone")));
  refused({"scale-toledo8217", "--config", "{"}, HasSubstr("not valid JSON"));
}

TEST(DecodeWrongInput, says_in_the_driver_s_words_why_it_refuses_its_settings) {
  refused({"scanner-serial", "--config", R"({"suffix":"\\xzz"})"},
          AllOf(HasSubstr("settings: the driver refuses them"), HasSubstr("suffix")));
}

TEST(DecodeWrongInput, names_a_time_that_is_none) {
  refused({"scale-toledo8217", "--advance", "soon"}, HasSubstr("--advance"));
  refused({"scale-toledo8217", "--advance", "-5"}, HasSubstr("--advance"));
  refused({"scale-toledo8217", "--advance", "1.5"}, HasSubstr("--advance"));
  refused({"scale-toledo8217", "--advance", "99999999999999"}, HasSubstr("--advance"));
  refused({"scale-toledo8217", "--advance", "99999999999999999999999"}, HasSubstr("--advance"));
}

TEST(DecodeWrongInput, names_an_unknown_option_and_the_nearest) {
  refused({"scanner-serial", "--hxe", "00"},
          AllOf(HasSubstr("\"--hxe\""), HasSubstr("did you mean \"--hex\"?")));
}

TEST(DecodeWrongInput, has_no_bytes_for_a_plugin_that_does_its_own_io) {
  refused({"sink-http", "--hex", "00"}, HasSubstr("its own I/O"));
}

}  // namespace
}  // namespace cartwright::conformance
