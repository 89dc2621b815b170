#include "offers/item_sale.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

using examples::piece;
using examples::weighed;
using testing::HasSubstr;

constexpr gs1::Date kToday{2026, 3, 1};
constexpr std::uint16_t kEuro = 978;

Occasion today() {
  return {.store = "", .at = 0, .today = kToday, .today_is_sure = true, .currency = kEuro};
}

ItemLabel label(const gs1::Facts& facts = {}, const char* gtin = "09521234543213") {
  return {gs1::Gtin14::parse(gtin), false, facts};
}

gs1::Facts best_before(const gs1::Date& day) {
  gs1::Facts facts;
  facts.best_before = day;
  return facts;
}

ItemSale sold(const Product& product, const ItemLabel& item, const Occasion& occasion = today()) {
  const auto judged = sell(product, item, occasion);
  if (const auto* refused = std::get_if<NotForSale>(&judged)) ADD_FAILURE() << refused->text;
  return std::holds_alternative<ItemSale>(judged) ? std::get<ItemSale>(judged) : ItemSale{};
}

NotForSale refused(const Product& product, const ItemLabel& item,
                   const Occasion& occasion = today()) {
  const auto judged = sell(product, item, occasion);
  if (std::holds_alternative<ItemSale>(judged)) return {NotForSale::Why::not_priced, "it was sold"};
  return std::get<NotForSale>(judged);
}

Quantity units(std::int64_t count) {
  return Units{count};
}

TEST(ItemSale, of_a_code_without_facts_is_one_piece_at_the_shelf_price) {
  const ItemSale sale = sold(piece("milk", 129), label());
  EXPECT_EQ(sale.quantity, units(1));
  EXPECT_EQ(sale.product.price, Money(129));
  EXPECT_TRUE(sale.notice.empty());
  EXPECT_FALSE(sold(weighed("apples", 300), label()).quantity);
}

TEST(Recalls, of_a_whole_product_refuse_it_and_name_themselves) {
  Product milk = piece("milk", 129);
  milk.recalls = {
      {.id = "R-17", .reason = "glass", .batches = {}, .serials = {}, .best_before = {}}};
  const NotForSale no = refused(milk, label());
  EXPECT_EQ(no.why, NotForSale::Why::recalled);
  EXPECT_EQ(no.text, "milk is recalled (R-17: glass): please give it to the staff");
  EXPECT_EQ(refused(milk, {}).why, NotForSale::Why::recalled);
}

TEST(Recalls, of_batches_refuse_those_and_what_tells_no_batch) {
  Product milk = piece("milk", 129);
  milk.recalls = {
      {.id = "R-17", .reason = "", .batches = {"A1", "B2"}, .serials = {}, .best_before = {}}};
  gs1::Facts facts;
  EXPECT_THAT(refused(milk, label(facts)).text, HasSubstr("does not tell whether it is"));
  facts.batch = "B2";
  EXPECT_THAT(refused(milk, label(facts)).text, HasSubstr("milk is recalled (R-17)"));
  facts.batch = "B1";
  EXPECT_EQ(sold(milk, label(facts)).label.batch, "B1");
  milk.recalls[0].sells_untold = true;
  EXPECT_EQ(sold(milk, label()).quantity, units(1));
}

TEST(Recalls, of_serial_numbers_go_by_their_value) {
  Product radio = piece("radio", 9900);
  radio.recalls = {{.id = "R",
                    .reason = "",
                    .batches = {},
                    .serials = Recall::Serials{"9", "120"},
                    .best_before = {}}};
  gs1::Facts facts;
  for (const char* serial : {"9", "10", "99", "120"}) {
    facts.serial = serial;
    EXPECT_EQ(refused(radio, label(facts)).why, NotForSale::Why::recalled) << serial;
  }
  for (const char* serial : {"8", "121", "1000"}) {
    facts.serial = serial;
    EXPECT_EQ(sold(radio, label(facts)).quantity, units(1)) << serial;
  }
}

