#include "trip/verify_items.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "base/error.hpp"
#include "trip/facts.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Derived : ::testing::Test {
  testing::Store store;
  testing::ScratchFolder folder;
  offers::CatalogStore catalogs{folder.file("catalogs")};

  void import(int price) {
    std::ofstream(folder.file("a.jsonl"))
        << R"({"product":"milk","gtins":["9521234543213"],"name":"Milk","sold_by":"piece",)"
        << R"("price_minor":)" << price << R"(,"tax":"food","content":{"amount":500,"unit":"ml"},)"
        << R"("best_before":{"markdown_days":2,"markdown_bps":3000},)"
        << R"("prices":[{"from":"2026-03-01T07:20:00Z","price_minor":99}]})"
        << "\n";
    offers::import_catalog(catalogs, folder.file("a.jsonl"));
  }
  // A trip on the current version, and an item of it as a cart sells it.
  void start(Trip& trip) const {
    StartInfo info = testing::start_info();
    info.catalog_digest = *catalogs.current();
    trip.start(info);
  }
  void sell(Trip& trip, const gs1::Facts& facts) const {
    const Time at = trip.now();
    const auto judged = offers::sell(
        *catalogs.open_current().find("milk"), {gs1::Gtin14::parse("9521234543213"), false, facts},
        {.store = testing::start_info().store_gln,
         .at = at.utc_ms / 1000,
         .today = local_date(at.utc_ms, TimeZone::load("Europe/Berlin")),
         .today_is_sure = at.synchronised,
         .currency = 978});
    trip.add_item(std::get<offers::ItemSale>(judged), "09521234543213", at);
  }
  std::vector<std::string> findings(Trip& trip) {
    std::vector<std::string> texts;
    for (const Finding& finding : verify_items(trip.log(), trip.state().trip_id(), catalogs)) {
      texts.push_back(finding.text);
    }
    return texts;
  }
};

TEST_F(Derived, items_are_those_of_the_log_whatever_was_imported_since) {
  import(129);
  Trip trip(store.database(), store.clock());
  start(trip);
  gs1::Facts facts;
  sell(trip, facts);
  facts.batch = "A1";
  facts.best_before = gs1::Date{2026, 3, 2};
  sell(trip, facts);
  store.clock().advance_ms(10 * 60'000);
  sell(trip, facts);
  EXPECT_EQ(trip.state().totals().total.minor(), 129 + 90 + 69);
  import(500);
  EXPECT_THAT(findings(trip), IsEmpty());
}

TEST_F(Derived, items_show_a_price_that_is_not_the_catalogs) {
  import(129);
  Trip trip(store.database(), store.clock());
  start(trip);
  offers::Product wrong = *catalogs.open_current().find("milk");
  wrong.price = offers::Money(1);
  trip.add_item(wrong, offers::Units{1}, "09521234543213");
  trip.add_item(testing::water(), offers::Units{1});
  EXPECT_THAT(findings(trip), ElementsAre(HasSubstr("price_minor: 129 -> 1"),
                                          HasSubstr("has no product \"water\"")));
}

TEST_F(Derived, items_keep_the_price_of_their_code) {
  import(129);
  Trip trip(store.database(), store.clock());
  start(trip);
  offers::ItemSale sale;
  sale.product = *catalogs.open_current().find("milk");
  sale.product.price = offers::Money(415);
  sale.quantity = offers::Units{1};
  sale.price_of_code = true;
  trip.add_item(sale, "09521234543213", trip.now());
  EXPECT_THAT(findings(trip), IsEmpty());
}

TEST_F(Derived, items_need_the_version_of_their_trip) {
  import(129);
  Trip trip(store.database(), store.clock());
  start(trip);
  sell(trip, {});
  std::filesystem::remove_all(folder.file("catalogs"));
  EXPECT_THAT(findings(trip), ElementsAre(HasSubstr("import it with: cartwright catalog import")));
}

}  // namespace
}  // namespace cartwright::trip
