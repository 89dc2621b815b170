#include "cart.hpp"

namespace cartwright::conformance {
namespace {

std::string cola(int price, const std::string& more = "") {
  return R"({"product":"cola","gtins":["9521234000051"],"name":"Cola","sold_by":"piece",)"
         R"("price_minor":)" +
         std::to_string(price) +
         R"(,"tax":"standard","content":{"amount":500,"unit":"ml"},)"
         R"("packs":[{"gtin":"19521234000058","units":6}],)"
         R"("prices":[{"store":"9521234000020","from":"2026-03-01T00:00:00Z","price_minor":10}])" +
         more + "}\n";
}

void import(const Store& store, const std::string& products) {
  store.scratch.write("cola.jsonl", products);
  const Result imported =
      run({"catalog", "--dir", store.file("catalog"), "import", store.file("cola.jsonl")});
  EXPECT_EQ(imported.code, 0) << imported.errors;
}

TEST(Catalogs, come_to_life_between_two_trips_and_derive_the_items_of_the_first) {
  const Store store;
  import(store, cola(89));
  RunningCart cart(store);
  cart.reply("start");
  cart.say("19521234000058");
  EXPECT_EQ(cart.event("line_added")["totals"]["total_minor"], 6 * 89);
  import(store, cola(99));
  cart.say("scan (01)09521234000051(10)A1(17)751231");
  const Json line = cart.event("line_added")["line"];
  EXPECT_EQ(line["price_minor"], 89);
  EXPECT_EQ(line["batch"], "A1");
  EXPECT_EQ(line["use_by"], "2075-12-31");
  EXPECT_EQ(line["unit_price_minor"], 178);
  cart.reply("end staff");
  cart.reply("start");
  cart.say("9521234000051");
  EXPECT_EQ(cart.event("line_added")["line"]["price_minor"], 99);
  EXPECT_EQ(cart.end(), 0);

  const Result well = store.cart_command({"trip", "verify", "--catalog", store.file("catalog")});
  EXPECT_EQ(well.code, 0) << well.output;
  const Result gone = store.cart_command({"trip", "verify", "--catalog", store.file("nothing")});
  EXPECT_EQ(gone.code, 1);
  EXPECT_NE(gone.output.find("import it with: cartwright catalog import"), std::string::npos)
      << gone.output;
}

TEST(Catalogs, tell_of_recalls_at_once) {
  const Store store;
  import(store, cola(89));
  RunningCart cart(store);
  cart.reply("start");
  cart.say("scan (01)09521234000051(10)A1");
  cart.event("line_added");
  import(store, cola(99, R"(,"recalls":[{"id":"R-17","batches":["A1"],"untold":"sell"}])"));
  cart.say("scan (01)09521234000051(10)A1");
  cart.event("scan_refused", {{"why", "recalled"},
                              {"text", "Cola is recalled (R-17): please give it to the staff"}});
  const Json paid = cart.reply("pay");
  EXPECT_EQ(paid["ok"], false);
  EXPECT_EQ(paid["error"], "Cola is recalled (R-17): please give it to the staff");
  cart.say("9521234000051");
  EXPECT_EQ(cart.event("line_added")["line"]["price_minor"], 89);
  EXPECT_EQ(cart.end(), 0);
}

TEST(Catalogs, show_a_shelf_label_of_a_store_and_a_time) {
  const Store store;
  import(store, cola(89));
  const auto shown = [&](const Strings& more) {
    Strings words{"catalog", "--dir", store.file("catalog"), "--json", "show", "19521234000058"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  const Json before =
      Json::parse(shown({"--store", "9521234000020", "--at", "2026-02-28T12:00:00Z"}).output);
  EXPECT_EQ(before["price_minor"], 89);
  EXPECT_FALSE(before.contains("lowest_30_days_minor"));
  const Json after =
      Json::parse(shown({"--store", "9521234000020", "--at", "2026-03-01T12:00:00Z"}).output);
  EXPECT_EQ(after["price_minor"], 10);
  EXPECT_EQ(after["unit_price_minor"], 20);
  EXPECT_EQ(after["unit_price_per"], "l");
  EXPECT_EQ(after["lowest_30_days_minor"], 89);
  EXPECT_EQ(Json::parse(shown({}).output)["price_minor"], 89);
  EXPECT_EQ(shown({"--at", "noon"}).code, 2);
}

}  // namespace
}  // namespace cartwright::conformance