TEST(Recalls, of_days_go_by_best_before_or_use_by) {
  Product ham = piece("ham", 299);
  ham.recalls = {{.id = "R",
                  .reason = "",
                  .batches = {},
                  .serials = {},
                  .best_before = Recall::Days{{2026, 3, 5}, {2026, 3, 7}}}};
  EXPECT_EQ(refused(ham, label(best_before({2026, 3, 5}))).why, NotForSale::Why::recalled);
  EXPECT_EQ(sold(ham, label(best_before({2026, 3, 8}))).quantity, units(1));
  gs1::Facts facts;
  facts.expiry = gs1::Date{2026, 3, 7};
  EXPECT_EQ(refused(ham, label(facts)).why, NotForSale::Why::recalled);
}

TEST(LastDays, are_sold_and_the_day_after_is_refused) {
  gs1::Facts facts;
  facts.expiry = kToday;
  EXPECT_EQ(sold(piece("ham", 299), label(facts)).quantity, units(1));
  facts.expiry = gs1::Date{2026, 2, 28};
  EXPECT_EQ(refused(piece("ham", 299), label(facts)).why, NotForSale::Why::expired);
  EXPECT_THAT(refused(piece("ham", 299), label(facts)).text,
              HasSubstr("ham was to be used by 2026-02-28"));
  facts.expiry.reset();
  facts.sell_by = gs1::Date{2026, 2, 28};
  EXPECT_THAT(refused(piece("ham", 299), label(facts)).text, HasSubstr("to be sold by"));
}

TEST(LastDays, only_warn_while_the_clock_is_not_sure) {
  gs1::Facts facts;
  facts.expiry = gs1::Date{2026, 2, 28};
  const Occasion unsure{
      .store = "", .at = 0, .today = kToday, .today_is_sure = false, .currency = kEuro};
  EXPECT_THAT(sold(piece("ham", 299), label(facts), unsure).notice,
              HasSubstr("if the cart's clock is right"));
}

TEST(BestBeforeRule, says_what_becomes_of_goods_past_their_date) {
  Product tea = piece("tea", 399);
  const ItemLabel past = label(best_before({2026, 2, 28}));
  EXPECT_EQ(sold(tea, past).notice, "Its best-before date is past: 2026-02-28");
  tea.best_before.past = BestBefore::Past::sell;
  EXPECT_EQ(sold(tea, past).notice, "");
  tea.best_before.past = BestBefore::Past::refuse;
  EXPECT_EQ(refused(tea, past).why, NotForSale::Why::expired);
  EXPECT_EQ(sold(tea, label(best_before(kToday))).notice, "");
}

TEST(BestBeforeRule, marks_down_within_its_days) {
  Product milk = piece("milk", 129);
  milk.member_price = Money(119);
  milk.best_before = {.past = BestBefore::Past::refuse, .markdown_days = 2, .markdown_bps = 3000};
  EXPECT_FALSE(sold(milk, label()).regular_price);
  EXPECT_FALSE(sold(milk, label(best_before({2026, 3, 4}))).regular_price);
  for (const gs1::Date day : {gs1::Date{2026, 3, 3}, kToday}) {
    const ItemSale sale = sold(milk, label(best_before(day)));
    EXPECT_EQ(sale.product.price, Money(90));  // 129 less 38.7, which is 39
    EXPECT_EQ(sale.product.member_price, Money(83));
    EXPECT_EQ(sale.regular_price, Money(129));
    EXPECT_EQ(sale.markdown_bps, 3000);
    EXPECT_EQ(sale.notice, "30 % off, best before " + day.text());
  }
  const Occasion unsure{
      .store = "", .at = 0, .today = kToday, .today_is_sure = false, .currency = kEuro};
  EXPECT_EQ(sold(milk, label(best_before(kToday)), unsure).product.price, Money(129));
}

