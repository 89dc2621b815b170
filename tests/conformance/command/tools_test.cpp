#include "cart.hpp"

namespace cartwright::conformance {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Command, teaches_in_the_help_of_every_subcommand) {
  const std::vector<Strings> all{{},
                                 {"run"},
                                 {"devices"},
                                 {"plugins"},
                                 {"decode"},
                                 {"record"},
                                 {"replay"},
                                 {"simulate"},
                                 {"gs1"},
                                 {"catalog"},
                                 {"offers"},
                                 {"price"},
                                 {"trip"},
                                 {"journey"},
                                 {"hub"},
                                 {"doctor"},
                                 {"catalog", "import"},
                                 {"offers", "check"},
                                 {"trip", "verify"},
                                 {"hub", "enrol"},
                                 {"journey", "explain"}};
  for (Strings words : all) {
    words.emplace_back("--help");
    const Result result = run(words);
    EXPECT_EQ(result.code, 0) << words[0];
    EXPECT_EQ(result.errors, "");
    EXPECT_THAT(result.output, AllOf(HasSubstr("Usage: cartwright"), HasSubstr("--help")));
    // What it is for, before the usage; and something to try or know, after the options.
    EXPECT_FALSE(result.output.starts_with("Usage")) << words[0];
    EXPECT_GT(lines_of(result.output).size(), 6u) << words[0];
  }
}

TEST(Command, names_a_word_that_it_does_not_know) {
  const auto refused = [](const Strings& words) {
    const Result result = run(words);
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.output, "");
    return result.errors;
  };
  EXPECT_THAT(refused({"decod", "x"}), HasSubstr("did you mean \"decode\"?"));
  EXPECT_THAT(refused({"frobnicate"}), HasSubstr("\"frobnicate\""));
  EXPECT_THAT(refused({"trip", "lst"}), HasSubstr("did you mean \"list\"?"));
  EXPECT_THAT(refused({"run", "--confg", "x"}), HasSubstr("did you mean \"--config\"?"));
  EXPECT_THAT(refused({"simulate", "toledo8271"}), HasSubstr("did you mean \"toledo8217\"?"));
  EXPECT_THAT(refused({"simulate", "cd5220", "--hex", "zz"}), HasSubstr("\"zz\""));
  EXPECT_THAT(refused({"simulate", "cd5220", "--device", "codepage=cp437", "--hex", "41"}),
              HasSubstr("did you mean \"code_page\"?"));
  EXPECT_THAT(refused({"record"}), HasSubstr("LINK"));
  EXPECT_THAT(refused({}), HasSubstr("subcommand"));
}

