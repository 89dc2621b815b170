#include "cart/shopping.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {
namespace {

using testing::kApples;
using testing::kPears;
using testing::kPen;

struct Shop : testing::SmallStore, ::testing::Test {
  void SetUp() override { shopping->start_trip(); }
  std::int64_t total() const { return trip->state().totals().total.minor(); }
  std::size_t lines() const { return trip->state().basket().lines().size(); }
};

TEST_F(Shop, makes_a_line_of_a_typed_code_and_tells_the_total) {
  scan(kPen);
  const auto added = last<LineAdded>();
  EXPECT_EQ(added.line.product, "pen");
  EXPECT_EQ(added.line.gtin, "04006381333931");
  EXPECT_EQ(added.line.pieces, 1);
  EXPECT_EQ(added.totals.total_minor, 250);
  EXPECT_EQ(added.totals.currency, "EUR");
}

TEST_F(Shop, joins_a_second_piece_to_its_line) {
  scan(kPen);
  scan(kPen);
  EXPECT_EQ(lines(), 1U);
  EXPECT_EQ(last<LineAdded>().line.pieces, 2);
  EXPECT_EQ(total(), 500);
}

TEST_F(Shop, goes_by_the_aim_identifier_where_there_is_one) {
  shopping->scan({"0104006381333931", "]C1", gs1::Symbology::unknown});
  EXPECT_EQ(last<LineAdded>().line.product, "pen");
  shopping->scan({kPen, "]C0", gs1::Symbology::unknown});
  EXPECT_EQ(last<ScanRefused>().why, Refusal::not_a_product_code);
}

TEST_F(Shop, goes_by_the_symbology_where_the_scanner_names_it_alone) {
  shopping->scan({kPen, "", gs1::Symbology::ean13});
  EXPECT_EQ(last<LineAdded>().line.product, "pen");
  shopping->scan({kPen, "", gs1::Symbology::code39});
  EXPECT_EQ(last<ScanRefused>().why, Refusal::not_a_product_code);
}

TEST_F(Shop, sells_by_the_net_weight_that_the_code_names) {
  shopping->scan({"01095212340000133103000500", "]e0", gs1::Symbology::unknown});
  EXPECT_EQ(last<LineAdded>().line.product, "apples");
  EXPECT_EQ(last<LineAdded>().line.grams, 500);
  EXPECT_EQ(total(), 150);
  EXPECT_TRUE(told<WeightWanted>().empty());
}

TEST_F(Shop, takes_links_with_an_article_number_of_thirteen_digits) {
  scan("https://example.org/01/4006381333931");
  EXPECT_EQ(last<LineAdded>().line.product, "pen");
}

TEST_F(Shop, refuses_what_it_does_not_know_and_takes_that_down) {
  scan("96385074");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::unknown_product);
  EXPECT_EQ(last<ScanRefused>().code, "96385074");
  scan("4006381333932");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::bad_check_digit);
  scan("shelf A3");
  EXPECT_EQ(last<ScanRefused>().why, Refusal::not_a_product_code);
  EXPECT_EQ(lines(), 0U);
  EXPECT_EQ(trip->state().refused_scans(), 3U);
}

TEST_F(Shop, sells_a_load_that_comes_after_the_scan) {
  scan(kApples);
  EXPECT_EQ(last<WeightWanted>().scale, "scale0");
  EXPECT_EQ(lines(), 0U);
  move_plate();
  weigh(1250);
  EXPECT_EQ(last<LineAdded>().line.grams, 1250);
  EXPECT_EQ(total(), 375);
}

TEST_F(Shop, sells_a_load_that_lay_there_before_the_scan) {
  weigh(500);
  scan(kApples);
  EXPECT_EQ(last<LineAdded>().line.grams, 500);
  EXPECT_TRUE(told<WeightWanted>().empty());
}

TEST_F(Shop, sells_one_load_once_however_often_the_scale_tells_it) {
  scan(kApples);
  weigh(500);
  weigh(500);
  weigh(501);  // a division up and down is the same load
  scan(kPears);
  EXPECT_EQ(last<WeightWanted>().product, "pears");
  weigh(500);
  EXPECT_EQ(lines(), 1U);
}

TEST_F(Shop, sells_the_same_weight_again_after_the_plate_has_moved) {
  scan(kApples);
  weigh(500);
  scan(kPears);
  move_plate();
  weigh(500);
  EXPECT_EQ(lines(), 2U);
  EXPECT_EQ(total(), 150 + 200);
}

TEST_F(Shop, sells_another_load_though_nobody_saw_the_plate_move) {
  scan(kApples);
  weigh(500);
  weigh(800);
  scan(kPears);
  EXPECT_EQ(last<LineAdded>().line.grams, 800);
}