TEST(Measures, of_weight_are_sold_where_the_product_is_sold_by_weight) {
  gs1::Facts facts;
  facts.weight_grams = 512;
  EXPECT_EQ(sold(weighed("apples", 300), label(facts)).quantity, Quantity(Grams(512)));
  EXPECT_EQ(sold(piece("milk", 129), label(facts)).quantity, units(1));
}

TEST(Measures, of_price_are_what_the_package_costs) {
  gs1::Facts facts;
  facts.price_minor = 415;
  facts.weight_grams = 512;
  const ItemSale sale = sold(weighed("cheese", 1500), label(facts));
  EXPECT_EQ(sale.quantity, units(1));
  EXPECT_EQ(sale.product.sold_by, SoldBy::piece);
  EXPECT_EQ(sale.product.price, Money(415));
  ItemLabel restricted = label(facts, "02012340000006");
  restricted.restricted = true;
  EXPECT_EQ(sold(piece("cheese", 0), restricted).product.price, Money(415));
  EXPECT_EQ(sold(piece("cheese", 9), label(facts, "99521234543216")).product.price, Money(415));
}

TEST(Measures, of_price_do_not_count_for_goods_of_fixed_measure) {
  gs1::Facts facts;
  facts.price_minor = 1;
  EXPECT_EQ(sold(piece("radio", 9900), label(facts)).product.price, Money(9900));
}

TEST(Measures, of_price_in_another_currency_are_refused) {
  gs1::Facts facts;
  facts.price_minor = 415;
  facts.currency = 752;
  EXPECT_THAT(refused(weighed("cheese", 1500), label(facts)).text, HasSubstr("is in SEK"));
  facts.currency = kEuro;
  EXPECT_EQ(sold(weighed("cheese", 1500), label(facts)).product.price, Money(415));
}

TEST(Measures, of_count_are_pieces_of_variable_measure_alone) {
  gs1::Facts facts;
  facts.count = 12;
  EXPECT_EQ(sold(piece("rolls", 30), label(facts, "99521234543216")).quantity, units(12));
  EXPECT_EQ(sold(piece("rolls", 30), label(facts)).quantity, units(1));
  facts.count = 0;
  EXPECT_EQ(sold(piece("rolls", 30), label(facts, "99521234543216")).quantity, units(1));
  facts.count = 99'999'999;
  EXPECT_THAT(refused(piece("rolls", 30), label(facts, "99521234543216")).text,
              HasSubstr("no package"));
}

TEST(ItemSale, of_a_pack_is_as_many_pieces_as_it_holds) {
  Product cola = piece("cola", 89);
  cola.packs = {{*gs1::Gtin14::parse("19521234543210"), 6}};
  EXPECT_EQ(sold(cola, label({}, "19521234543210")).quantity, units(6));
  EXPECT_EQ(sold(cola, label()).quantity, units(1));
}

TEST(ItemSale, is_at_the_price_of_its_store_and_time) {
  Product milk = piece("milk", 129);
  milk.prices = {{.store = "", .from = 1000, .price = Money(99), .member_price = {}},
                 {.store = "own", .from = 1000, .price = Money(95), .member_price = {}}};
  Occasion occasion = today();
  occasion.at = 999;
  EXPECT_EQ(sold(milk, label(), occasion).product.price, Money(129));
  occasion.at = 1000;
  EXPECT_EQ(sold(milk, label(), occasion).product.price, Money(99));
  EXPECT_EQ(sold(milk, label(), occasion).lowest_30_days, Money(129));
  occasion.store = "own";
  EXPECT_EQ(sold(milk, label(), occasion).product.price, Money(95));
}

TEST(ItemSale, tells_what_stands_beside_the_price) {
  Product milk = piece("milk", 129);
  EXPECT_FALSE(sold(milk, label()).unit_price);
  milk.content = NetContent{500, NetContent::Unit::ml};
  EXPECT_EQ(sold(milk, label()).unit_price->price, Money(258));
  EXPECT_EQ(sold(milk, label()).unit_price->per, "l");
}

}  // namespace
}  // namespace cartwright::offers