TEST(Command, says_its_version) {
  const Result result = run({"--version"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.output, testing::StartsWith("cartwright "));
}

TEST(Doctor, ends_with_0_or_1_and_says_why) {
  const Result json = run({"doctor", "--json"});
  bool well = true;
  for (const Json& check : Json::parse(json.output)) {
    well = well && check["well"];
    EXPECT_EQ(check.value("remedy", "").empty(), check["well"].get<bool>()) << check;
  }
  EXPECT_EQ(json.code, well ? 0 : 1);
  EXPECT_EQ(run({"doctor"}).code, json.code);
}

TEST(Doctor, writes_udev_rules_for_the_drivers_that_are_there) {
  const Result result = run({"doctor", "--udev"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.output,
              AllOf(HasSubstr("ATTR{idVendor}==\"05e0\""), HasSubstr("ATTR{idProduct}==\"1701\"")));
}

TEST(Devices, are_listed_without_being_opened) {
  const Result json = run({"devices", "--json"});
  EXPECT_EQ(json.code, 0) << json.errors;
  EXPECT_TRUE(Json::parse(json.output).is_array());
  EXPECT_EQ(run({"devices"}).code, 0);
}

TEST(Plugins, are_listed_with_their_classes) {
  Strings ids;
  for (const Json& plugin : Json::parse(run({"plugins", "--json"}).output)) {
    if (plugin["verdict"] == "ok") ids.push_back(plugin["id"]);
  }
  EXPECT_THAT(ids, testing::IsSupersetOf({"display-cd5220", "scale-toledo8217", "scanner-serial",
                                          "mock-display", "mock-locator", "mock-scale",
                                          "mock-scanner", "mock-terminal", "sink-http"}));
}

TEST(Catalog, is_imported_listed_and_shown) {
  const Store store;
  const auto catalog = [&](Strings words) {
    words.insert(words.begin(), {"catalog", "--dir", store.file("catalog"), "--json"});
    return run(words);
  };
  const Json versions = Json::parse(catalog({"list"}).output);
  ASSERT_EQ(versions.size(), 1u);
  EXPECT_EQ(versions[0]["products"], 2);
  EXPECT_EQ(versions[0]["current"], true);
  const Json pen = Json::parse(catalog({"show", kPen}).output);
  EXPECT_EQ(pen["product"], "pen");
  EXPECT_EQ(pen["price_minor"], 250);
  EXPECT_EQ(Json::parse(catalog({"show", "pen"}).output), pen);
  const Json again = Json::parse(catalog({"import", store.file("catalog.jsonl")}).output);
  EXPECT_EQ(again["changed"], false);
  const Result unknown = catalog({"show", "9521234543213"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_EQ(unknown.output, "");
  EXPECT_THAT(unknown.errors, HasSubstr("9521234543213"));
}

TEST(Catalog, with_a_bad_row_names_its_line_and_changes_nothing) {
  const Store store;
  const std::string file = store.scratch.write("bad.csv",
                                               "product,gtins,name,sold_by,price_minor,tax\n"
                                               "milk,9521234543213,Milk,piece,129,standard\n"
                                               "bread,9521234543210,Bread,piece,199,standard\n");
  const Result refused = run({"catalog", "--dir", store.file("catalog"), "import", file});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.output, "");
  EXPECT_THAT(refused.errors, AllOf(HasSubstr(file + ":3"), HasSubstr("9521234543210")));
  EXPECT_EQ(run({"catalog", "--dir", store.file("catalog"), "show", "milk"}).code, 2);
  EXPECT_EQ(run({"catalog", "--dir", store.file("catalog"), "show", "pen"}).code, 0);
}

// A trip that was paid, and what the tools say of it.
class PaidTrip : public testing::Test {
 protected:
  PaidTrip() {
    const std::string file = store_.scratch.write("terminal.scenario", "0s terminal0 approve\n");
    store_.scratch.write("cart.toml", content_of(store_.configuration()) +
                                          device("terminal0", "mock-terminal",
                                                 "scenario:" + file + "?unit=terminal0",
                                                 "settings = { settle_ms = 50 }\n"));
    RunningCart cart(store_);
    cart.event("device_changed", {{"name", "terminal0"}, {"state", "up"}});
    cart.reply("start");
    cart.say(kPen);
    cart.event("line_added");
    cart.say("pay");
    trip_ = cart.event("trip_ended", {{"cause", "paid"}}).value("trip", "");
    EXPECT_EQ(cart.end(), 0);
  }
  Result trip(Strings words) const {
    words.insert(words.begin(), "trip");
    return store_.cart_command(words);
  }

  Store store_;
  std::string trip_;
};

TEST_F(PaidTrip, is_listed_shown_and_has_a_receipt) {
  const Json list = Json::parse(trip({"list", "--json"}).output);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0]["trip"], trip_);
  EXPECT_EQ(list[0]["status"], "ended");
  EXPECT_EQ(list[0]["total"], "2.50 EUR");
  std::size_t facts = 0;
  for (const std::string& line : lines_of(trip({"show", "last", "--json"}).output)) {
    EXPECT_EQ(Json::parse(line)["seq"], std::to_string(++facts));
  }
  EXPECT_EQ(list[0]["facts"], facts);
  const Result receipt = trip({"receipt", trip_.substr(0, 8)});
  EXPECT_EQ(receipt.code, 0) << receipt.errors;
  EXPECT_THAT(receipt.output,
              AllOf(HasSubstr("Pen"), HasSubstr("2.50"), HasSubstr("This is no fiscal receipt")));
  EXPECT_EQ(Json::parse(trip({"receipt", "last", "--json"}).output)["total_minor"], "250");
  EXPECT_EQ(trip({"show", "zz"}).code, 2);
  EXPECT_EQ(run({"trip", "--state", store_.file("state"), "verify"}).code, 0);
}

TEST_F(PaidTrip, is_verified_and_a_flipped_byte_is_found) {
  const Result well = trip({"verify", "--json"});
  EXPECT_EQ(well.code, 0);
  EXPECT_EQ(Json::parse(well.output)["findings"].size(), 0u);

  // In the sale record and in the facts: the price of the pen, as the name before it is told.
  const std::string file = store_.file("state/cart.db");
  std::string bytes = content_of(file);
  const std::size_t at = bytes.find("Pen");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'H';
  store_.scratch.write("state/cart.db", bytes);
  const Result found = trip({"verify", "--json"});
  EXPECT_EQ(found.code, 1) << found.output << found.errors;
  const Json findings = Json::parse(found.output)["findings"];
  ASSERT_GT(findings.size(), 0u);
  EXPECT_EQ(findings[0]["trip"], trip_);
  EXPECT_EQ(trip({"verify"}).code, 1);
}

TEST(Trips, of_a_cart_that_never_ran_are_not_there) {
  const Store store;
  const Result result = store.cart_command({"trip", "list"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.errors, HasSubstr("no cart has run"));
}

TEST(Journey, is_explained_from_the_schema_as_text_and_as_json) {
  const Result text = run({"journey", "explain"});
  EXPECT_EQ(text.code, 0) << text.errors;
  EXPECT_THAT(text.output,
              AllOf(HasSubstr("store_insight"), HasSubstr("GDPR"), HasSubstr("benefit")));
  const Result json = run({"journey", "explain", "--json"});
  EXPECT_EQ(json.code, 0);
  const Json schema = Json::parse(json.output);
  EXPECT_EQ(schema["schema"], "cartwright.v1");
  EXPECT_EQ(schema["purposes"].size(), 3u);
}

TEST(Hub, shows_json_when_nothing_came_and_says_when_its_port_is_taken) {
  const Scratch scratch;
  const Result shown = run({"hub", "--dir", scratch.file("hub"), "show", "--json"});
  EXPECT_EQ(shown.code, 0) << shown.errors;
  EXPECT_EQ(Json::parse(shown.output)["journeys"].size(), 0u);
  Process first(
      {"hub", "--dir", scratch.file("hub"), "--port", "0", "--port-file", scratch.file("port")});
  ASSERT_TRUE(first.line());
  const Result second = run({"hub", "--dir", scratch.file("other"), "--port",
                             lines_of(content_of(scratch.file("port"))).at(0)});
  EXPECT_EQ(second.code, 3) << second.errors;
}

}  // namespace
}  // namespace cartwright::conformance
