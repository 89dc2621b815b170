// What a code tells beside the article, and what the catalog makes of it, on the way to a line.

#include <gmock/gmock.h>

#include "base/error.hpp"
#include "cart/shopping.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {
namespace {

using testing::kPen;

struct Label : testing::SmallStore, ::testing::Test {
  void SetUp() override { shopping->start_trip(); }
  std::int64_t total() const { return trip->state().totals().total.minor(); }
  std::size_t lines() const { return trip->state().basket().lines().size(); }
};

// What the symbol of this batch and date says; the day is 2026-03-01.
std::string milk_of(const std::string& batch, const std::string& best_before) {
  return std::string("(01)09521234543213(15)") + best_before + "(10)" + batch;
}

TEST_F(Label, takes_down_what_the_code_tells) {
  scan("(01)04006381333931(17)270131(10)A1(21)S7");
  const Line line = last<LineAdded>().line;
  EXPECT_EQ(line.batch, "A1");
  EXPECT_EQ(line.serial, "S7");
  EXPECT_EQ(line.use_by, "2027-01-31");
  scan("(01)04006381333931(17)270131(10)A1(21)S8");
  EXPECT_EQ(lines(), 2U);
  scan("(01)04006381333931(17)270131(10)A1(21)S8");
  EXPECT_EQ(lines(), 2U);
  restart();
  const v1::Item& item = *trip->state().item("1");
  EXPECT_EQ(item.batch(), "A1");
  EXPECT_EQ(item.serial(), "S7");
  EXPECT_EQ(item.use_by(), "2027-01-31");
}

TEST_F(Label, refuses_what_is_recalled_and_names_the_recall) {
  scan(milk_of("A1", "260320"));
  EXPECT_EQ(last<ScanRefused>().why, Refusal::recalled);
  EXPECT_EQ(last<ScanRefused>().text,
            "Milk is recalled (R-17: glass): please give it to the staff");
  scan(milk_of("A2", "260320"));
  EXPECT_EQ(last<LineAdded>().line.product, "milk");
  EXPECT_EQ(trip->state().refused_scans(), 1U);
}

TEST_F(Label, refuses_what_is_past_its_date) {
  scan(milk_of("A2", "260228"));
  EXPECT_EQ(last<ScanRefused>().why, Refusal::expired);
  scan("(01)04006381333931(17)260228");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::expired);
  EXPECT_EQ(lines(), 0U);
}

TEST_F(Label, goes_by_the_stores_day_and_not_by_that_of_utc) {
  // 2026-02-28 23:30 UTC is 00:30 of the next day in Berlin.
  clock.set(
      {.utc_ms = 1'772'321'400'000, .monotonic_ns = 1, .offset_minutes = 60, .synchronised = true});
  scan("(01)04006381333931(17)260228");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::expired);
  // Also where the cart's own clock shows another zone.
  clock.set(
      {.utc_ms = 1'772'321'400'000, .monotonic_ns = 1, .offset_minutes = 0, .synchronised = true});
  scan("(01)04006381333931(17)260228");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::expired);
  EXPECT_EQ(lines(), 0U);
}

TEST_F(Label, goes_by_the_stores_day_though_the_carts_offset_is_that_of_before_the_clocks_changed) {
  // 23:30 of 25 October in Berlin, the day on which summer time ended; by the summer's offset it
  // would be the next day.
  constexpr std::int64_t kLate = 1'792'967'400'000;
  clock.set({.utc_ms = kLate, .monotonic_ns = 1, .offset_minutes = 120, .synchronised = true});
  scan("(01)04006381333931(17)261025");
  EXPECT_EQ(lines(), 1U);
  // Half an hour later it is, and there is no doubt any more.
  clock.set({.utc_ms = kLate + 30 * 60'000,
             .monotonic_ns = 1,
             .offset_minutes = 120,
             .synchronised = true});
  scan("(01)04006381333931(17)261025");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::expired);
  // Midnight after the day on which it began; by the winter's offset it is 23:00.
  constexpr std::int64_t kSpring = 1'774'821'600'000;  // 2026-03-29 22:00 UTC
  clock.set({.utc_ms = kSpring, .monotonic_ns = 1, .offset_minutes = 60, .synchronised = true});
  scan("(01)04006381333931(17)260329");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::expired);
  EXPECT_EQ(lines(), 1U);
}

