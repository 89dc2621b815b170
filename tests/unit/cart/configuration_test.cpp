#include "cart/configuration.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "base/error.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kKey(64, 'a');

// Line numbers of the tests count from here: [cart] is line 1.
const std::string kFile = R"([cart]
id = "cart-7"
state = "state"
catalog = "catalog"
[store]
gln = "9521234000013"
zone = "Europe/Berlin"
currency = "EUR"
cut_over = "04:00"
[store.taxes]
standard = 1900
reduced = 700
[journey]
sink = "hub0"
hub_key = "KEY"
[[device]]
name = "scanner0"
driver = "scanner-serial"
link = "serial:/dev/ttyUSB0"
settings = { suffix = "\r" }
[[device]]
name = "hub0"
driver = "sink-http"
isolation = "process"
)";

struct File : ::testing::Test {
  testing::ScratchFolder folder;

  Configuration read(std::string text) const {
    if (const auto at = text.find("KEY"); at != std::string::npos) text.replace(at, 3, kKey);
    std::ofstream(folder.file("cart.toml")) << text;
    return read_configuration(folder.file("cart.toml"));
  }
  // The file with one part replaced.
  static std::string with(const std::string& what, const std::string& by) {
    std::string text = kFile;
    return text.replace(text.find(what), what.size(), by);
  }
  std::string error_of(const std::string& text) const {
    try {
      read(text);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
      return error.what();
    }
    return "no error";
  }
  std::string error_with(const std::string& what, const std::string& by) const {
    return error_of(with(what, by));
  }
};

TEST_F(File, is_read_whole_and_its_paths_are_relative_to_it) {
  const Configuration configuration = read(kFile);
  EXPECT_EQ(configuration.cart_id, "cart-7");
  EXPECT_EQ(configuration.state, folder.file("state"));
  EXPECT_EQ(configuration.store.cut_over_minutes, 240);
  EXPECT_EQ(configuration.store.rules.taxes.at("reduced").bps, 700);
  EXPECT_EQ(configuration.store.rules.currency.code, "EUR");
  EXPECT_EQ(configuration.journey.sink, "hub0");
  EXPECT_TRUE(configuration.journey.hub_key.has_value());
  ASSERT_EQ(configuration.devices.size(), 2U);
  EXPECT_THAT(configuration.devices[0].links, ElementsAre("serial:/dev/ttyUSB0"));
  EXPECT_THAT(configuration.devices[0].settings, HasSubstr("suffix"));
  EXPECT_THAT(configuration.devices[0].place, HasSubstr("cart.toml:16"));
}

TEST_F(File, takes_the_hub_key_from_a_file) {
  std::ofstream(folder.file("hub.key")) << kKey << "\n";
  EXPECT_TRUE(read(with("KEY", "hub.key")).journey.hub_key.has_value());
}

TEST_F(File, names_a_mistyped_table_with_line_and_nearest) {
  EXPECT_THAT(error_with("[store]", "[stroe]"), HasSubstr("cart.toml"));
  EXPECT_THAT(error_with("[journey]", "[jurney]"),
              AllOf(HasSubstr("cart.toml:13"), HasSubstr("did you mean \"journey\"")));
  EXPECT_THAT(error_with("[cart]", "[crat]"),
              AllOf(HasSubstr("cart.toml:1:"), HasSubstr("did you mean \"cart\"")));
}

TEST_F(File, names_a_mistyped_key_of_each_table_with_line_and_nearest) {
  EXPECT_THAT(error_with("id = \"cart-7\"", "id = \"cart-7\"\nwelcom = \"Hi\""),
              AllOf(HasSubstr("cart.toml:3"), HasSubstr("did you mean \"welcome\"")));
  EXPECT_THAT(error_with("cut_over", "cutover"),
              AllOf(HasSubstr("cart.toml:9"), HasSubstr("did you mean \"cut_over\"")));
  EXPECT_THAT(error_with("hub_key", "hub_kye"),
              AllOf(HasSubstr("cart.toml:15"), HasSubstr("did you mean \"hub_key\"")));
  EXPECT_THAT(error_with("isolation", "isolaton"),
              AllOf(HasSubstr("cart.toml:24"), HasSubstr("did you mean \"isolation\"")));
}

