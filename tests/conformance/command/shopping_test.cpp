#include "cart.hpp"

namespace cartwright::conformance {
namespace {

TEST(Shopping, refuses_wrong_check_digits_and_unknown_products_and_goes_on) {
  const Store store;
  RunningCart cart(store);
  cart.reply("start");
  cart.say("4006381333930");
  cart.event("scan_refused", {{"code", "4006381333930"}, {"why", "bad_check_digit"}});
  cart.say("9521234543213");
  cart.event("scan_refused", {{"code", "9521234543213"}, {"why", "unknown_product"}});
  cart.say("scan HELLO");
  cart.event("scan_refused", {{"code", "HELLO"}, {"why", "not_a_product_code"}});
  cart.say(kPen);
  EXPECT_EQ(cart.event("line_added")["totals"]["total_minor"], 250);
  EXPECT_EQ(cart.trip()["phase"], "shopping");
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, says_when_there_is_no_trip_or_no_scale) {
  const Store store;
  RunningCart cart(store);
  cart.say(kPen);
  cart.event("scan_refused", {{"why", "no_trip"}});
  cart.reply("start");
  cart.say(kApples);
  cart.event("scan_refused", {{"why", "needs_weight"}});
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, answers_wrong_words_and_goes_on) {
  const Store store;
  RunningCart cart(store);
  for (const char* const word : {"foo", "pay", "put-back 1", "put-back", "quantity 1 x", "end",
                                 "consent store-insight perhaps", "end never", "look-up"}) {
    const Json reply = cart.reply(word);
    EXPECT_EQ(reply["ok"], false) << word;
    EXPECT_NE(reply.value("error", ""), "") << word;
  }
  EXPECT_EQ(cart.reply("stat").value("error", ""),
            "unknown word \"stat\", did you mean \"start\"?");
  EXPECT_EQ(cart.reply("start")["ok"], true);
  EXPECT_EQ(cart.reply("help")["ok"], true);
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, gives_up_on_a_weight_that_never_settles_and_the_trip_goes_on) {
  const Store store(device("scale0", "scale-toledo8217", "", ""), "",
                    "weighing_timeout_ms = 1000\n");
  store.change("driver = \"scale-toledo8217\"\n",
               "driver = \"scale-toledo8217\"\nlink = \"pty:" + store.file("scale") +
                   "\"\nsettings = { poll_ms = 50 }\n");
  // A load on it never rests.
  Device scale(store, "toledo8217", "scale", {"--device", "settle_ms=60000"});
  RunningCart cart(store);
  cart.reply("start");
  cart.event("weight_changed", {{"status", "stable_zero"}});
  scale.happen("place 1.250 kg");
  cart.event("weight_changed", {{"status", "in_motion"}, {"stable", false}});
  cart.say(kApples);
  cart.event("weight_wanted", {{"product", "apples"}, {"scale", "scale0"}});
  cart.event("scan_refused", {{"code", kApples}, {"why", "needs_weight"}});
  cart.say(kPen);
  EXPECT_EQ(cart.event("line_added")["totals"]["total_minor"], 250);
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, does_the_same_with_a_mock_scale_on_a_scenario) {
  Store store("", "", "weighing_timeout_ms = 1000\n");
  const std::string file =
      store.scratch.write("shop.scenario",
                          "0s scale0 motion\n0.5s scanner0 scan 9521234000013\n"
                          "4s scanner0 scan 4006381333931\n");
  std::string devices;
  for (const std::string kind : {"scanner", "scale"}) {
    devices += device(kind + "0", "mock-" + kind, "scenario:" + file + "?unit=" + kind + "0");
  }
  store.scratch.write("cart.toml", content_of(store.configuration()) + devices);
  // The trip stands before the scenario begins.
  {
    RunningCart cart(store);
    cart.reply("start");
    EXPECT_EQ(cart.end(), 0);
  }
  RunningCart cart(store);
  cart.event("scan_refused", {{"code", kApples}, {"why", "needs_weight"}});
  EXPECT_EQ(cart.event("line_added")["line"]["product"], "pen");
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, bills_the_weight_that_settles) {
  const Store store;
  store.scratch.write("cart.toml",
                      content_of(store.configuration()) + device("scale0", "scale-toledo8217",
                                                                 "pty:" + store.file("scale"),
                                                                 "settings = { poll_ms = 50 }\n"));
  Device scale(store, "toledo8217", "scale", {"--device", "settle_ms=100"});
  RunningCart cart(store);
  cart.reply("start");
  cart.event("weight_changed", {{"status", "stable_zero"}});
  cart.say(kApples);
  cart.event("weight_wanted");
  scale.happen("place 1.250 kg");
  const Json added = cart.event("line_added");
  EXPECT_EQ(added["line"]["grams"], 1250);
  EXPECT_EQ(added["totals"]["total_minor"], 375);
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, survives_a_label_that_is_no_text) {
  const Store store;
  store.scratch.write("cart.toml",
                      content_of(store.configuration()) +
                          device("scanner0", "scanner-serial", "pty:" + store.file("scanner")));
  Device scanner(store, "serial", "scanner", {"--device", "aim=off"});
  RunningCart cart(store);
  cart.reply("start");
  cart.event("device_changed", {{"name", "scanner0"}, {"state", "up"}});
  scanner.happen("scan \"\\xff\\xfe\"");
  cart.event("scan_refused", {{"why", "not_a_product_code"}});
  scanner.happen(std::string("scan ") + kPen);
  EXPECT_EQ(cart.event("line_added")["totals"]["total_minor"], 250);
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, tells_a_driver_that_can_not_be_loaded_and_goes_on_without_it) {
  Store store;
  std::string bytes = content_of(CARTWRIGHT_TEST_PLUGINS "/mock-scanner.so");
  for (std::size_t at = 0; (at = bytes.find("mock-scanner", at)) != std::string::npos; ++at) {
    // The manifest alone: there the id stands in quotes.
    if (at > 0 && bytes[at - 1] == '"') bytes.replace(at, 12, "mock-scammer");
  }
  store.scratch.write("plugins/liar.so", bytes);
  store.change("catalog = \"catalog\"\n", "catalog = \"catalog\"\nplugin_dirs = [\"plugins\"]\n");
  store.scratch.write("cart.toml",
                      content_of(store.configuration()) +
                          device("scanner0", "mock-scammer",
                                 "scenario:" + store.scratch.write("none", "") + "?unit=scanner0"));
  RunningCart cart(store);
  const Json told = cart.event("device_changed", {{"name", "scanner0"}, {"state", "failed"}});
  EXPECT_THAT(told.value("reason", ""),
              testing::AllOf(testing::HasSubstr("liar.so"), testing::HasSubstr("mock-scammer")));
  cart.reply("start");
  cart.say(kPen);
  cart.event("line_added");
  EXPECT_EQ(cart.end(), 0);
}

TEST(Shopping, goes_on_with_the_same_trip_when_the_cart_is_killed) {
  const Store store;
  std::string trip;
  {
    RunningCart cart(store);
    cart.reply("start");
    cart.say(kPen);
    cart.event("line_added");
    trip = cart.trip()["trip"];
    cart.process.signal(9);
    EXPECT_EQ(cart.process.wait(), 128 + 9);
  }
  RunningCart cart(store);
  cart.event("trip_started", {{"trip", trip}, {"resumed", true}});
  EXPECT_EQ(cart.trip()["totals"]["total_minor"], 250);
  EXPECT_EQ(cart.end(), 0);
}

}  // namespace
}  // namespace cartwright::conformance
