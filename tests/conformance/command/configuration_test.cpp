#include "cart.hpp"

namespace cartwright::conformance {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Matcher;

void refused(const Store& store, const Matcher<const std::string&>& why) {
  const Result result = store.cart_command({"run"});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.output, "");
  EXPECT_THAT(result.errors, why);
}

std::string line_of(const std::string& file, const std::string& word) {
  const Strings lines = lines_of(content_of(file));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find(word) != std::string::npos) return file + ":" + std::to_string(i + 1);
  }
  return "nowhere";
}

struct Typo {
  std::string right;
  std::string wrong;
  std::string nearest;  // what is said to be meant
};

TEST(Configuration, with_a_typo_is_refused_with_file_line_and_the_nearest_key) {
  const std::vector<Typo> typos{
      {"state = ", "sate = ", "\"sate\""},
      {"weighing_timeout_ms", "weighing_timout_ms", "weighing_timeout_ms"},
      {"zone = ", "zoen = ", "\"zoen\""},
      {"[store.taxes]", "[store.texas]", "taxes"},
      {"[[device]]", "[[devise]]", "device"},
      {"driver = ", "drivr = ", "\"drivr\""},
      {"\"mock-scanner\"", "\"mock-scaner\"", "mock-scanner"},
      {"\"EUR\"", "\"EURO\"", "EUR"},
      {"isolation = \"inline\"", "isolation = \"in-line\"", "inline"}};
  for (const Typo& typo : typos) {
    const Store store(device("scanner0", "mock-scanner", "scenario:none?unit=scanner0",
                             "isolation = \"inline\"\n"),
                      "", "weighing_timeout_ms = 2000\n");
    store.change(typo.right, typo.wrong);
    const Result result = store.cart_command({"run"});
    EXPECT_EQ(result.code, 2);
    EXPECT_THAT(result.errors,
                AllOf(HasSubstr(store.configuration() + ":"), HasSubstr(typo.nearest)))
        << typo.wrong;
  }
}

TEST(Configuration, names_the_line_of_an_unknown_key) {
  const Store store("", "", "weighing_timout_ms = 2000\n");
  refused(store, HasSubstr(line_of(store.configuration(), "timout") + ": unknown key"));
}

TEST(Configuration, names_the_device_whose_setting_or_link_is_wrong) {
  const auto wrong = [](const std::string& link, const std::string& more,
                        const Matcher<const std::string&>& why) {
    const Store store(device("scanner0", "scanner-serial", link, more));
    refused(store,
            AllOf(HasSubstr(line_of(store.configuration(), "[[device]]") + ": device \"scanner0\""),
                  why));
  };
  wrong("pty:/nowhere", "settings = { sufix = \"x\" }\n",
        AllOf(HasSubstr("\"sufix\""), HasSubstr("did you mean \"suffix\"?")));
  wrong("ptyy:/nowhere", "", HasSubstr("did you mean \"pty\"?"));
  wrong("pty:/nowhere?buad=9600", "", HasSubstr("did you mean \"baud\"?"));
  wrong("pty:/nowhere?baud=fast", "", HasSubstr("baud \"fast\""));
  wrong("", "", HasSubstr("needs 1 link (line), 0 given"));
}

TEST(Configuration, that_is_not_there_or_no_toml_is_named) {
  const Scratch scratch;
  const Result absent = run({"run", "--config", scratch.file("no.toml")});
  EXPECT_EQ(absent.code, 2);
  EXPECT_THAT(absent.errors, HasSubstr("no.toml"));
  const Result broken = run({"run", "--config", scratch.write("broken.toml", "[cart\nid = 1\n")});
  EXPECT_EQ(broken.code, 2);
  EXPECT_THAT(broken.errors, HasSubstr("broken.toml:1"));
}

TEST(Scenario, with_a_typo_is_refused_with_file_line_and_the_nearest_word) {
  const auto wrong = [](const std::string& line, const Matcher<const std::string&>& why) {
    Store store;
    const std::string file = store.scratch.write("shop.scenario", "# a day\n" + line + "\n");
    store.scratch.write(
        "cart.toml", content_of(store.configuration()) +
                         device("scanner0", "mock-scanner", "scenario:" + file + "?unit=scanner0"));
    refused(store, AllOf(HasSubstr(file + ":2: "), why));
    const Result simulated = run({"simulate", "serial", "--scenario", file});
    EXPECT_EQ(simulated.code, 2);
    EXPECT_THAT(simulated.errors, AllOf(HasSubstr(file + ":2: "), why));
  };
  wrong("0.1s scanner0 scn 4006381333931", HasSubstr("did you mean \"scan\"?"));
  wrong("0.1s scaner0 scan 4006381333931", HasSubstr("did you mean \"scanner0\"?"));
  wrong("0.1q scanner0 scan 4006381333931", HasSubstr("bad time \"0.1q\""));
  wrong("0.1s scanner0 scan", HasSubstr("scan"));
}

TEST(Scenario, that_is_not_there_is_named) {
  const Store store(device("scanner0", "mock-scanner", "scenario:/nowhere.txt?unit=scanner0"));
  refused(store, AllOf(HasSubstr("device \"scanner0\""), HasSubstr("/nowhere.txt")));
}

}  // namespace
}  // namespace cartwright::conformance