TEST_F(File, names_the_mistyped_key_where_a_required_one_is_missing) {
  EXPECT_THAT(error_with("gln = ", "gnl = "),
              AllOf(HasSubstr("cart.toml:6"), HasSubstr("\"gln\""), HasSubstr("\"gnl\"")));
  EXPECT_THAT(error_with("driver = \"sink-http\"", "drivr = \"sink-http\""),
              AllOf(HasSubstr("cart.toml:23"), HasSubstr("\"driver\""), HasSubstr("\"drivr\"")));
  EXPECT_THAT(error_with("zone = \"Europe/Berlin\"\n", ""),
              AllOf(HasSubstr("cart.toml:5"), HasSubstr("\"zone\" is missing in [store]")));
}

TEST_F(File, names_a_value_of_the_wrong_type) {
  EXPECT_THAT(error_with("id = \"cart-7\"", "id = 7"),
              AllOf(HasSubstr("cart.toml:2"), HasSubstr("text in quotes")));
  EXPECT_THAT(error_with("standard = 1900", "standard = \"19 %\""),
              AllOf(HasSubstr("cart.toml:11"), HasSubstr("whole number")));
  EXPECT_THAT(error_with("link = \"serial:/dev/ttyUSB0\"", "links = \"serial:/dev/ttyUSB0\""),
              AllOf(HasSubstr("cart.toml:19"), HasSubstr("list")));
  EXPECT_THAT(error_with("settings = { suffix = \"\\r\" }", "settings = 1"),
              AllOf(HasSubstr("cart.toml:20"), HasSubstr("table")));
}

TEST_F(File, names_text_that_is_no_toml) {
  EXPECT_THAT(error_with("id = \"cart-7\"", "id = "), HasSubstr("cart.toml:2"));
}

TEST_F(File, refuses_a_gln_that_was_mistyped) {
  EXPECT_THAT(error_with("9521234000013", "9521234000014"),
              AllOf(HasSubstr("cart.toml:6"), HasSubstr("check digit")));
  EXPECT_THAT(error_with("9521234000013", "96385074"), HasSubstr("cart.toml:6"));
}

TEST_F(File, refuses_taxes_and_rounding_that_can_not_be) {
  EXPECT_THAT(error_with("reduced = 700", "reduced = 70000"),
              AllOf(HasSubstr("cart.toml:12"), HasSubstr("\"reduced\"")));
  EXPECT_THAT(error_with("reduced = 700", "reduced = -1"), HasSubstr("cart.toml:12"));
  EXPECT_THAT(error_with("standard = 1900\nreduced = 700\n", ""), HasSubstr("at least one tax"));
  EXPECT_THAT(error_with("currency = \"EUR\"", "currency = \"EUX\""),
              AllOf(HasSubstr("cart.toml:8"), HasSubstr("EUX")));
  EXPECT_THAT(error_with("cut_over", "round_total_to_minor = 0\ncut_over"),
              HasSubstr("cart.toml:9"));
}

TEST_F(File, refuses_a_rounding_of_tax_that_it_does_not_know) {
  EXPECT_THAT(error_with("cut_over", "tax_rounding = \"half_down\"\ncut_over"),
              AllOf(HasSubstr("cart.toml:9"), HasSubstr("half_even")));
  EXPECT_THAT(error_with("cut_over", "tax_per = \"unit\"\ncut_over"), HasSubstr("cart.toml:9"));
}

TEST_F(File, refuses_a_cut_over_that_is_no_time_of_day) {
  for (const char* wrong : {"24:00", "04:60", "4:00", "noon", "04-00", "04:00:00", ""}) {
    EXPECT_THAT(error_with("\"04:00\"", "\"" + std::string(wrong) + "\""),
                AllOf(HasSubstr("cart.toml:9"), HasSubstr("04:00")))
        << wrong;
  }
}