TEST_F(Label, marks_down_what_is_near_its_date_and_logs_it) {
  scan(milk_of("A2", "260303"));
  const Line line = last<LineAdded>().line;
  EXPECT_EQ(line.price_minor, 90);
  EXPECT_EQ(line.regular_price_minor, 129);
  EXPECT_EQ(line.notice, "30 % off, best before 2026-03-03");
  EXPECT_EQ(total(), 90);
  restart();
  EXPECT_EQ(total(), 90);
  EXPECT_EQ(trip->state().item("1")->markdown_bps(), 3000U);
}

TEST_F(Label, hears_of_a_recall_while_the_trip_runs) {
  scan(kPen);
  shopping->refuse_recalled();
  import(R"({"product":"pen","gtins":["4006381333931"],"name":"Pen","sold_by":"piece",)"
         R"("price_minor":300,"tax":"standard","recalls":[{"id":"R-18"}]})"
         "\n");
  scan(kPen);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::recalled);
  try {
    shopping->refuse_recalled();
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("Pen is recalled (R-18)"));
  }
  EXPECT_EQ(total(), 250);
  trip->put_back("1");
  shopping->refuse_recalled();
}

TEST_F(Label, hears_of_a_recall_that_a_store_went_back_to) {
  const std::string lifted =
      R"({"product":"milk","gtins":["9521234543213"],"name":"Milk","sold_by":"piece",)"
      R"("price_minor":129,"tax":"standard"})"
      "\n";
  import(lifted);
  scan(milk_of("A1", "260320"));
  EXPECT_EQ(lines(), 1U);
  shopping->refuse_recalled();
  // The version that the trip began with is the current one again.
  import(testing::kCatalog);
  EXPECT_THROW(shopping->refuse_recalled(), Error);
  import(lifted);
  shopping->refuse_recalled();
  // A newer version that does not have the product lifts nothing.
  import(R"({"product":"pan","gtins":[],"name":"Pan","sold_by":"piece","price_minor":1,)"
         R"("tax":"standard"})"
         "\n");
  EXPECT_THROW(shopping->refuse_recalled(), Error);
}

TEST_F(Label, sells_the_stores_own_packages_at_their_price) {
  const gs1::RestrictedRules rules = gs1::parse_restricted_rules(
      R"({"region":"own","currency":"EUR","rules":[)"
      R"({"name":"price","pattern":"20IIIIIMMMMMK","measure":"price","decimals":2}]})");
  configuration.store.restricted = rules;
  scan("2012340004158");
  EXPECT_EQ(last<LineAdded>().line.product, "cheese");
  EXPECT_EQ(last<LineAdded>().line.pieces, 1);
  EXPECT_EQ(last<LineAdded>().line.price_minor, 415);
  EXPECT_EQ(total(), 415);
  scan("2012340005001");
  EXPECT_EQ(lines(), 2U);
}

TEST_F(Label, adds_as_many_pieces_as_a_pack_holds) {
  scan("19521234000058");
  EXPECT_EQ(last<LineAdded>().line.pieces, 6);
  scan("19521234000058");
  EXPECT_EQ(last<LineAdded>().line.pieces, 12);
  EXPECT_EQ(shopping->add("19521234000058", offers::Units{2}).pieces, 24);
  EXPECT_EQ(shopping->add("cola", offers::Units{2}).pieces, 2);
  EXPECT_EQ(total(), 26 * 89);
}

TEST_F(Label, sells_by_100_g) {
  scan("9521234000044");
  weigh(150);
  const Line line = last<LineAdded>().line;
  EXPECT_EQ(line.price_minor, 249);
  EXPECT_EQ(line.price_grams, 100);
  EXPECT_EQ(line.list_minor, 374);
  EXPECT_EQ(line.unit_price_minor, 2490);
  EXPECT_EQ(line.unit_price_per, "kg");
  restart();
  EXPECT_EQ(total(), 374);
}

TEST_F(Label, sells_at_the_price_of_the_moment) {
  scan("9521234000051");
  EXPECT_EQ(last<LineAdded>().line.price_minor, 89);
  EXPECT_EQ(last<LineAdded>().line.unit_price_minor, 178);
  EXPECT_EQ(last<LineAdded>().line.lowest_30_days_minor, 0);
  clock.advance_ms(5 * 60'000);
  scan("9521234000051");
  EXPECT_EQ(last<LineAdded>().line.price_minor, 79);
  EXPECT_EQ(last<LineAdded>().line.lowest_30_days_minor, 89);
  EXPECT_EQ(lines(), 2U);
  restart();
  EXPECT_EQ(total(), 89 + 79);
}

}  // namespace
}  // namespace cartwright::cart