TEST_F(Shop, takes_no_weight_of_less_than_half_a_gram_for_a_load) {
  scan(kApples);
  shopping->weighed({"scale0", "0.4 g", 400'000, true, ""});
  shopping->weighed({"scale0", "-5 g", -5'000'000, true, ""});
  EXPECT_EQ(lines(), 0U);
  EXPECT_TRUE(told<ScanRefused>().empty());
  weigh(100);
  EXPECT_EQ(lines(), 1U);
}

TEST_F(Shop, listens_to_its_own_scale_alone_and_tells_of_all) {
  scan(kApples);
  shopping->weighed({"scale1", "500 g", 500'000'000, true, ""});
  EXPECT_EQ(lines(), 0U);
  EXPECT_EQ(last<WeightChanged>().unit, "scale1");
}

TEST_F(Shop, gives_up_where_the_weight_does_not_settle) {
  scan(kApples);
  move_plate();
  run_until([&] { return !told<ScanRefused>().empty(); });
  EXPECT_EQ(last<ScanRefused>().why, Refusal::needs_weight);
  EXPECT_EQ(last<ScanRefused>().code, kApples);
  EXPECT_EQ(trip->state().refused_scans(), 1U);
  weigh(500);
  EXPECT_EQ(lines(), 0U);
}

TEST_F(Shop, says_nothing_of_a_wait_that_the_trip_did_not_live_to_see) {
  scan(kApples);
  trip->end(v1::TripEnded::STAFF);
  bool later = false;
  loop.after(std::chrono::milliseconds(2), [&] { later = true; });
  run_until([&] { return later; });
  EXPECT_TRUE(told<ScanRefused>().empty());
}

TEST_F(Shop, needs_a_scale_for_what_is_sold_by_weight) {
  shopping->set_scale("");
  scan(kApples);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::needs_weight);
}

TEST_F(Shop, adds_nothing_while_a_payment_is_open) {
  scan(kPen);
  scan(kApples);
  trip->intend_payment("terminal0", "", "");
  scan(kPen);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::payment_open);
  weigh(500);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::payment_open);
  EXPECT_EQ(last<ScanRefused>().code, kApples);
  EXPECT_EQ(total(), 250);
}

TEST_F(Shop, needs_a_trip) {
  trip->end(v1::TripEnded::STAFF);
  scan(kPen);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::no_trip);
  EXPECT_THROW(shopping->add("pen", offers::Units{1}), Error);
}

TEST_F(Shop, tells_that_the_disk_did_not_take_it_and_nothing_is_half_done) {
  block_disk();
  scan(kPen);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::not_stored);
  EXPECT_TRUE(told<LineAdded>().empty());
  EXPECT_EQ(lines(), 0U);
  EXPECT_THROW(shopping->add("pen", offers::Units{1}), Error);
  free_disk();
  restart();
  EXPECT_EQ(lines(), 0U);
  scan(kPen);
  EXPECT_EQ(total(), 250);
}

TEST_F(Shop, keeps_a_load_for_sale_that_the_disk_did_not_take) {
  scan(kApples);
  block_disk();
  weigh(500);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::not_stored);
  free_disk();
  scan(kApples);
  EXPECT_EQ(last<LineAdded>().line.grams, 500);
  EXPECT_EQ(lines(), 1U);
}

TEST_F(Shop, tells_that_a_full_disk_did_not_take_it) {
  Statement pages = database->prepare("PRAGMA page_count");
  pages.step();
  database->run(("PRAGMA max_page_count=" + std::to_string(pages.integer(0))).c_str());
  pages.reset();
  std::size_t refused = 0;
  for (int i = 0; i < 2000 && refused == 0; ++i) {
    scan(kPen);
    refused = told<ScanRefused>().size();
  }
  ASSERT_EQ(refused, 1U);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::not_stored);
  EXPECT_EQ(total(), 250 * static_cast<std::int64_t>(told<LineAdded>().size()));
}

TEST_F(Shop, keeps_the_catalog_of_its_trip_after_a_restart) {
  scan(kPen);
  restart();
  scan(kPen);
  EXPECT_EQ(last<LineAdded>().line.pieces, 2);
}

TEST_F(Shop, refuses_every_scan_where_the_catalog_of_the_trip_is_gone) {
  std::filesystem::remove_all(configuration.catalog);
  EXPECT_THROW(shopping->resume(), Error);
  scan(kPen);
  EXPECT_EQ(last<ScanRefused>().why, Refusal::not_allowed);
  EXPECT_THROW(shopping->add("pen", offers::Units{1}), Error);
}

TEST_F(Shop, adds_by_product_id_or_gtin) {
  EXPECT_EQ(shopping->add("pen", offers::Units{3}).pieces, 3);
  EXPECT_EQ(shopping->add(kApples, offers::Grams(200)).grams, 200);
  EXPECT_THROW(shopping->add("pan", offers::Units{1}), Error);
  EXPECT_THROW(shopping->add("pen", offers::Units{0}), Error);
  EXPECT_EQ(total(), 750 + 60);
}

}  // namespace
}  // namespace cartwright::cart