TEST_F(File, refuses_two_devices_or_units_of_one_name) {
  EXPECT_THAT(error_with("name = \"hub0\"", "name = \"scanner0\""),
              AllOf(HasSubstr("cart.toml:22"), HasSubstr("two devices")));
  EXPECT_THAT(error_with("isolation = \"process\"", "units = [\"hub0\", \"scanner0\"]"),
              AllOf(HasSubstr("cart.toml:24"), HasSubstr("unit called \"scanner0\"")));
}

TEST_F(File, refuses_a_device_that_says_its_link_twice_or_an_unknown_isolation) {
  EXPECT_THAT(error_with("settings = { suffix = \"\\r\" }", "links = [\"pty:/tmp/a\"]"),
              AllOf(HasSubstr("cart.toml:19"), HasSubstr("not both")));
  EXPECT_THAT(error_with("\"process\"", "\"thread\""),
              AllOf(HasSubstr("cart.toml:24"), HasSubstr("\"inline\"")));
}

TEST_F(File, lets_a_probe_open_ports_only_for_a_link_that_is_to_be_found) {
  EXPECT_FALSE(read(kFile).devices[0].probe);
  const std::string found = with("isolation = \"process\"", "link = \"auto\"\nprobe = true");
  EXPECT_TRUE(read(found).devices[1].probe);
  EXPECT_EQ(read(found).devices[1].links, std::vector<std::string>{"auto"});
  EXPECT_THAT(error_with("isolation = \"process\"", "probe = true"),
              AllOf(HasSubstr("cart.toml:24"), HasSubstr("goes with link = \"auto\"")));
  EXPECT_THAT(error_with("isolation = \"process\"", "link = \"pty:/tmp/a\"\nprobe = true"),
              HasSubstr("goes with link = \"auto\""));
  EXPECT_THAT(error_with("isolation = \"process\"", "link = \"auto\"\nprobe = \"yes\""),
              HasSubstr("cart.toml:25"));
}

TEST_F(File, refuses_a_sink_that_can_not_prove_what_it_stored) {
  EXPECT_THAT(error_with("hub_key = \"KEY\"\n", ""),
              AllOf(HasSubstr("cart.toml:14"), HasSubstr("hub_key")));
  EXPECT_THAT(error_with("KEY", "00ff"), AllOf(HasSubstr("cart.toml:15"), HasSubstr("64 hex")));
  EXPECT_THAT(error_with("KEY", "no-such-file"), HasSubstr("cart.toml:15"));
  EXPECT_THAT(error_with("sink = \"hub0\"", "sink = \"hub\""),
              AllOf(HasSubstr("cart.toml:14"), HasSubstr("did you mean \"hub0\"")));
}

TEST_F(File, knows_the_stores_own_numbers_by_region_or_file) {
  EXPECT_FALSE(read(kFile).store.restricted);
  const auto store = [](const std::string& word) {
    return with("cut_over = \"04:00\"", "restricted_numbers = \"" + word + "\"");
  };
  ASSERT_TRUE(read(store("generic")).store.restricted);
  EXPECT_THAT(error_of(store("NO")), HasSubstr("reads prices in NOK"));
  EXPECT_THAT(error_of(store("DEE")),
              AllOf(HasSubstr("is none of NO, SE"), HasSubstr("did you mean")));
  EXPECT_THAT(error_of(store("rules.json")), HasSubstr("rules.json"));
  std::ofstream(folder.file("rules.json"))
      << R"({"region":"own","currency":"EUR","rules":[)"
         R"({"name":"price","pattern":"20IIIIIMMMMMK","measure":"price","decimals":2}]})";
  EXPECT_EQ(read(store("rules.json")).store.restricted->rules.front().name, "price");
}

}  // namespace
}  // namespace cartwright::cart
